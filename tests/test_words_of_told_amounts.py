"""What findings on arithmetic in sentences say where a rule has several ways to say it."""

from __future__ import annotations

import pytest
from test_words_of_findings import said

CASES = [
    (
        "公务接待费5.82万元，比上年的6.40万元有所上升。",
        "“公务接待费”写的是上升，按5.82万元 − 6.40万元应为下降0.58万元",
    ),
    (
        "水电费12.6万元，比上年的11.20万元略有下降。",
        "“水电费”写的是下降，按12.6万元 − 11.20万元应为上升1.40万元",
    ),
    (
        "新增合作社7家，总数由52家增加到58家。",
        "“新增合作社”写的是7家，按58家 − 52家应为6家",
    ),
    (
        "办公费22.6万元，压减15.67%（上年26.2万元）。",
        "“办公费，压减”写的是15.67%，按（22.6万元 − 26.2万元）÷ 26.2万元应为13.74%",
    ),
    (
        "项目支出900.50万元，较上年的800.30万元增长15.2%。",
        "“项目支出增长”写的是15.2%，按（900.50万元 − 800.30万元）÷ 800.30万元应为12.52%",
    ),
]


@pytest.mark.parametrize(("markdown", "message"), CASES)
def test_the_one_finding_says(markdown: str, message: str) -> None:
    """The message names what is meant, how it was worked out and in which unit."""
    assert said(markdown) == [message]
