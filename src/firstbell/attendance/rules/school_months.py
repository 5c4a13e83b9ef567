"""School months and the periods of apportionment that close on them (EC 41601)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from firstbell.attendance.data import ApportionmentPeriod
from firstbell.attendance.rules.rule_set import RuleSet
from firstbell.kernel.date_span import DateSpan
from firstbell.kernel.school_year import SchoolYear
from firstbell.params import MissingParameter

WEEKS = 4


_CUTOFF = {ApportionmentPeriod.P1: "p1_cutoff", ApportionmentPeriod.P2: "p2_cutoff"}


def proposed_months(first_day: date, last_day: date) -> list[DateSpan]:
    """School months of four weeks from the Monday of the first taught day, holidays inside.

    A proposal for the set-up page: the numbering that counts is stored with the calendar. The last month
    ends with the year, so it may be short.
    """
    if last_day < first_day:
        raise ValueError("the last day of school lies before the first")
    begin = first_day - timedelta(days=first_day.weekday())
    months = []
    while begin <= last_day:
        end = begin + timedelta(weeks=WEEKS, days=-1)
        months.append(DateSpan(max(begin, first_day), min(end, last_day)))
        begin = end + timedelta(days=1)
    return months


def proposed_closing_month(
    period: ApportionmentPeriod, months: Sequence[DateSpan], year: SchoolYear, rules: RuleSet
) -> int | None:
    """Number of the last full school month that ends by the period's cut-off; None where none does.

    A proposal too: the cut-off's wording is for the district to confirm. Raises MissingParameter.
    """
    if period is ApportionmentPeriod.ANNUAL:
        return len(months) or None
    cutoff = _date_in(year, str(rules.value(_CUTOFF[period])))
    ended = [number for number, month in enumerate(months, start=1) if month.end and month.end <= cutoff]
    return ended[-1] if ended else None


def _date_in(year: SchoolYear, month_day: str) -> date:
    month, day = map(int, month_day.split("-"))
    begin = year.span.begin
    return date(begin.year if month >= begin.month else begin.year + 1, month, day)


def days_of_period(
    period: ApportionmentPeriod,
    days: Iterable[tuple[date, int | None]],
    closing: Mapping[ApportionmentPeriod, int],
) -> list[date]:
    """The taught days of the year that a period counts, from (taught day, its stored school month).

    ``closing`` is the month that closes each period, stored with the calendar; the annual count takes
    every day. Raises MissingParameter where the closing month or a day's month is not stored.
    """
    if period is ApportionmentPeriod.ANNUAL:
        return sorted(day for day, _ in days)
    if period not in closing:
        raise MissingParameter(
            f"the calendar does not say which school month closes {period}: store it with the calendar"
        )
    counted = []
    for day, month in days:
        if month is None:
            raise MissingParameter(f"{day} has no school month: number the months of the calendar")
        if month <= closing[period]:
            counted.append(day)
    return sorted(counted)
