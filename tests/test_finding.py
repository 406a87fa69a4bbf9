"""What a finding says."""

from __future__ import annotations

import pytest

from site_builder.finding import nested_quotes


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("文字说““三公”经费下降”，但“接待费”上升", "文字说“‘三公’经费下降”，但“接待费”上升"),
        ("“甲”和“乙”", "“甲”和“乙”"),
        ("“甲“乙“丙”丁”戊”", "“甲‘乙“丙”丁’戊”"),
        ("没有配对的“引号“照旧", "没有配对的“引号“照旧"),
    ],
)
def test_quotation_marks_within_quotation_marks(said: str, written: str) -> None:
    """Every other depth has single ones; what is unbalanced stays."""
    assert nested_quotes(said) == written
