"""The day it is for those who publish and read: the day in China, on whatever machine a command runs."""

from __future__ import annotations

import datetime

CHINA = datetime.timezone(
    datetime.timedelta(hours=8)
)  # without summer time since 1992; needs no tzdata


def day_in_china() -> datetime.date:
    """Today, by the machine's clock.

    It decides which explanations have expired and dates what is sealed. SOURCE_DATE_EPOCH does not
    change it: an explanation that ran out must not hold because a build asks for an old date, and
    nothing else that is made depends on the day.
    """
    return datetime.datetime.now(tz=CHINA).date()
