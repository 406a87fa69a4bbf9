"""What an issuer decrees for a year: weights, grade bands, scoring; each with its citation."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from site_builder import reading_rules as rules
from site_builder.concepts import BASES, Concept, basis_named, unknown_concept
from site_builder.finding import Finding
from site_builder.shape import day, decimal, guess, key, one_of, read, text
from site_builder.yaml_file import Table, Text, read_yaml


@dataclass(frozen=True)
class Grade:
    """A band of scores: `low` is in it; `high` only where it is the full score."""

    name: Text = key("名称")
    low: Decimal = key("下限", decimal)
    high: Decimal = key("上限", decimal)
    aliases: tuple[str, ...] = key("又名", [text], default=())


@dataclass(frozen=True)
class Scoring:
    """How the issuer turns a result into a score. What it leaves open is judged leniently.

    `reverse`: a target that must not be exceeded and was, scores 折算 w × (1 − (a − t) ÷ t) or
    比例 w × t ÷ a. `execution`: 比例 is rate × weight, 另定 leaves it to the issuer. `excess`: a
    result of so many times its target must be explained.
    """

    reverse: str = key("反向", one_of("折算", "比例"), default="")
    execution: str = key("执行率", one_of("比例", "另定"), default="比例")
    excess: Decimal | None = key("超额说明", decimal, default=None)


@dataclass(frozen=True)
class Profile:
    """The decree of one issuer for one year."""

    name: Text = key("名称")
    citations: tuple[str, ...] = key("依据", [text])
    full_score: Decimal | None = key("满分", decimal, default=None)
    group_weights: dict[str, Decimal] = key("一级指标分值", {str: decimal}, default_factory=dict)
    execution_weight: Decimal | None = key("预算执行率分值", decimal, default=None)
    grades: tuple[Grade, ...] = key("等级", [Grade], default=())
    scoring: Scoring = key("计分", Scoring, default=Scoring())
    required: tuple[Text, ...] = key("必报", [text], default=())

    # 跳变: by how many per cent a concept may change unexplained; 口径公式: variant of data/ratios.yaml.
    jumps: dict[str, Decimal] = key("跳变", {str: decimal}, default_factory=dict)
    variants: dict[str, Text] = key("口径公式", {str: text}, default_factory=dict)
    # By when the report is due at the issuer, and by when it must be published.
    report_by: datetime.date | None = key("报送期限", day, default=None)
    publish_by: datetime.date | None = key("公开期限", day, default=None)

    def grade_of(self, score: Decimal) -> Grade | None:
        """The band that `score` falls in."""
        for grade in self.grades:
            if grade.low <= score < grade.high or score == grade.high == self.full_score:
                return grade
        return None


# The variants of each named ratio (data/ratios.yaml), by name.
Variants = Mapping[str, Collection[str]]


def read_profiles(
    root: Path, concepts: dict[str, Concept], ratios: Variants, found: list[Finding]
) -> dict[str, Profile]:
    """All profiles of data/profiles/, by file name."""
    profiles: dict[str, Profile] = {}
    for path in sorted((root / "data" / "profiles").glob("*.yaml")):
        table = read_yaml(path, path.relative_to(root).as_posix(), found)
        profile = None if table is None else parse_profile(table, concepts, ratios, found)
        if profile is not None:
            profiles[path.stem] = profile
    return profiles


def parse_profile(
    table: Table, concepts: dict[str, Concept], ratios: Variants, found: list[Finding]
) -> Profile | None:
    """One profile already read; a concept, basis, ratio or variant that does not exist is a finding."""
    profile = read(Profile, table, found)
    if profile is not None:
        found += _unknown_concepts(profile, concepts)
        found += _unknown_ratios(profile, ratios)
        found += _disjoint(profile)
    return profile


def _disjoint(profile: Profile) -> Iterator[Finding]:
    """Bands upside down; where there are none, a gap or an overlap between one and the next."""
    grades = sorted(profile.grades, key=lambda grade: grade.low, reverse=True)
    reversed_ = [grade for grade in grades if grade.low >= grade.high]
    for grade in reversed_:
        yield _band(
            grade,
            f"的下限{grade.low}不小于上限{grade.high}",
            f"begins at {grade.low} and ends at {grade.high}",
        )
    for above, grade in pairwise(grades) if not reversed_ else ():
        if grade.high != above.low:
            gap = grade.high < above.low
            yield _band(
                grade,
                f"到{grade.high}为止，上一个等级“{above.name}”从{above.low}开始："
                f"{'中间空着一段' if gap else '两个等级重叠'}",
                f"ends at {grade.high}, the next grade “{above.name}” begins at {above.low}: "
                f"{'a gap' if gap else 'they overlap'}",
            )


def _band(grade: Grade, what: str, what_en: str) -> Finding:
    words = {"name": str(grade.name), "what": what, "what_en": what_en}
    return Finding(rules.BANDS, grade.name.at, words)


def _unknown_concepts(profile: Profile, concepts: dict[str, Concept]) -> Iterator[Finding]:
    """Names under 必报 and 跳变."""
    for name in profile.required:
        concept, _, basis = name.partition(".")
        if concept not in concepts:
            yield unknown_concept(concept, name.at, concepts)
        elif basis and basis_named(basis) is None:
            yield _no_choice(basis, name, BASES)
    for watched in profile.jumps:  # as read, each knows its place
        if isinstance(watched, Text) and watched not in concepts:
            yield unknown_concept(watched, watched.at, concepts)


def _unknown_ratios(profile: Profile, ratios: Variants) -> Iterator[Finding]:
    """Names and variants under 口径公式."""
    for name, variant in profile.variants.items():
        if not isinstance(name, Text):
            continue
        if name not in ratios:
            words = {
                "name": str(name),
                "kind": "比率",
                "kind_en": "named ratio",
                **guess(name, ratios),
            }
            yield Finding(rules.UNKNOWN_NAME, name.at, words)
        elif variant not in ratios[name]:
            yield _no_choice(variant, variant, ratios[name])


def _no_choice(written: str, at: Text, choices: Collection[str]) -> Finding:
    words = {"text": str(written), "choices": "、".join(choices), **guess(written, choices)}
    return Finding(rules.CHOICE, at.at, words)
