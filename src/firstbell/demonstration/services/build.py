"""Building the demonstration district: all or nothing, in an empty installation."""

from __future__ import annotations

import gc
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, time
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.timezone import get_current_timezone

from firstbell.attendance.api import load_attendance, recompute_schools
from firstbell.attendance.data import AttendanceLoad, KnownAbsenceRecord
from firstbell.demonstration.data import Caseload, CourtOrder, Persona
from firstbell.demonstration.models import DemonstrationDistrict
from firstbell.demonstration.rules.accounts import staff_accounts
from firstbell.demonstration.rules.attendance import Year
from firstbell.demonstration.rules.coming import coming_absences
from firstbell.demonstration.rules.covering import substitute_days
from firstbell.demonstration.rules.district import invent, plan_digest
from firstbell.demonstration.rules.personas import personas
from firstbell.demonstration.services.source_keys import SOURCE, SourceKeys
from firstbell.demonstration.services.tell import tell_substitutes
from firstbell.people.api import (
    NewCourtOrder,
    apply_roster,
    assign_caseload,
    job_viewer,
    link_accounts,
    record_court_orders,
)
from firstbell.people.data import StaffRole
from firstbell.platform.access import POLICY, Viewer
from firstbell.platform.accounts import (
    NewAccount,
    create_accounts,
    mark_as_demonstration,
    pretend_use,
)

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
            keys = SourceKeys()
            covered = tell_substitutes(viewer, year, keys)
            _court_orders(viewer, found.court_orders, keys)
            _caseloads(viewer, found.caseloads, keys)
            who = tuple(personas(found, now.date(), covered))
            _accounts(viewer, year, who, keys)
            _attendance(viewer, year, keys, progress)
            DemonstrationDistrict.objects.create(
                students=students,
                seed=seed,
                known_on=now.date(),
                plan=plan_digest(found),
                filled_to=now,
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


def _court_orders(viewer: Viewer, orders: Iterable[CourtOrder], keys: SourceKeys) -> None:
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


def _caseloads(viewer: Viewer, rows: Iterable[Caseload], keys: SourceKeys) -> None:
    assign_caseload(
        viewer, [(keys("staff", row.staff), keys("student", row.student), row.begin) for row in rows]
    )


def _accounts(viewer: Viewer, year: Year, who: Iterable[Persona], keys: SourceKeys) -> None:
    """Accounts of all staff and of the personas. None has a password: personas open with one click, the
    others with nothing."""
    found = year.found
    wanted = {
        person.username: NewAccount(
            username=person.username,
            display_name=f"{person.name.first} {person.name.last}",
            email=person.directory.email,
        )
        for person in found.roster.staff or ()
    }
    wanted |= {
        one.username: NewAccount(username=one.username, display_name=one.name)
        for one in who
        if one.kind != "staff"
    }
    numbers = create_accounts(viewer, wanted.values())
    staff = {person.key: numbers[person.username] for person in found.roster.staff or ()}
    link_accounts(viewer, "staff", {keys("staff", key): number for key, number in staff.items()})
    for kind in ("contact", "student"):
        mine = {keys(kind, one.key): numbers[one.username] for one in who if one.kind == kind}
        link_accounts(viewer, kind, mine)
    mark_as_demonstration(one.username for one in who)
    demanding = [role for role in StaffRole if role in POLICY.roles and POLICY.needs_second_factor(role)]
    used = list(staff_accounts(found, year.now, demanding, {one.key for one in who if one.kind == "staff"}))
    pretend_use(
        {staff[one.staff]: one.last for one in used if one.last is not None},
        [staff[one.staff] for one in used if one.second_factor],
    )


def _attendance(viewer: Viewer, year: Year, keys: SourceKeys, progress: Progress) -> None:
    """The year's attendance school by school, then the days derived from it."""
    total = sum(len(here.seats) for here in year.found.schools.values())
    coming: dict[str, list[KnownAbsenceRecord]] = defaultdict(list)
    schools = {pupil.key: pupil.known[-1].school.key for pupil in year.found.pupils if pupil.known}
    for record in coming_absences(year):
        coming[schools[record.student]].append(record)

    def portions() -> Iterator[AttendanceLoad]:
        done = 0
        for school, here in year.found.schools.items():
            progress(0.42 + 0.34 * done / total, "filling the year's attendance")
            load = year.load(school)
            load.known = coming[school]
            yield load
            done += len(here.seats)

    load_attendance(viewer, portions(), source=SOURCE)
    done = 0
    for school, here in year.found.schools.items():
        progress(0.76 + 0.22 * done / total, "deriving days")
        recompute_schools([keys("school", school)])
        done += len(here.seats)


def name_personas_again() -> None:
    """Write the sign-in page's file anew from the district that stands. Raises DoesNotExist without one."""
    mark = DemonstrationDistrict.objects.get()
    zone = get_current_timezone()
    found = invent(mark.students, mark.seed, mark.known_on)
    year = Year.of(found, datetime.combine(mark.known_on, time.min, zone))
    covered = list(substitute_days(found, year.covering, year.meetings, 0, year.until() + 1))
    _write_personas(personas(found, mark.known_on, covered))


def _write_personas(who: Iterable[Persona]) -> None:
    """Tell the sign-in page who may enter."""
    path = Path(settings.HOME) / PERSONAS_FILE
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps([asdict(persona) for persona in who], indent=1), encoding="utf-8")
    beside.replace(path)
