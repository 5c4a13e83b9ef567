"""Who may sign in to the demonstration: one person of each main role, around one high school."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from firstbell.demonstration.data import Persona, SubstituteDay
from firstbell.demonstration.rules.district import Invented
from firstbell.demonstration.rules.persons import contact_key
from firstbell.demonstration.rules.pupils import Pupil
from firstbell.demonstration.rules.shape import Level
from firstbell.people.data import StaffRole

_CENTRAL = (
    (
        StaffRole.TECHNOLOGY_CHIEF,
        "Sees the whole district: schools in session, rolls outstanding, imports, sign-ins.",
    ),
    (StaffRole.SUPERINTENDENT, "Sees figures of every school, and no student's row."),
)
_CENTRAL_AFTER = (
    (StaffRole.STATE_REPORTING, "Sees what the state asks for, of the whole district."),
    (StaffRole.PRIVACY_OFFICER, "Sees who read what, and opens records with a reason."),
)
_OFFICE = (
    (StaffRole.REGISTRAR, "Finds anyone, enrolls, transfers, withdraws and corrects with history kept."),
    (StaffRole.ATTENDANCE_CLERK, "Watches rolls come in, answers families' reports, sets the office's word."),
    (
        StaffRole.PRINCIPAL,
        "Sees the school: today beside the usual, who to watch, who is chronically absent.",
    ),
    (StaffRole.COUNSELOR, "Sees the students of an own caseload and nobody else."),
    (StaffRole.CASE_MANAGER, "Teaches beside others, and answers for students with an education plan."),
    (StaffRole.NURSE, "Sees health alerts and where a student is now."),
)


def personas(found: Invented, today: date, substitutes: list[SubstituteDay]) -> list[Persona]:
    """The personas of a district on ``today``."""
    rows = [*_central(found, _CENTRAL), *_school(found), *_teachers(found, today, substitutes)]
    rows += [*_families(found), *_central(found, _CENTRAL_AFTER)]
    return list({row.username: row for row in rows}.values())


def _staff(found: Invented, key: str, does: str, label: str = "") -> Persona:
    person = next(one for one in found.roster.staff or () if one.key == key)
    post = next(one for one in found.roster.staff_assignments or () if one.staff == key)
    return Persona(
        kind="staff",
        key=key,
        username=person.username,
        name=f"{person.name.first} {person.name.last}",
        role_label=label or post.title,
        does=does,
    )


def _central(found: Invented, posts: tuple[tuple[StaffRole, str], ...]) -> Iterator[Persona]:
    for role, does in posts:
        for post in found.roster.staff_assignments or ():
            if post.role is role and not post.school:
                yield _staff(found, post.staff, does)
                break


def _school(found: Invented) -> Iterator[Persona]:
    office = found.offices[found.shape.of(Level.HIGH)[0].key]
    beside = {one.co_teacher for here in found.schools.values() for one in here.classes}
    for role, does in _OFFICE:
        who = next((key for key in office[role] if key in beside), office[role][0])
        yield _staff(found, who, does)


def _teachers(found: Invented, today: date, substitutes: list[SubstituteDay]) -> Iterator[Persona]:
    high = found.schools[found.shape.of(Level.HIGH)[0].key]
    away = {row.covers for row in substitutes if row.day == today}
    there = [one for one in high.classes if one.teacher not in away and not one.homeroom]
    shared = next((one for one in there if one.co_teacher), there[0])
    yield _staff(
        found, shared.teacher, "Takes the rolls of five or six classes, one of them with a co-teacher."
    )
    elementary = found.schools[found.shape.of(Level.ELEMENTARY)[0].key]
    room = next((one for one in elementary.classes if one.teacher not in away), elementary.classes[0])
    yield _staff(found, room.teacher, "Takes the roll of one homeroom, once a day.")
    now = sorted(
        (row for row in substitutes if row.day >= today),
        key=lambda row: (row.day, row.school != high.school.key),
    )
    if now:
        yield _staff(
            found,
            now[0].substitute,
            "Takes an absent teacher's rolls for one day, and sees those students that day.",
        )


def _here(found: Invented, pupil: Pupil) -> bool:
    return bool(pupil.known) and pupil.known[-1].exit is None


def _families(found: Invented) -> Iterator[Persona]:
    """A mother with a child at the high school, that child, somebody of 18, a barred parent."""
    high = found.shape.of(Level.HIGH)[0]
    by_family: dict[int, list[Pupil]] = {}
    for pupil in found.pupils:
        if _here(found, pupil):
            by_family.setdefault(pupil.family.number, []).append(pupil)
    for rows in by_family.values():
        family = rows[0].family
        teen = next((one for one in rows if one.known[-1].school is high), None)
        if len(rows) > 1 and teen is not None and family.household == "together" and family.language != "en":
            yield from _guardian(
                found,
                rows,
                1,
                f"Sees {len(rows)} children, reports an absence; letters come in the family's language.",
            )
            yield _student(found, teen, "Student", "Sees the own schedule and the own attendance.")
            break
    adult = next((one for one in _grown(found, by_family) if one.known[-1].school is high), None)
    if adult is not None:
        yield _student(found, adult, "Student of 18", "Holds at 18 the rights that the parents held before.")
    for order in found.court_orders:
        rows = [one for one in found.pupils if one.key == order.student and _here(found, one)]
        if rows:
            place = int(order.contact.rpartition("-")[2])
            yield from _guardian(
                found, rows, place, "A court bars this parent: nothing of the child is to be seen."
            )
            break


def _grown(found: Invented, by_family: dict[int, list[Pupil]]) -> Iterator[Pupil]:
    for rows in by_family.values():
        for pupil in rows:
            born = pupil.child.birth_date
            if found.known_on >= date(
                born.year + 18, born.month, 28 if (born.month, born.day) == (2, 29) else born.day
            ):
                yield pupil


def _guardian(found: Invented, rows: list[Pupil], place: int, does: str) -> Iterator[Persona]:
    family = rows[0].family
    key = contact_key(family, place)
    for contact in found.roster.contacts or ():
        if contact.key == key:
            adult = family.adults[place - 1]
            children = "one student" if len(rows) == 1 else f"{len(rows)} students"
            yield Persona(
                kind="contact",
                key=key,
                username=contact.username,
                name=f"{contact.name.first} {contact.name.last}",
                role_label=f"{adult.relation} of {children}",
                does=does,
            )


def _student(found: Invented, pupil: Pupil, label: str, does: str) -> Persona:
    row = next(one for one in found.roster.students or () if one.key == pupil.key)
    return Persona(
        kind="student",
        key=pupil.key,
        username=row.username,
        name=f"{pupil.child.first} {pupil.child.last}",
        role_label=label,
        does=does,
    )
