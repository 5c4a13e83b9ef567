"""A span of dates is the set of its dates, both ends included."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstbell.kernel.date_span import DateSpan

BEGIN = date(2024, 2, 20)
#: as far as the twins look; an open span has every date up to here
HORIZON = [BEGIN + timedelta(days=n) for n in range(40)]
offsets = st.integers(0, 25)


@st.composite
def spans(draw: st.DrawFn) -> DateSpan:
    first = draw(offsets)
    last = draw(st.none() | st.integers(first, 30))
    return DateSpan(BEGIN + timedelta(days=first), None if last is None else BEGIN + timedelta(days=last))


def dates(span: DateSpan | None) -> set[date]:
    """The naive twin: a span as the set of its dates."""
    if span is None:
        return set()
    return {day for day in HORIZON if day >= span.begin and (span.end is None or day <= span.end)}


@given(spans(), spans())
def test_overlap_and_clip_are_those_of_the_sets_of_dates(one: DateSpan, other: DateSpan) -> None:
    assert one.overlaps(other) == other.overlaps(one) == bool(dates(one) & dates(other))
    assert dates(one.clip(other)) == dates(one) & dates(other)
    clipped = one.clip(other)
    assert (clipped is not None and clipped.end is None) == (one.end is None and other.end is None)


@given(spans())
def test_a_span_holds_walks_and_counts_its_dates(span: DateSpan) -> None:
    assert {day for day in HORIZON if day in span} == dates(span)
    if span.end is not None:
        assert list(span) == sorted(dates(span))
        assert span.days == len(dates(span))


def test_an_open_span_can_be_neither_counted_nor_walked() -> None:
    with pytest.raises(ValueError, match="give it an end"):
        _ = DateSpan(BEGIN).days
    with pytest.raises(ValueError, match="give it an end"):
        list(DateSpan(BEGIN))


def test_an_end_before_the_begin_is_refused() -> None:
    with pytest.raises(ValueError, match="2024-02-19 lies before the begin 2024-02-20"):
        DateSpan(BEGIN, BEGIN - timedelta(days=1))
