"""Figures too dear for every page view: counted by the clock, kept with the moment of the count.

They are counts by school and name nobody. ``refresh`` is what the clock calls; a page that finds nothing
kept counts what is cheap enough and leaves out what is not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Generic, TypeVar

from django.core.cache import cache
from django.utils import timezone

from firstbell.attendance.api import SchoolYearRow, daily_rates, roll_hours, schools_year
from firstbell.exchange.api import last_import_at
from firstbell.people.api import job_viewer, roster_problems, schools_in_scope
from firstbell.people.data import ProblemCount
from firstbell.platform.access import DataClass

T = TypeVar("T")
Rates = dict[int, dict[date, tuple[int, int]]]
WEEKS = 8
BEFORE = timedelta(weeks=4)
HOUR = 3600


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A figure and when it was counted."""

    at: datetime
    value: T


@dataclass(frozen=True, slots=True)
class YearRows:
    """Every school's year so far, and as it stood four weeks before."""

    now: tuple[SchoolYearRow, ...]
    before: tuple[SchoolYearRow, ...]


def _keep(name: str, today: date, count: Callable[[], T], *, hours: int) -> Kept[T]:
    kept = Kept(timezone.now(), count())
    cache.set(_key(name, today), kept, timeout=hours * HOUR)
    return kept


def _key(name: str, today: date) -> str:
    """An import makes what was kept before it old."""
    return f"overview.{name}.1.{today}.{last_import_at()}".replace(" ", "T")


def past_rates(today: date, *, refresh: bool = False) -> Kept[Rates]:
    """Enrolled and absent of every school and school day of the last eight weeks, today not among them."""

    def count() -> Rates:
        everything = job_viewer("overview", today)
        schools = list(schools_in_scope(everything, DataClass.ATTENDANCE).values_list("id", flat=True))
        return daily_rates(schools, today - timedelta(weeks=WEEKS), today - timedelta(days=1))

    found: Kept[Rates] | None = None if refresh else cache.get(_key("past", today))
    return found or _keep("past", today, count, hours=2)


def usual_hours(today: date, *, refresh: bool = False) -> Kept[dict[int, list[int]]]:
    """By school, how many rolls were in by each five minutes, on the last four days of today's weekday."""

    def count() -> dict[int, list[int]]:
        past = past_rates(today).value
        alike = {day for found in past.values() for day in found if day.weekday() == today.weekday()}
        return roll_hours(past, sorted(alike)[-4:])

    found: Kept[dict[int, list[int]]] | None = None if refresh else cache.get(_key("hours", today))
    return found or _keep("hours", today, count, hours=12)


def problems(today: date, *, refresh: bool = False) -> Kept[list[ProblemCount]]:
    """Problems of every school's roster."""

    def count() -> list[ProblemCount]:
        return roster_problems(job_viewer("overview", today))

    found: Kept[list[ProblemCount]] | None = None if refresh else cache.get(_key("problems", today))
    return found or _keep("problems", today, count, hours=1)


def year_rows(today: date, *, refresh: bool = False) -> Kept[YearRows] | None:
    """Every school's year so far; None where the clock has not counted it yet (it takes seconds)."""

    def count() -> YearRows:
        everything = job_viewer("overview", today)
        return YearRows(
            tuple(schools_year(everything, today)), tuple(schools_year(everything, today - BEFORE))
        )

    if refresh:
        return _keep("year", today, count, hours=48)
    days = (today, today - timedelta(days=1))
    return next((found for day in days if (found := cache.get(_key("year", day)))), None)
