"""When a roll may be written: the teacher's window, the school's hours, the lock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

from firstbell.attendance.data import WindowSettings
from firstbell.kernel.finding import Finding, error


def check_window(
    day: date,
    *,
    today: date,
    now: time,
    taught_between: Callable[[date, date], int],
    settings: WindowSettings,
    office: bool,
    reason: str = "",
) -> list[Finding]:
    """What keeps the roll of ``day`` from being written ``today`` at ``now`` (school-local); empty: nothing.

    ``taught_between(first, last)`` counts taught days after ``first`` up to ``last``. The office writes
    any day, a locked one with a ``reason``; a teacher within the window.
    """
    closed = settings.locked_through is not None and day <= settings.locked_through
    if closed and not (office and reason.strip()):
        return [
            error(
                "attendance.locked",
                f"attendance through {_spoken(settings.locked_through or day)} is closed",
                "ask the attendance office; a change after closing needs a reason",
                column="day",
            )
        ]
    if office:
        return []
    if day > today and taught_between(today, day) > settings.forward_post_days:
        return [_too_early(day, settings.forward_post_days)]
    if day < today and taught_between(day, today) > settings.back_post_days:
        return [_too_late(day, settings.back_post_days)]
    if day == today and not _open(now, settings):
        return [
            error(
                "attendance.hours",
                f"rolls are taken between {_clock(settings.opens)} and {_clock(settings.closes)}",
                "take the roll within these hours, or ask the attendance office",
                column="day",
            )
        ]
    return []


def _open(now: time, settings: WindowSettings) -> bool:
    return (settings.opens is None or settings.opens <= now) and (
        settings.closes is None or now <= settings.closes
    )


def _too_early(day: date, ahead: int) -> Finding:
    limit = f"at most {ahead} school days ahead" if ahead else "on the day itself"
    return error(
        "attendance.too_early",
        f"the roll of {_spoken(day)} cannot be taken yet",
        f"take it {limit}; a known absence can be entered by the office",
        column="day",
    )


def _too_late(day: date, back: int) -> Finding:
    limit = f"{back} school days back" if back != 1 else "one school day back"
    return error(
        "attendance.too_late",
        f"the roll of {_spoken(day)} can no longer be changed here",
        f"teachers write up to {limit}; ask the attendance office to enter it",
        column="day",
    )


def _spoken(day: date) -> str:
    return f"{day:%A, %B} {day.day}"


def _clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else "any time"
