"""A small district for tests of any room: two schools, a few people of every relation."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.contrib.auth import get_user_model

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import (
    AgencyKind,
    AgencyRecord,
    BellScheduleRecord,
    BellTime,
    CalendarDayRecord,
    CalendarRecord,
    ContactRecord,
    CourseOfferingRecord,
    CourseRecord,
    DayType,
    Demographics,
    MeetingRecord,
    PeriodRecord,
    PersonName,
    RoomRecord,
    Roster,
    SchoolEnrollmentRecord,
    SchoolRecord,
    SectionEnrollmentRecord,
    SectionRecord,
    SectionStaffRecord,
    SessionKind,
    SessionRecord,
    StaffAssignmentRecord,
    StaffRecord,
    StaffRole,
    StudentContactRecord,
    StudentRecord,
)
from firstbell.people.models import Contact, CourtOrder, SourceKey, Staff, Student
from firstbell.people.selectors.viewer import viewer_for
from firstbell.people.services.apply_roster import apply_roster
from firstbell.platform.access import Viewer

#: a Tuesday in session
TODAY = date(2026, 11, 24)
BEGIN, END = date(2026, 8, 17), date(2027, 6, 4)
SOURCE = "test"


def small_roster(students: int = 6, sections: int = 2) -> Roster:
    """Two schools (north: grade 9, south: grade 4); ``students`` each, all in every section there."""
    schools = {"north": GradeLevel.GRADE_9, "south": GradeLevel.GRADE_4}
    days = [BEGIN + timedelta(days=n) for n in range((END - BEGIN).days + 1)]
    roster = Roster(
        agencies=[AgencyRecord(key="d", name="Test District", kind=AgencyKind.DISTRICT, state_id="1")],
        schools=[
            SchoolRecord(
                key=key, name=f"{key.title()} School", agency="d", state_id=f"1-{key}", grades=(grade,)
            )
            for key, grade in schools.items()
        ],
        sessions=[
            SessionRecord(
                key="year",
                name="2026–27",
                kind=SessionKind.SCHOOL_YEAR,
                school_year=2027,
                begin=BEGIN,
                end=END,
            ),
            *(
                SessionRecord(
                    key=f"{key}-s1",
                    name="Full year",
                    kind=SessionKind.SEMESTER,
                    school_year=2027,
                    begin=BEGIN,
                    end=END,
                    school=key,
                    parent="year",
                )
                for key in schools
            ),
        ],
        calendars=[CalendarRecord(key=f"{key}-cal", school=key, school_year=2027) for key in schools],
        calendar_days=[
            CalendarDayRecord(calendar=f"{key}-cal", day=day, day_type=DayType.TAUGHT)
            for key in schools
            for day in days
            if day.weekday() < 5
        ],
        periods=[
            PeriodRecord(key=f"{key}-p{n}", school=key, name=f"Period {n}", order=n)
            for key in schools
            for n in range(1, sections + 1)
        ],
        bell_schedules=[
            BellScheduleRecord(
                key=f"{key}-bell",
                school=key,
                name="Regular",
                times=tuple(
                    BellTime(period=f"{key}-p{n}", begin=time(7 + n), end=time(7 + n, 50), minutes=50)
                    for n in range(1, sections + 1)
                ),
            )
            for key in schools
        ],
        rooms=[RoomRecord(key=f"{key}-r1", school=key, name="101", seats=30) for key in schools],
        courses=[
            CourseRecord(key=f"{key}-math", title="Mathematics", code="MATH", school=key) for key in schools
        ],
        course_offerings=[
            CourseOfferingRecord(key=f"{key}-o", course=f"{key}-math", school=key, session=f"{key}-s1")
            for key in schools
        ],
        sections=[
            SectionRecord(
                key=f"{key}-x{n}",
                offering=f"{key}-o",
                code=f"MATH-{n}",
                title=f"Mathematics {n}",
                meetings=(MeetingRecord(period=f"{key}-p{n}", room=f"{key}-r1"),),
            )
            for key in schools
            for n in range(1, sections + 1)
        ],
    )
    _people(roster, schools, students, sections)
    return roster


def _people(roster: Roster, schools: dict[str, GradeLevel], students: int, sections: int) -> None:
    keys = [(f"{key}-{n}", key, n) for key in schools for n in range(students)]
    roster.students = [
        StudentRecord(
            key=key,
            name=PersonName(first=f"First{n}", last=f"Learner-{school}"),
            local_id=f"{1000 + i}",
            state_id=f"{9_000_000_000 + i}",
            demographics=Demographics(birth_date=date(2012, 1, 1 + n % 28)),
        )
        for i, (key, school, n) in enumerate(keys)
    ]
    roster.contacts = [
        ContactRecord(key=f"c-{key}", name=PersonName(first="Parent", last=f"Of-{key}")) for key, _, _ in keys
    ]
    roster.student_contacts = [
        StudentContactRecord(student=key, contact=f"c-{key}", relation="Mother", primary=True)
        for key, _, _ in keys
    ]
    roster.school_enrollments = [
        SchoolEnrollmentRecord(
            student=key,
            school=school,
            school_year=2027,
            grade=schools[school],
            entry=BEGIN,
            entry_code="CONT",
        )
        for key, school, _ in keys
    ]
    roster.section_enrollments = [
        SectionEnrollmentRecord(student=key, section=f"{school}-x{n}", begin=BEGIN, end=END)
        for key, school, _ in keys
        for n in range(1, sections + 1)
    ]
    posts = [
        ("teacher", StaffRole.TEACHER),
        ("registrar", StaffRole.REGISTRAR),
        ("principal", StaffRole.PRINCIPAL),
    ]
    posts += [
        ("clerk", StaffRole.ATTENDANCE_CLERK),
        ("nurse", StaffRole.NURSE),
        ("counselor", StaffRole.COUNSELOR),
    ]
    roster.staff = [
        StaffRecord(key=f"{school}-{who}", name=PersonName(first=who.title(), last=school.title()))
        for school in schools
        for who, _ in posts
    ]
    roster.staff_assignments = [
        StaffAssignmentRecord(
            staff=f"{school}-{who}", role=role, begin=BEGIN, school=school, title=who.title()
        )
        for school in schools
        for who, role in posts
    ]
    for who, role in (
        ("chief", StaffRole.TECHNOLOGY_CHIEF),
        ("superintendent", StaffRole.SUPERINTENDENT),
        ("substitute", StaffRole.OTHER),
    ):
        roster.staff.append(StaffRecord(key=who, name=PersonName(first=who.title(), last="District")))
        roster.staff_assignments.append(
            StaffAssignmentRecord(staff=who, role=role, begin=BEGIN, title=who.title())
        )
    roster.section_staff = [
        SectionStaffRecord(staff=f"{school}-teacher", section=f"{school}-x{n}", begin=BEGIN, end=END)
        for school in schools
        for n in range(1, sections + 1)
    ]


@dataclass
class SmallDistrict:
    """The small district in the database, asked for by the roster's keys."""

    today: date = TODAY
    ids: dict[tuple[str, str], int] = field(default_factory=dict)

    def id(self, kind: str, key: str) -> int:
        """Row id of a record, by kind (``student``, ``section`` …) and key."""
        return self.ids[kind, key]

    def viewer(self, kind: str, key: str) -> Viewer:
        """The viewer that a person is today; gives the person an account when there is none."""
        return viewer_for(self.account(kind, key), self.today)

    def account(self, kind: str, key: str) -> Any:
        """The account of a student, contact or staff member, made when missing."""
        models: dict[str, Any] = {"student": Student, "contact": Contact, "staff": Staff}
        model = models[kind]
        person = model.objects.select_related("account").get(pk=self.id(kind, key))
        if person.account is None:
            person.account = get_user_model().objects.create(username=f"{kind}-{key}", display_name=key)
            person.save(update_fields=["account"])
        return person.account

    def bar(self, contact: str, student: str) -> None:
        """A court order that bars ``contact`` from ``student`` from today on."""
        CourtOrder.objects.create(
            contact_id=self.id("contact", contact),
            student_id=self.id("student", student),
            begin=self.today,
            reference="Case 1",
        )


def small_district(students: int = 6, sections: int = 2) -> SmallDistrict:
    """Apply ``small_roster`` to an empty database."""
    viewer = Viewer(account_id=None, name="test", today=TODAY, purpose="test")
    apply_roster(viewer, small_roster(students, sections), source=SOURCE)
    district = SmallDistrict()
    for kind, key, row in SourceKey.objects.filter(source=SOURCE).values_list("kind", "key", "object_id"):
        district.ids[kind, key] = row
    return district
