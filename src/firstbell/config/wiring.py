"""Which room hears what from which, and what runs by the clock: every subscription of the house."""

from __future__ import annotations

from datetime import timedelta


def wire() -> None:
    """Subscribe and schedule; called once when the house is open."""
    from firstbell.attendance import tasks as attendance  # noqa: F401 - registers its work
    from firstbell.attendance.api import recompute_schools
    from firstbell.overview import tasks as overview  # noqa: F401 - registers its work
    from firstbell.people.data import CalendarDayChanged
    from firstbell.platform import tasks  # noqa: F401 - registers its work
    from firstbell.platform.events import subscribe
    from firstbell.platform.jobs import every

    def count_day_anew(news: CalendarDayChanged) -> None:
        recompute_schools([news.school_id], begin=news.day, end=news.day)

    subscribe(CalendarDayChanged, count_day_anew)

    every(timedelta(hours=1), "audit.head")
    every(timedelta(days=1), "audit.verify")
    every(timedelta(days=1), "sessions.clear")
    every(timedelta(minutes=15), "overview.figures")
    every(timedelta(days=1), "overview.year")
    every(timedelta(days=1), "attendance.propose_letters")
    every(timedelta(minutes=5), "attendance.rolls")
