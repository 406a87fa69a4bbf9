"""Figures: what is read from printed text, what it can stand for, and when two say the same."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP
from decimal import Decimal as D  # noqa: N817 - hundreds of them

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from site_builder.figure import Figure, Interval, measure, number, plain_figure, shown
from site_builder.slips import is_swapped


@pytest.mark.parametrize("text", [
    "0", "5", "24.75", "-1.56", "20.30", "0.00", "-0.5", "123456789012345", "1.123456",
])  # fmt: skip
def test_a_number_keeps_its_digits(text):
    """The digits as written are the digits that are printed again."""
    assert str(number(text)) == text


@pytest.mark.parametrize("text", [
    "", " ", "5 ", " 5", "+5", "05", "00", ".5", "5.", "1_000", "1,000", "1e5", "1E5", "0x1F", "NaN",
    "Infinity", "-", "--5", "1.2.3", "1234567890123456", "1.1234567", "５", "2４", "24．75", "−5",
    "五", "二十", "½", "٣", "5万", "5%", "5\n", "~", "null",
])  # fmt: skip
def test_anything_else_is_no_number(text):
    """Only half-width digits with an optional minus and point; at most 15 digits and 6 decimals."""
    assert number(text) is None


@pytest.mark.parametrize(("text", "unit", "expected"), [
    ("24.75", "万元", "24.75万元"),
    ("98.91%", "%", "98.91%"),
    ("98.91", "%", "98.91%"),
    ("100", "分", "100分"),
    ("30", "", "30"),
    ("24.75万元", "万元", "24.75万元"),
    ("10分", "分", "10分"),
    ("11,122,315.04", "元", "11,122,315.04元"),
    ("-1,319.60元", "元", "-1,319.60元"),
    ("11,22,315.04", "元", None),
    ("0,122.04", "元", None),
    ("24.75元", "万元", None),
    ("24.75 万元", "万元", None),
    ("万元", "万元", None),
    ("98.91％", "%", None),
    ("%", "%", None),
    ("5%", "万元", None),
])  # fmt: skip
def test_a_figure_in_the_unit_of_its_form(text, unit, expected):
    """The form gives the unit; the report may print that one again, and commas between thousands."""
    figure = plain_figure(text, unit)
    assert (None if figure is None else str(figure)) == expected


@pytest.mark.parametrize(("text", "amount", "unit", "about"), [
    ("24.75万元", "24.75", "万元", ""),
    ("20.30万元", "20.30", "万元", ""),
    ("-4.9万元", "-4.9", "万元", ""),
    ("1,319.60万元", "1319.60", "万元", ""),
    ("3.2亿元", "3.2", "亿元", ""),
    ("500元", "500", "元", ""),
    ("0万", "0", "万元", ""),
    ("3百万元", "3E+6", "元", ""),
    ("2千万元", "2E+7", "元", ""),
    ("71.42%", "71.42", "%", ""),
    ("71.42％", "71.42", "%", ""),
    ("125人", "125", "人", ""),
    ("18名", "18", "名", ""),
    ("94分", "94", "分", ""),
    ("94", "94", "", ""),
    (" 94 分 ", "94", "分", ""),
    ("1.84万亩", "1.84E+4", "亩", ""),
    ("2.5千米", "2.5E+3", "米", ""),
    ("300万人次", "3.00E+6", "人次", ""),
    ("30多人", "30", "人", "多"),
    ("2800余人次", "2800", "人次", "余"),
    ("200余万元", "200", "万元", "余"),
    ("200万余元", "200", "万元", "余"),
    ("10余万亩", "1.0E+5", "亩", "余"),
    ("95%以上", "95", "%", "以上"),
    ("50人左右", "50", "人", "左右"),
    ("约50人", "50", "人", "约"),
    ("近50人", "50", "人", "近"),
    ("≥95%", "95", "%", "≥"),
    ("<=3天", "3", "天", "<="),
    ("不低于90分", "90", "分", "不低于"),
    ("达95%", "95", "%", ""),
    ("=100%", "100", "%", ""),
])  # fmt: skip
def test_a_figure_with_its_unit_as_printed(text, amount, unit, about):
    """A scale belongs to the amount, 万元 and 亿元 are units, and words make it approximate."""
    figure = measure(text)
    assert figure is not None
    assert (str(figure.amount), figure.unit, figure.about) == (amount, unit, about)
    assert figure.text == text.strip()


@pytest.mark.parametrize("text", [
    "", "人", "万元", "许多", "三百人", "近百人", "2022年5月", "1-2项", "5+3人", "30人和20户", "30人，20户",
    "24.75万元（含税）", "1.2.3万元", "1,23万元", "2,3456元", "1_000元", "1e5元", "NaN", "5：3", "３０人",
    "24．75万元", "24.7５万元", "12５个", "−5万元", "--5万元", "9" * 40 + "万元",
])  # fmt: skip
def test_anything_else_is_no_figure(text):
    """One figure in half-width digits and its unit, nothing besides; never forty digits."""
    assert measure(text) is None


def interval(text: str) -> tuple[str, str]:
    """What a printed figure can stand for."""
    figure = measure(text)
    assert figure is not None
    low, high = figure.interval()
    return f"{low:f}", f"{high:f}"


@pytest.mark.parametrize(("text", "low", "high"), [
    ("24.75万元", "24.745", "24.755"),
    ("24.7万元", "24.695", "24.705"),
    ("13万元", "12.995", "13.005"),
    ("24.7512万元", "24.75115", "24.75125"),
    ("-4.90万元", "-4.905", "-4.895"),
    ("500元", "499.5", "500.5"),
    ("3.2亿元", "3.15", "3.25"),
    ("95.1%", "95.05", "95.15"),
    ("1.84万亩", "18350", "18450"),
    ("30人", "30", "30"),
    ("12个", "12", "12"),
    ("2000余人", "2000", "3000"),
    ("2800多人", "2800", "2900"),
    ("30人以上", "30", "40"),
    ("≥95%", "95", "96"),
    ("50人以内", "40", "50"),
    ("近50人", "40", "50"),
    ("约50人", "40", "60"),
    ("50人左右", "40", "60"),
])  # fmt: skip
def test_what_a_figure_can_stand_for(text, low, high):
    """Half a last digit either way when measured, itself when counted, a step when approximate."""
    assert interval(text) == (low, high)


def test_digits_as_written_are_wider_for_ten_thousands():
    """`13` beside `1134.92` may have lost its zeros, or been rounded to the whole."""
    figure = Figure(D(13), "万元", "13")
    assert figure.interval() == Interval(D("12.995"), D("13.005"))
    assert figure.written_interval() == Interval(D("12.5"), D("13.5"))


@pytest.mark.parametrize(("text", "low", "high"), [
    ("95.12%", "95.12", "95.13"), ("-4.9%", "-5.0", "-4.9"), ("0%", "0", "1"),
])  # fmt: skip
def test_what_a_cut_off_figure_can_stand_for(text, low, high):
    """Digits cut off make a figure smaller in size, so what was meant lies away from zero."""
    figure = measure(text)
    assert figure is not None
    assert tuple(map(str, figure.truncated_interval())) == (low, high)


def test_intervals_add_subtract_divide_and_meet():
    """Interval arithmetic takes the widest ends, also where the sign changes."""
    a, b = Interval(D(1), D(2)), Interval(D(-4), D(-3))
    assert a + b == (-3, -1)
    assert a - b == (4, 6)
    assert b.over(a) == (-4, D("-1.5"))
    assert a.times(D(10)) == (10, 20)
    assert a.meets(Interval(D(2), D(5)))
    assert not a.meets(b)


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("24.75万元", "24.75万元", True),
    ("24.75万元", "24.750万元", True),
    ("24.75万元", "247500元", True),
    ("247,500元", "24.75万元", True),
    ("27.6亿元", "276012.35万元", True),
    ("24.8万元", "24.75万元", True),
    ("24.7万元", "24.75万元", True),
    ("25万元", "24.75万元", True),
    ("1.84万亩", "18412亩", True),
    ("3.2公里", "3200米", True),
    ("3.2公里", "3215米", True),
    ("30人", "30名", True),
    ("281次", "281批次", True),
    ("95%", "95.12%", True),
    ("2800余人次", "2856人次", True),
    ("2800人次", "2800余人次", True),
    ("近300人", "297人", True),
    ("24.75万元", "24.75元", False),
    ("24.75万元", "24.57万元", False),
    ("24.75万元", "24.76万元", False),
    ("24.9万元", "24.75万元", False),
    ("26万元", "24.75万元", False),
    ("28亿元", "276012.35元", False),
    ("30人", "31人", False),
    ("2800余人次", "2790人次", False),
    ("2800余人次", "3000人次", False),
    ("近300人", "310人", False),
    ("30人", "30万元", False),
    ("30个", "30户", False),
    ("4.90万元", "-4.90万元", False),
])  # fmt: skip
def test_two_printed_figures_say_the_same(one, other, expected):
    """Converted and cut to the coarser one's digits, rounded or cut off; 余 and 多 give room."""
    a, b = measure(one), measure(other)
    assert a is not None
    assert b is not None
    assert a.agrees_with(b) is expected
    assert b.agrees_with(a) is expected


@pytest.mark.parametrize(("amount", "decimals", "expected"), [
    ("95.125", 2, "95.13"), ("-4.905", 2, "-4.91"), ("5", 2, "5.00"), ("18412.5", 0, "18413"),
    ("9" * 30, 2, "9" * 30 + ".00"),
])  # fmt: skip
def test_a_recomputed_amount_is_shown_rounded_half_up(amount, decimals, expected):
    """Rounded as people do, not to even, whatever its length."""
    assert shown(D(amount), decimals) == expected


@pytest.mark.parametrize(("one", "other", "expected"), [
    ("128.1", "121.8", True), ("80.64", "86.04", True), ("0.60", "0.06", True),
    ("1263", "1236", True), ("36.10", "63.1", True),
    ("263", "326", False),  # two slips
    ("26", "26", False), ("2634", "2364.0", True), ("126", "162.5", False), ("126", "126.5", False),
    ("1263", "2136", False), ("12", "-21", False), ("1264", "1246.1", False), ("100", "10", False),
    ("128", "139", False), ("128", "182", True), ("128", "821", False), ("128", "181", False),
])  # fmt: skip
def test_two_neighbouring_digits_stand_the_other_way_round(one, other, expected):
    """All other digits, the point and the sign the same; 36.1 has as many places as 36.10."""
    assert is_swapped(D(one), D(other)) is expected
    assert is_swapped(D(other), D(one)) is expected


cents = st.decimals(D("-9999999.99"), D("9999999.99"), places=2)
money = st.builds(
    lambda amount, unit: Figure(amount, unit, str(amount)),
    st.integers(0, 4).flatmap(lambda places: st.decimals(0, 999_999, places=places)),
    st.sampled_from(["元", "千元", "万元", "亿元"]),
)


@settings(deadline=None, derandomize=True)
@given(st.text(max_size=30) | st.text("0123456789.,-万亿元%余多人约≥ ５", max_size=12))
def test_any_text_is_a_figure_or_not(text):
    """No text makes reading a figure raise, and what is read can be compared with itself."""
    number(text)
    plain_figure(text, "%")
    figure = measure(text)
    if figure is not None:
        assert figure.agrees_with(figure)
        assert figure.interval().meets(figure.interval())


@settings(deadline=None, derandomize=True)
@given(cents, st.sampled_from(["元", "万元", "%"]))
def test_what_is_written_is_read_back(amount, unit):
    """Digits, sign and unit survive."""
    figure = measure(f"{amount}{unit}")
    assert figure is not None
    assert (str(figure.amount), figure.unit) == (str(amount), unit)


@settings(deadline=None, derandomize=True)
@given(money, money)
def test_agreement_is_mutual(a, b):
    """It does not matter which of two figures is asked."""
    assert a.agrees_with(b) == b.agrees_with(a)


@settings(deadline=None, derandomize=True)
@given(cents, st.integers(0, 2), st.sampled_from([ROUND_HALF_UP, ROUND_DOWN]))
def test_a_figure_agrees_with_itself_said_shorter(amount, places, rounding):
    """Rounded or cut to fewer digits it still says the same; two steps further it does not."""
    step = D(1).scaleb(-places)
    short = amount.quantize(step, rounding)
    whole = Figure(amount, "万元", str(amount))
    assert whole.agrees_with(Figure(short, "万元", str(short)))
    assert not whole.agrees_with(Figure(short + 2 * step, "万元", str(short + 2 * step)))
    assert whole.agrees_with(Figure(amount * 10_000, "元", str(amount * 10_000)))


@settings(deadline=None, derandomize=True)
@given(money)
def test_a_figure_can_stand_for_itself(figure):
    """The amount lies in every interval, and the written one is never the narrower."""
    for low, high in (
        figure.interval(), figure.written_interval(), figure.truncated_interval(),
    ):  # fmt: skip
        assert low <= figure.amount <= high
    assert figure.written_interval().low <= figure.interval().low
