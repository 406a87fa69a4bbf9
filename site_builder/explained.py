"""The explanations (认可) that a report's file gives of findings that stay."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from site_builder import reading_rules as rules
from site_builder.finding import Acknowledgement, Finding
from site_builder.forms import address_of
from site_builder.shape import as_items, day, key, read
from site_builder.yaml_file import Table, Text


@dataclass(frozen=True)
class Explained:
    """An explanation as a report's file writes it, under 认可."""

    rule: Text = key("规则")
    address: Text = key("位置")
    explanation: Text = key("说明", todo="，写明原因")
    date: datetime.date = key("日期", day)
    until: datetime.date = key("至", day)


def read_explanations(table: Table, found: list[Finding]) -> tuple[Acknowledgement, ...]:
    """What stands under 认可 of a report's table; one that ends before it begins is a finding."""
    value = table.of("认可")
    if value is None or value == "":
        return ()
    read_ones = []
    for entry in as_items(value, found) or ():
        one = read(Explained, entry, found)
        if one is None:
            continue
        if one.until < one.date:
            words = {"date": one.date.isoformat(), "until": one.until.isoformat()}
            found.append(Finding(rules.UNTIL, entry.of("至").at, words))
        address = address_of(one.address)
        read_ones.append(
            Acknowledgement(one.rule, address, str(one.explanation), one.date, one.until, entry.at)
        )
    return tuple(read_ones)
