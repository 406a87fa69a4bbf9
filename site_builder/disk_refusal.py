"""What a disk refuses, in words for whoever runs a command: full, read-only, no right to write.

Nothing half done is left by it: what was published or sealed is exchanged in one step or not at all.
"""

from __future__ import annotations

import errno
import os
import shutil

RIGHT = {
    "zh": "没有读写的权限，请换有权限的用户，或修改文件夹的权限",
    "en": "no right to read or write; use another account, or change the folder's rights",
}
FULL = {
    "zh": "磁盘空间不够或配额已满，请腾出空间",
    "en": "the disk is full or the quota used up; make room",
}
FOLDER = {
    "zh": "这里应该是文件夹，却是文件，请移走它",
    "en": "a file stands where a folder should; move it away",
}
WHY = {
    errno.EACCES: RIGHT,
    errno.EPERM: RIGHT,
    errno.EROFS: {
        "zh": "所在的磁盘是只读的，请换一个位置",
        "en": "the disk is read-only; use another place",
    },
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: {
        "zh": "文件超过了这台机器允许的大小",
        "en": "the file is larger than this machine allows",
    },
    errno.EBUSY: {
        "zh": "正被占用，或者是挂载点，不能整个替换",
        "en": "in use, or a mount point, which cannot be exchanged as a whole",
    },
    errno.EIO: {"zh": "磁盘读写出错，请检查磁盘", "en": "the disk failed; have it checked"},
    errno.ENOTDIR: FOLDER,
    errno.EEXIST: FOLDER,
}
AFTER = {
    "zh": "。已发布的站点和已封存的版本没有改动，处理后再运行一次。",
    "en": ". The published site and what is sealed have not changed; then run it again.",
}


def disk_refusal(error: OSError, lang: str = "zh") -> str:
    """What was refused, at which file, and what to do; "" for errors that are no disk's."""
    if isinstance(error, shutil.Error):  # of a whole folder: (from, to, why) of each file
        (_, file, why), *_ = error.args[0]
    else:
        file = error.filename2 or error.filename
        why = WHY[error.errno][lang] if error.errno in WHY else ""
    if not why:
        return ""
    colon = "：" if lang == "zh" else ": "
    place = os.path.relpath(os.fsdecode(file)) + colon if isinstance(file, str | bytes) else ""
    return f"{place}{why}{AFTER[lang]}"
