"""The district of the roll benchmark: one school, forty classes of 30 students, six periods every day.

Each class has a teacher who meets it in every period, so that a student is on six rolls a day as in a real
high school. Two more classes, of 5 and of 40, are there for their queries. Every day is a school day.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from typing import Any

CLASSES, SIZE, PERIODS = 40, 30, 6
#: the size of each further class, by its number
OTHER_SIZES = {CLASSES: 5, CLASSES + 1: 40}
#: school days back on which a teacher may still take a roll
BACK = 2
SOURCE = "benchmark"


@dataclass(frozen=True)
class Roll:
    """One meeting of a class."""

    group: int
    path: str


@dataclass
class RollDistrict:
    """The district in the database, and a signed-in session of every teacher."""

    today: date
    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    cookies: dict[int, str] = field(default_factory=dict)
    _used: int = 0

    def path(self, group: int, period: int, day: date) -> str:
        """The address of a roll."""
        section = self.ids["section", f"x{group}-{period}"]
        return f"/attendance/roll/{section}/{day}/{self.ids['period', f'p{period}']}/"

    def rolls(self) -> Iterator[Roll]:
        """Rolls not yet taken; classes follow each other, so that no two clients meet in one class."""
        for back in range(BACK + 1):
            for period in range(PERIODS):
                for group in range(CLASSES):
                    yield Roll(group, self.path(group, period, self.today - timedelta(days=back)))

    def queries(self, size: int, what: str) -> int:
        """How many queries a request on a class of that size takes; each call goes one step further."""
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext
        from roll_submit import form_of

        group = {number: other for other, number in OTHER_SIZES.items()}.get(size, 0)
        client = Client(SERVER_NAME="127.0.0.1")
        client.cookies["sessionid"] = self.cookies[group].partition("=")[2]
        # the last roll that the measurement reaches
        path = self.path(group, PERIODS - 1, self.today - timedelta(days=BACK))
        if what.startswith("open"):
            with CaptureQueriesContext(connection) as found:
                answer = client.get(path)
        else:
            fields = form_of(client.get(path).content.decode())
            codes = sorted(name for name in fields if name.startswith("code-"))
            fields |= dict.fromkeys(codes[1:3], "A" if what == "submit" else "T")
            with CaptureQueriesContext(connection) as found:
                answer = client.post(path, fields, headers={"HX-Request": "true"})
        if answer.status_code != 200:
            raise SystemExit(f"{what} of a class of {size} answered {answer.status_code}")
        return len(found)

    def check(self, rolls: int) -> str:
        """Every roll taken is there once, in its second version, with two students tardy."""
        from firstbell.attendance.models import RollSubmission, SectionAttendance
        from firstbell.platform.audit import verify

        rolls += 3  # those whose queries were counted
        stored = RollSubmission.objects.filter(version=2).count()
        marks = SectionAttendance.objects.filter(teacher_code="T").count()
        if (stored, marks, RollSubmission.objects.count()) != (rolls, 2 * rolls, rolls) or verify():
            raise SystemExit(f"{rolls} rolls were taken; stored are {stored}, with {marks} marks")
        return f"{stored} rolls in two versions, {marks} marks, audit chain whole"


def build() -> RollDistrict:
    """Write the district into an empty database and sign its teachers in."""
    from django.utils import timezone

    from firstbell.attendance.api import ensure_codes
    from firstbell.people.api import apply_roster, job_viewer
    from firstbell.people.models import SourceKey

    today = timezone.localdate()
    ensure_codes()
    apply_roster(job_viewer("benchmark", today), _roster(today), source=SOURCE)
    district = RollDistrict(today)
    for kind, key, number in SourceKey.objects.filter(source=SOURCE).values_list("kind", "key", "object_id"):
        district.ids[kind, key] = number
    for group in range(CLASSES + len(OTHER_SIZES)):
        district.cookies[group] = f"sessionid={_session(district.ids['staff', f't{group}'])}"
    return district


def _session(staff: int) -> str:
    """Sign a teacher in, as the site would after the password."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from firstbell.people.models import Staff

    person = Staff.objects.get(pk=staff)
    person.account = get_user_model().objects.create(username=f"teacher-{staff}", display_name="Teacher")
    person.save(update_fields=["account"])
    client = Client()
    client.force_login(person.account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies["sessionid"].value


def _roster(today: date) -> Any:
    from firstbell.kernel.grade_level import GradeLevel
    from firstbell.kernel.school_year import SchoolYear
    from firstbell.people import data

    span, year = SchoolYear.of(today).span, SchoolYear.of(today).ending
    begin, end = span.begin, span.end or today
    groups = range(CLASSES + len(OTHER_SIZES))
    meetings = [(group, period) for group in groups for period in range(PERIODS)]
    pupils = [(group, n) for group in groups for n in range(OTHER_SIZES.get(group, SIZE))]
    day = data.CalendarDayRecord
    sessions = [
        data.SessionRecord(
            key="y", name="Year", kind=data.SessionKind.SCHOOL_YEAR, school_year=year, begin=begin, end=end
        )
    ]
    sessions.append(replace(sessions[0], key="t", kind=data.SessionKind.SEMESTER, school="s", parent="y"))
    bells = tuple(
        data.BellTime(period=f"p{n}", begin=time(8 + n), end=time(8 + n, 50), minutes=50)
        for n in range(PERIODS)
    )
    return data.Roster(
        agencies=[
            data.AgencyRecord(key="d", name="Benchmark District", kind=data.AgencyKind.DISTRICT, state_id="1")
        ],
        schools=[
            data.SchoolRecord(
                key="s", name="High School", agency="d", state_id="1-1", grades=(GradeLevel.GRADE_9,)
            )
        ],
        sessions=sessions,
        calendars=[data.CalendarRecord(key="c", school="s", school_year=year)],
        calendar_days=[
            day(calendar="c", day=begin + timedelta(days=n), day_type=data.DayType.TAUGHT)
            for n in range((end - begin).days + 1)
        ],
        periods=[
            data.PeriodRecord(key=f"p{n}", school="s", name=f"Period {n + 1}", order=n + 1)
            for n in range(PERIODS)
        ],
        bell_schedules=[data.BellScheduleRecord(key="b", school="s", name="Regular", times=bells)],
        courses=[data.CourseRecord(key="m", title="Mathematics", code="MATH", school="s")],
        course_offerings=[data.CourseOfferingRecord(key="o", course="m", school="s", session="t")],
        sections=[
            data.SectionRecord(
                key=f"x{g}-{p}",
                offering="o",
                code=f"M-{g}-{p}",
                title=f"Class {g}",
                meetings=(data.MeetingRecord(period=f"p{p}"),),
            )
            for g, p in meetings
        ],
        students=[
            data.StudentRecord(
                key=f"{g}-{n}",
                name=data.PersonName(first=f"First{n}", last=f"Learner{g}"),
                local_id=f"{g:02}{n:02}",
                state_id=f"{g:08}{n:02}",
            )
            for g, n in pupils
        ],
        school_enrollments=[
            data.SchoolEnrollmentRecord(
                student=f"{g}-{n}", school="s", school_year=year, grade=GradeLevel.GRADE_9, entry=begin
            )
            for g, n in pupils
        ],
        section_enrollments=[
            data.SectionEnrollmentRecord(student=f"{g}-{n}", section=f"x{g}-{p}", begin=begin, end=end)
            for g, n in pupils
            for p in range(PERIODS)
        ],
        staff=[
            data.StaffRecord(key=f"t{g}", name=data.PersonName(first="Teacher", last=f"Number{g}"))
            for g in groups
        ],
        staff_assignments=[
            data.StaffAssignmentRecord(staff=f"t{g}", role=data.StaffRole.TEACHER, begin=begin, school="s")
            for g in groups
        ],
        section_staff=[
            data.SectionStaffRecord(staff=f"t{g}", section=f"x{g}-{p}", begin=begin, end=end)
            for g, p in meetings
        ],
    )
