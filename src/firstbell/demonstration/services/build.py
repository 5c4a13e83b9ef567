"""Building the demonstration district: all or nothing, in an empty installation."""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from firstbell.attendance.api import enter_known_absence, load_attendance, recompute_schools, report_absence
from firstbell.demonstration.data import Caseload, CourtOrder, Persona, SubstituteDay
from firstbell.demonstration.models import DemonstrationDistrict
from firstbell.demonstration.rules.attendance import Year
from firstbell.demonstration.rules.coming import coming_absences
from firstbell.demonstration.rules.covering import substitute_days
from firstbell.demonstration.rules.district import invent
from firstbell.demonstration.rules.personas import personas
from firstbell.people.api import (
    NewCourtOrder,
    apply_roster,
    arrange_substitutes,
    assign_caseload,
    job_viewer,
    link_account,
    record_court_orders,
    source_ids,
)
from firstbell.people.data import StaffRole
from firstbell.platform.access import Viewer
from firstbell.platform.accounts import create_account, mark_as_demonstration

SOURCE = "demonstration"
#: where the sign-in page finds the personas
PERSONAS_FILE = "demonstration.json"
Progress = Callable[[float, str], None]


def build_demonstration(students: int, seed: int, now: datetime, progress: Progress) -> tuple[Persona, ...]:
    """Build the district of ``students`` as it stands at ``now`` (in the district's time zone).

    ``progress`` hears the share done (0 to 1) and what is being done. Answers who may sign in. The
    installation must be empty: the caller has looked. Raises ValueError outside 100 to 250,000 students.
    """
    with _without_collector():
        progress(0, "inventing people")
        found = invent(students, seed, now.date())
        year = Year.of(found, now)
        viewer = job_viewer(SOURCE, now.date())
        with transaction.atomic():
            progress(0.06, "writing the roster")
            apply_roster(viewer, found.roster, source=SOURCE)
            progress(0.4, "naming who is who")
            keys = _Keys()
            covered = _substitutes(viewer, year, keys)
            _court_orders(viewer, found.court_orders, keys)
            _caseloads(viewer, found.caseloads, keys)
            who = tuple(personas(found, now.date(), covered))
            _accounts(viewer, who, keys)
            for number, school in enumerate(found.schools):
                progress(0.45 + 0.5 * number / len(found.schools), "filling the year's attendance")
                load_attendance(viewer, year.load(school), source=SOURCE)
                recompute_schools([keys("school", school)])
            progress(0.95, "absences known ahead")
            _coming(viewer, year, keys)
            DemonstrationDistrict.objects.create(
                students=students, seed=seed, known_on=now.date(), filled_to=now
            )
    _write_personas(who)
    progress(1, "done")
    return who


@contextmanager
def _without_collector() -> Iterator[None]:
    """Millions of records without a cycle: looking for cycles among them costs as much as making them."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


class _Keys:
    """Row ids by kind and key of the roster."""

    def __init__(self) -> None:
        self._ids: dict[str, dict[str, int]] = {}

    def __call__(self, kind: str, key: str) -> int:
        if kind not in self._ids:
            self._ids[kind] = source_ids(SOURCE, kind)
        return self._ids[kind][key]


def _substitutes(viewer: Viewer, year: Year, keys: _Keys) -> list[SubstituteDay]:
    """Substitutes of the days gone by, today and the next taught day."""
    rows = list(substitute_days(year.found, year.covering, year.meetings, 0, year.until() + 1))
    arrange_substitutes(
        viewer,
        [
            (keys("section", section), keys("staff", row.substitute), keys("staff", row.covers), row.day)
            for row in rows
            for section in row.sections
        ],
    )
    return rows


def _court_orders(viewer: Viewer, orders: Iterable[CourtOrder], keys: _Keys) -> None:
    record_court_orders(
        viewer,
        [
            NewCourtOrder(
                student_id=keys("student", order.student),
                contact_id=keys("contact", order.contact),
                begin=order.begin,
                reference=order.case,
            )
            for order in orders
        ],
    )


def _caseloads(viewer: Viewer, rows: Iterable[Caseload], keys: _Keys) -> None:
    assign_caseload(
        viewer, [(keys("staff", row.staff), keys("student", row.student), row.begin) for row in rows]
    )


def _accounts(viewer: Viewer, who: Iterable[Persona], keys: _Keys) -> None:
    """Accounts that open with one click and by nothing else: they have no password."""
    for persona in who:
        account = create_account(viewer, persona.username, display_name=persona.name)
        link_account(viewer, account, persona.kind, keys(persona.kind, persona.key))
    mark_as_demonstration(persona.username for persona in who)


def _coming(viewer: Viewer, year: Year, keys: _Keys) -> None:
    """What families and offices know of the days ahead, each in the name of who said it."""
    offices = year.found.offices
    school_of = {pupil.key: pupil.known[-1].school.key for pupil in year.found.pupils if pupil.known}
    for row in coming_absences(year):
        student = keys("student", row.student)
        if row.code:
            clerk = year.names[offices[school_of[row.student]][StaffRole.ATTENDANCE_CLERK][0]]
            enter_known_absence(
                _as(viewer, clerk), student, row.begin, row.end, row.code, comment=row.comment
            )
        else:
            report_absence(_as(viewer, row.by), student, row.begin, row.end, row.comment)


def _as(viewer: Viewer, name: str) -> Viewer:
    return Viewer(account_id=None, name=name, today=viewer.today, purpose=viewer.purpose)


def _write_personas(who: Iterable[Persona]) -> None:
    """Tell the sign-in page who may enter."""
    path = Path(settings.HOME) / PERSONAS_FILE
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps([asdict(persona) for persona in who], indent=1), encoding="utf-8")
    beside.replace(path)
