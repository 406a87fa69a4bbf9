"""What a run works with: its options, the shell, the tree that it brings up to date, and the day."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from site_builder.shell import Shell
from site_builder.tree import Tree


@dataclass(frozen=True)
class Options:
    """How a site is made: `pdfs` or none, by how many processes; as a `draft` under a banner.

    `lang` (zh or en) is that of the messages to whoever runs it, not of the site.
    """

    pdfs: bool = True
    jobs: int = 0
    draft: bool = False
    lang: str = "zh"


@dataclass(frozen=True)
class Making:
    """A run: everything it makes lies below `work`, the site in `tree`; `today` decides what expired.

    `say` tells a person at a terminal what long work is at.
    """

    options: Options
    work: Path
    shell: Shell
    tree: Tree
    today: datetime.date
    say: Callable[[str], None]
