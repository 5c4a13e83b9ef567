"""Students, staff and contacts, and where they belong."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date

from firstbell.exchange.data import KeptRecord
from firstbell.exchange.rules.sds_in.draft import EXTRAS, Draft
from firstbell.exchange.rules.sds_in.facts import Role, Seat, User
from firstbell.kernel.grade_level import GradeLevel
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.data import (
    ContactRecord,
    Demographics,
    Directory,
    EnrollmentStatus,
    PersonName,
    ProgramKind,
    ProgramParticipationRecord,
    SchoolEnrollmentRecord,
    SectionEnrollmentRecord,
    SectionPosition,
    SectionStaffRecord,
    StaffAssignmentRecord,
    StaffRecord,
    StaffRole,
    StudentContactRecord,
    StudentDemographicsRecord,
    StudentRecord,
)


def write(draft: Draft) -> None:
    """People and their belonging."""
    roles: dict[str, list[Role]] = defaultdict(list)
    for role in draft.facts.roles:
        roles[role.user].append(role)
    students = {user for user, held in roles.items() if any(_is(draft, role, "student") for role in held)}
    contacts = {contact for _, contact, _ in draft.facts.relations}
    contacts |= {
        user
        for user, held in roles.items()
        if any(draft.word(role.word) in draft.table["contacts"] for role in held)
    }
    staff = {user for user, held in roles.items() if any(_of_staff(draft, role) for role in held)}
    known = students | contacts | staff
    lost = [key for key in draft.facts.users if key not in known]
    if lost:
        draft.warn(
            "semantic.user_without_role",
            f"{len(lost)} users have no role and no relation and were passed over ({', '.join(lost[:3])})",
            "give each user a role, or a relation to a student",
        )
    seats = _seats(draft)
    for key, user in draft.facts.users.items():
        if key in students:
            _student(draft, user, roles[key])
        if key in staff:
            _staff(draft, user)
        if key in contacts and draft.roster.contacts is not None:
            draft.add("contacts", _contact(user, alone=key not in students | staff))
    days = _Days(draft, seats)
    for key in sorted(students):
        _stays(draft, [role for role in roles[key] if _is(draft, role, "student")], days)
    for key in sorted(staff):
        _posts(draft, [role for role in roles[key] if _of_staff(draft, role)], days)
    _belong(draft, seats, students, staff)
    _relations(draft, students)
    _flags(draft, students)


def _is(draft: Draft, role: Role, wanted: str) -> bool:
    return bool(draft.table["roles"].get(draft.word(role.word)) == wanted)


def _of_staff(draft: Draft, role: Role) -> bool:
    return not _is(draft, role, "student") and draft.word(role.word) not in draft.table["contacts"]


# people --------------------------------------------------------------------------------------------


def _name(user: User) -> PersonName:
    return PersonName(first=user.first, last=user.last, middle=user.middle)


def _reach(user: User) -> Directory:
    return Directory(email=user.email, phone=user.phone, mobile=user.mobile)


def _student(draft: Draft, user: User, roles: list[Role]) -> None:
    grades = [draft.grade(role.grade) for role in roles]
    draft.add(
        "students",
        StudentRecord(
            key=user.key,
            name=_name(user),
            local_id=user.local_id,
            state_id=user.state_id,
            username=user.username,
            demographics=None,
            directory=_reach(user),
            grade=next((grade for grade in grades if grade), None),
        ),
    )
    described = draft.demographics.get(user.key)
    if described is None and user.birth_date:
        described = Demographics(birth_date=user.birth_date)
    if described is not None:
        draft.add("student_demographics", StudentDemographicsRecord(student=user.key, demographics=described))


def _staff(draft: Draft, user: User) -> None:
    draft.add(
        "staff",
        StaffRecord(
            key=user.key,
            name=_name(user),
            local_id=user.local_id,
            state_id=user.state_id,
            username=user.username,
            directory=_reach(user),
        ),
    )


def _contact(user: User, *, alone: bool) -> ContactRecord:
    username = user.username if alone else ""
    return ContactRecord(key=user.key, name=_name(user), username=username, directory=_reach(user))


# belonging -----------------------------------------------------------------------------------------


class _Days:
    """When what has no date began: as earlier, else with the first section, else on the first day."""

    def __init__(self, draft: Draft, seats: list[Seat]) -> None:
        self.draft = draft
        self.sections: dict[tuple[str, str], date] = {}
        for seat in seats:
            school, begin = draft.sections[seat.section]
            place = (seat.user, school)
            self.sections[place] = min(begin, self.sections.get(place, begin))
        self.first = draft.first or SchoolYear.of(draft.today).span.begin

    def stay(self, role: Role) -> date:
        """Of a student."""
        place = (role.user, role.org)
        return role.begin or self.draft.brought.stays.get(place) or self.sections.get(place) or self.first

    def post(self, role: Role) -> date:
        """Of a staff member."""
        place = (role.user, role.org if role.org in self.draft.schools else "")
        return role.begin or self.draft.brought.posts.get(place) or self.sections.get(place) or self.first


def _stays(draft: Draft, roles: list[Role], days: _Days) -> None:
    """Stays of one student; at one time one is primary."""
    stays: dict[tuple[str, date], SchoolEnrollmentRecord] = {}
    for role in sorted(roles, key=lambda role: not role.primary):
        if role.org not in draft.schools:
            draft.warn(
                "semantic.student_not_at_a_school",
                "the student belongs to an organization that is no school; no enrollment was made there",
                "name the school, or correct the organization's type",
                file=role.file,
                row=role.row,
            )
            continue
        begin, grade = days.stay(role), draft.grade(role.grade)
        if grade is None:
            draft.warn(
                "semantic.no_grade",
                f"the student's grade {role.grade[:20]!r} is none that is known: taken as ungraded"
                if role.grade
                else "the student has no grade: taken as ungraded",
                "write the grade",
                file=role.file,
                row=role.row,
                column="grade",
            )
        stay = SchoolEnrollmentRecord(
            student=role.user,
            school=role.org,
            school_year=SchoolYear.of(begin).ending,
            grade=grade or GradeLevel.UNGRADED,
            entry=begin,
            exit=role.end,
        )
        if any(_overlap(stay, other) for other in stays.values() if other.status is EnrollmentStatus.PRIMARY):
            stay = replace(stay, status=EnrollmentStatus.SECONDARY)
        stays.setdefault((role.org, begin), stay)
    for stay in stays.values():
        draft.add("school_enrollments", stay)


def _overlap(one: SchoolEnrollmentRecord, other: SchoolEnrollmentRecord) -> bool:
    return (one.exit is None or other.entry <= one.exit) and (other.exit is None or one.entry <= other.exit)


def _posts(draft: Draft, roles: list[Role], days: _Days) -> None:
    for role in roles:
        word = draft.table["roles"].get(draft.word(role.word), StaffRole.OTHER.value)
        draft.add(
            "staff_assignments",
            StaffAssignmentRecord(
                staff=role.user,
                role=StaffRole(word),
                begin=days.post(role),
                end=role.end,
                school=role.org if role.org in draft.schools else "",
                title=role.title,
                primary=role.primary,
                classification="" if word == draft.word(role.word) else role.word,
            ),
        )


def _seats(draft: Draft) -> list[Seat]:
    """Seats in sections that are there, each once."""
    found: dict[tuple[str, str], Seat] = {}
    twice = 0
    for seat in draft.facts.seats:
        if seat.section in draft.sections:
            twice += (seat.section, seat.user) in found
            found.setdefault((seat.section, seat.user), seat)
    if twice:
        draft.warn(
            "sds.enrollment_twice",
            f"{twice} enrollments stand there twice and were taken once",
            "nothing to do",
        )
    return list(found.values())


def _belong(draft: Draft, seats: list[Seat], students: set[str], staff: set[str]) -> None:
    """Students and staff in sections from the first day of their terms on; an only teacher is of record."""
    teachers: dict[str, list[Seat]] = defaultdict(list)
    for seat in seats:
        begin = draft.sections[seat.section][1]
        if draft.table["roles"].get(draft.word(seat.word)) == "student":
            if seat.user not in students:
                _stranger(draft, seat, "student")
                continue
            draft.add(
                "section_enrollments",
                SectionEnrollmentRecord(student=seat.user, section=seat.section, begin=begin),
            )
        elif seat.user not in staff:
            _stranger(draft, seat, "member of staff")
        else:
            teachers[seat.section].append(seat)
    teaching = set(draft.table["positions"]["teachers"])
    for section, found in teachers.items():
        teach = [seat for seat in found if draft.word(seat.word) in teaching]
        for seat in found:
            position = SectionPosition.AIDE
            if seat in teach:
                lone = len(teach) == 1
                position = SectionPosition.TEACHER_OF_RECORD if lone else SectionPosition.CO_TEACHER
            draft.add(
                "section_staff",
                SectionStaffRecord(
                    staff=seat.user, section=section, begin=draft.sections[section][1], position=position
                ),
            )


def _stranger(draft: Draft, seat: Seat, what: str) -> None:
    draft.warn(
        "semantic.enrollment_without_role",
        f"the user is enrolled as {seat.word[:40]} but is no {what}; the enrollment was passed over",
        "give the user that role at the school",
        file=seat.file,
        row=seat.row,
        column="role",
    )


# relations and flags -------------------------------------------------------------------------------


def _relations(draft: Draft, students: set[str]) -> None:
    if draft.roster.student_contacts is None:
        return
    order: dict[str, int] = defaultdict(int)
    seen: set[tuple[str, str]] = set()
    for student, contact, word in draft.facts.relations:
        if student not in students or (student, contact) in seen or student == contact:
            continue
        seen.add((student, contact))
        order[student] += 1
        rights = draft.word(word) in draft.table["relations"]["with_rights"]
        draft.add(
            "student_contacts",
            StudentContactRecord(
                student=student,
                contact=contact,
                relation=word,
                has_rights=rights,
                may_pick_up=rights,
                portal_access=rights,
                order=order[student],
            ),
        )


def _flags(draft: Draft, students: set[str]) -> None:
    """Flags that are programmes here, from the student's first day on; others kept as they came."""
    first: dict[str, date] = {}
    for stay in draft.roster.school_enrollments or ():
        first[stay.student] = min(stay.entry, first.get(stay.student, stay.entry))
    seen: set[tuple[str, str]] = set()
    for user, flag in draft.facts.flags:
        if (user, flag) in seen:
            continue
        seen.add((user, flag))
        kind = draft.table["flags"].get(draft.word(flag))
        if kind is None or user not in students or user not in first:
            draft.kept.append(
                KeptRecord(kind=EXTRAS, key=f"userFlags:{user}:{flag}"[:255], payload={"flag": flag})
            )
            continue
        draft.add(
            "program_participations",
            ProgramParticipationRecord(
                student=user, kind=ProgramKind(kind), begin=first[user], name=flag, detail=""
            ),
        )
