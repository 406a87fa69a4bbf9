"""What a disk refuses, in words for whoever runs a command: full, read-only, no right to write.

Nothing half done is left by it: what was published or sealed is exchanged in one step or not at all.
"""

from __future__ import annotations

import errno
import os
import shutil

RIGHT = "没有读写的权限，请换有权限的用户，或修改文件夹的权限"
FULL = "磁盘空间不够或配额已满，请腾出空间"
WHY = {
    errno.EACCES: RIGHT,
    errno.EPERM: RIGHT,
    errno.EROFS: "所在的磁盘是只读的，请换一个位置",
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: "文件超过了这台机器允许的大小",
    errno.EBUSY: "正被占用，或者是挂载点，不能整个替换",
    errno.EIO: "磁盘读写出错，请检查磁盘",
    errno.ENOTDIR: "这里应该是文件夹，却是文件，请移走它",
    errno.EEXIST: "这里应该是文件夹，却是文件，请移走它",
}
AFTER = "已发布的站点和已封存的版本没有改动，处理后再运行一次。"


def disk_refusal(error: OSError) -> str:
    """What was refused, at which file, and what to do; "" for errors that are no disk's."""
    if isinstance(error, shutil.Error):  # of a whole folder: (from, to, why) of each file
        (_, file, why), *_ = error.args[0]
    else:
        file, why = error.filename2 or error.filename, WHY.get(error.errno or 0, "")
    if not why:
        return ""
    place = f"{os.path.relpath(os.fsdecode(file))}：" if isinstance(file, str | bytes) else ""
    return f"{place}{why}。{AFTER}"
