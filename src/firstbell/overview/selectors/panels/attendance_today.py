"""Today: which schools are in session, how many are here beside the usual, which rolls are late."""

from __future__ import annotations

from fractions import Fraction

from django.utils import timezone

from firstbell.attendance.api import MINUTES, schools_today
from firstbell.attendance.data import SchoolAttendance
from firstbell.overview.data import Panel, Place, Somebody, Tile, Waiting
from firstbell.overview.rules.usual import tone_beside
from firstbell.overview.selectors.kept import past_rates, usual_hours
from firstbell.people.api import posts_at
from firstbell.platform.access import DataClass, Scope, Viewer
from firstbell.platform.ui import percent_words, share_words

ORDER = 10
#: schools named one by one before the rest is summed up
MOST_NAMED = 4


def opens(viewer: Viewer) -> bool:
    """Whoever sees counts of whole schools."""
    return any(
        cell.aggregate or {Scope.DISTRICT, Scope.BUILDING} & cell.scopes
        for _, cell in viewer.cells(DataClass.ATTENDANCE)
    )


def panel(viewer: Viewer) -> Panel | None:
    """Figures of the day and the late rolls, each with the school's attendance office."""
    past = past_rates(viewer.today).value
    schools = schools_today(viewer, viewer.today, past=past)
    if not schools:
        return None
    return Panel(
        key="attendance_today",
        title="Schools today",
        tiles=(_here(viewer, schools), _rolls(viewer, schools), _session(schools)),
        waiting=tuple(_late(viewer, schools)),
        rows=tuple(sorted(schools, key=_pressing)),
        places=(Place("board", "Board of rolls"), Place("school_figures", "Figures by school")),
    )


def _pressing(one: SchoolAttendance) -> tuple[bool, Fraction, str]:
    """The school furthest below its usual first, those not in session last."""
    known = one.rate is not None and one.usual is not None and one.rolls_taken
    below = one.rate - one.usual if known and one.rate is not None and one.usual is not None else Fraction(0)
    return not one.in_session, below, one.school


def _here(viewer: Viewer, schools: list[SchoolAttendance]) -> Tile:
    """As far as rolls are in: before the first one nothing is known, and full attendance is not claimed."""
    heard = [one for one in schools if one.in_session and one.rolls_taken]
    enrolled, absent = sum(one.enrolled for one in heard), sum(one.absent for one in heard)
    share = 1 - Fraction(absent, enrolled) if enrolled else None
    known = [one for one in heard if one.usual is not None]
    weight = sum(one.enrolled for one in known)
    usual = sum((one.usual * one.enrolled for one in known if one.usual is not None), Fraction(0))
    beside = usual / weight if weight else None
    said = [f"usual for a {viewer.today:%A}: {percent_words(beside)}"] if beside is not None else []
    if not heard and any(one.in_session for one in schools):
        said = ["no roll is in yet"]
    elif any(one.rolls_taken < one.rolls_expected for one in heard):
        said.append("as far as rolls are in")
    return Tile(
        label="Attendance today",
        value=percent_words(share),
        unit=f"{enrolled - absent:,} of {enrolled:,} here" if enrolled else "",
        usual="; ".join(said),
        tone=tone_beside(share, beside),
        place=Place("school_figures", "By school"),
    )


def _rolls(viewer: Viewer, schools: list[SchoolAttendance]) -> Tile:
    expected = sum(one.rolls_expected for one in schools)
    taken = sum(one.rolls_taken for one in schools)
    late = sum(one.rolls_late for one in schools)
    hours = usual_hours(viewer.today).value
    now = timezone.localtime()
    place = (now.hour * 60 + now.minute) // MINUTES
    days = [hours[one.school_id] for one in schools if one.school_id in hours]
    by_now, ever = sum(day[place] for day in days), sum(day[-1] for day in days)
    usually = share_words(round(Fraction(by_now, ever) * expected), expected) if ever else ""
    return Tile(
        label="Rolls outstanding",
        value=f"{late:,}" if expected else "–",
        unit=f"late; {taken:,} of {expected:,} in" if expected else "none expected today",
        usual=f"usually in by now: {usually}" if usually else "",
        tone="bad" if late else "good" if expected and taken == expected else "",
        place=Place("board", "Open the board"),
    )


def _session(schools: list[SchoolAttendance]) -> Tile:
    in_session = [one for one in schools if one.in_session]
    closed = [one for one in schools if not one.in_session]
    why = "; ".join(f"{one.school}: {one.note}" for one in closed[:2])
    why += f"; {len(closed) - 2} more" if len(closed) > 2 else ""
    return Tile(
        label="Schools in session",
        value=f"{len(in_session)}",
        unit=f"of {len(schools)}",
        usual=why if in_session else "no school day",
    )


def _late(viewer: Viewer, schools: list[SchoolAttendance]) -> list[Waiting]:
    late = sorted((one for one in schools if one.rolls_late), key=lambda one: -one.rolls_late)
    if not late:
        return []
    clerks = posts_at(viewer, ("attendance_clerk",), [one.school_id for one in late])
    found = [
        Waiting(
            words=f"{one.rolls_late} late {'roll' if one.rolls_late == 1 else 'rolls'} at {one.school}",
            tone="bad",
            whose=tuple(
                Somebody(who.name, who.title, who.staff_id) for who in clerks.get(one.school_id, ())[:1]
            ),
            place=Place("board", "Board", query=f"school={one.school_id}"),
        )
        for one in late[:MOST_NAMED]
    ]
    rest = late[MOST_NAMED:]
    if rest:
        number = sum(one.rolls_late for one in rest)
        found.append(
            Waiting(
                words=f"{number} more late rolls at {len(rest)} schools",
                tone="bad",
                place=Place("board", "Open the board"),
            )
        )
    return found
