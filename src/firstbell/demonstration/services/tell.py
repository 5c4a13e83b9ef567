"""What families and offices know of days ahead, and who covers for whom, in the name of who said it."""

from __future__ import annotations

from datetime import datetime

from firstbell.attendance.api import (
    accept_absence,
    enter_known_absence,
    known_absences_of,
    report_absence,
)
from firstbell.attendance.data import KnownAbsenceRecord
from firstbell.demonstration.data import SubstituteDay
from firstbell.demonstration.rules.attendance import Year
from firstbell.demonstration.rules.coming import coming_absences
from firstbell.demonstration.rules.covering import substitute_days
from firstbell.demonstration.services.source_keys import SourceKeys
from firstbell.kernel.finding import Refused
from firstbell.people.api import arrange_substitutes
from firstbell.platform.access import Viewer


def tell_substitutes(viewer: Viewer, year: Year, keys: SourceKeys, begin: int = 0) -> list[SubstituteDay]:
    """Substitutes from the planned day at place ``begin`` to the taught day after today."""
    rows = list(substitute_days(year.found, year.covering, year.meetings, begin, year.until() + 1))
    arrange_substitutes(
        viewer,
        [
            (keys("section", section), keys("staff", row.substitute), keys("staff", row.covers), row.day)
            for row in rows
            for section in row.sections
        ],
    )
    return rows


def tell_coming(viewer: Viewer, year: Year, keys: SourceKeys, since: datetime) -> int:
    """Enter or report the absences known ahead of which the office heard after ``since``; answers how many.

    What somebody here has decided already stays; what the office may not enter any more is left out.
    """
    told = 0
    for row in coming_absences(year, since):
        try:
            told += _tell(viewer, row, keys("student", row.student))
        except Refused:
            continue
    return told


def _tell(viewer: Viewer, row: KnownAbsenceRecord, student: int) -> bool:
    before = known_absences_of(student, row.begin, row.end)
    waiting = [number for number, state in before if state == "reported"]
    if row.code and waiting:
        accept_absence(_named(viewer, row.decided_by), waiting[0], row.code)
    elif before:
        return False
    elif row.code:
        enter_known_absence(
            _named(viewer, row.decided_by), student, row.begin, row.end, row.code, comment=row.comment
        )
    else:
        report_absence(_named(viewer, row.by), student, row.begin, row.end, row.comment)
    return True


def _named(viewer: Viewer, name: str) -> Viewer:
    return Viewer(account_id=None, name=name, today=viewer.today, purpose=viewer.purpose)
