"""A district for the walk: every role at work on one day, at students who stand differently to it.

Everybody's rows are in the north school: ``north-0`` is in every relation today, ``north-1`` left section,
caseload and family yesterday, ``north-2`` went over to the south school, ``north-3`` is barred from
everybody by a court order, ``north-5`` is just a classmate; ``south-0`` is in another building.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from firstbell.attendance.api import close_period
from firstbell.attendance.models import (
    AttendanceLock,
    KnownAbsenceRow,
    Letter,
    LetterDelivery,
    SectionAttendance,
)
from firstbell.attendance.services.codes import ensure_codes
from firstbell.exchange.models import ImportRun
from firstbell.people.api import apply_roster, viewer_for
from firstbell.people.data import Roster, SchoolEnrollmentRecord
from firstbell.people.models import (
    CalendarDate,
    Caseload,
    Contact,
    CourtOrder,
    ProgramParticipation,
    RoleGrant,
    RosterAct,
    SchoolEnrollment,
    SectionStaff,
    SourceKey,
    Staff,
    Student,
    StudentContact,
    StudentDemographics,
    Substitution,
)
from firstbell.people.testing import BEGIN, SOURCE, TODAY, small_roster
from firstbell.platform.access import POLICY, Cell, DataClass, Scope, Viewer
from firstbell.platform.disclosure import Release, record_disclosure
from firstbell.platform.files import keep
from firstbell.platform.models import SecondFactorReset
from tests.access.sentinels import Sentinels, plant
from tests.access.table import reaches

YESTERDAY = TODAY - timedelta(days=1)
NOWHERE = 999_999_999
#: whose own row each of these is; for everybody else ``north-0`` is the related student
SELVES = {"student": "north-0", "eligible_student": "north-4"}
TARGETS = {
    "related": "north-0",
    "dropped": "north-1",
    "transferred": "north-2",
    "barred": "north-3",
    "elsewhere": "south-0",
    "missing": "",
}
#: somebody without a role, and somebody whose post, sections and caseload ended yesterday
NO_ROLES = ("nobody", "ended")
SETTINGS: dict[str, Any] = {
    "FIRSTBELL_VIEWER": "tests.access.world.viewer_on_the_day",
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
}


def viewer_on_the_day(account: Any, today: date) -> Viewer:
    """Who the account is on the day of the test district, whatever the clock says.

    Nothing ends while one walks, so each is asked for once.
    """
    if account.pk not in _viewers:
        _viewers[account.pk] = viewer_for(account, TODAY)
    return _viewers[account.pk]


_viewers: dict[int, Viewer] = {}


@dataclass
class World:
    """The district, who walks through it, and what there is to reach."""

    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    sentinels: Sentinels = field(default_factory=lambda: Sentinels({}))
    clients: dict[str, Client] = field(default_factory=dict)
    accounts: dict[str, Any] = field(default_factory=dict)

    @property
    def walkers(self) -> list[str]:
        """Everybody who walks: the roles of the matrix, those without one, and somebody not signed in."""
        return ["stranger", *NO_ROLES, *POLICY.roles]

    def student(self, walker: str, target: str) -> int:
        """The student who stands so to the walker."""
        key = SELVES.get(walker, TARGETS[target]) if target == "related" else TARGETS[target]
        return self.ids["student", key] if key else NOWHERE

    def stands(self, walker: str, student: str) -> str:
        """How a student (by key) stands to the walker: the target whose place that is."""
        if walker in SELVES:
            return "related" if student == SELVES[walker] else "classmate"
        if student in ("north-4", "north-5"):
            return "classmate"
        if student.startswith("south"):
            return "elsewhere"
        return next(target for target, key in TARGETS.items() if key == student)

    def cells(self, walker: str, data_class: DataClass) -> list[Cell]:
        """The matrix's cells of whoever walks."""
        return [POLICY.cell(walker, data_class)] if walker in POLICY.roles else []

    def reached(self, walker: str, student: str) -> Callable[[Any], bool]:
        """Whether scopes reach that student for this walker."""
        return lambda scopes: reaches(scopes, self.stands(walker, student))


@contextmanager
def the_world() -> Iterator[World]:
    """Build the district in the open transaction and sign everybody in."""
    with override_settings(**SETTINGS):
        _viewers.clear()
        world = World()
        roster = small_roster()
        codes = plant(roster)
        _move(roster)
        robot = Viewer(account_id=None, name="test", today=TODAY, purpose="test")
        apply_roster(robot, roster, source=SOURCE)
        for kind, key, number in SourceKey.objects.filter(source=SOURCE).values_list(
            "kind", "key", "object_id"
        ):
            world.ids[kind, key] = number
        world.sentinels = Sentinels(codes)
        for walker in (*NO_ROLES, *POLICY.roles):
            _settle(world, walker)
        _write_rows(world, codes, robot)
        _keep_accounts(world)
        for walker, account in world.accounts.items():
            world.clients[walker] = signed_in(account)
        world.clients["stranger"] = Client()
        yield world


def _move(roster: Roster) -> None:
    """Yesterday: north-1 left the sections, north-2 the school."""
    roster.section_enrollments = [
        replace(row, end=YESTERDAY) if row.student in ("north-1", "north-2") else row
        for row in roster.section_enrollments or ()
    ]
    enrollments = list(roster.school_enrollments or ())
    left = next(row for row in enrollments if row.student == "north-2")
    enrollments.remove(left)
    roster.school_enrollments = [
        *enrollments,
        replace(left, exit=YESTERDAY, exit_code="T-DIST"),
        SchoolEnrollmentRecord(
            student="north-2",
            school="south",
            school_year=2027,
            grade=left.grade,
            entry=TODAY,
            entry_code=left.entry_code,
        ),
    ]


def _settle(world: World, walker: str) -> None:
    """Give a walker an account, the relations its scopes need, and a bar from north-3."""
    account = get_user_model().objects.create(username=f"walk-{walker}", display_name=f"Walker {walker}")
    world.accounts[walker] = account
    contact = Contact.objects.get(pk=world.ids["contact", "c-north-0"])
    if walker != "guardian":
        contact = Contact.objects.create(
            first_name="Walker", last_name=walker, sourced_id=_uuid("contact", walker)
        )
    contact.account = account
    contact.save()
    CourtOrder.objects.create(
        contact=contact, student_id=world.ids["student", "north-3"], begin=TODAY, reference="Case 1"
    )
    if walker == "guardian":
        for key, end in (("north-1", YESTERDAY), ("north-3", None)):
            StudentContact.objects.create(
                student_id=world.ids["student", key], contact=contact, relation="Mother", end=end
            )
    elif walker in SELVES:
        Student.objects.filter(pk=world.ids["student", SELVES[walker]]).update(account=account)
        if walker == "eligible_student":
            StudentDemographics.objects.filter(student=world.ids["student", SELVES[walker]]).update(
                birth_date=date(2008, 1, 1)
            )
    elif walker != "nobody":
        _employ(world, walker, account)


def _employ(world: World, walker: str, account: Any) -> None:
    """A staff member with section, caseload or post, as the role's scopes ask for."""
    scopes = (
        {scope for data_class in DataClass for scope in POLICY.cell(walker, data_class).scopes}
        if (walker in POLICY.roles)
        else {Scope.SECTIONS, Scope.CASELOAD}
    )
    staff = Staff.objects.create(
        first_name="Walker", last_name=walker, sourced_id=_uuid("staff", walker), account=account
    )
    end = YESTERDAY if walker == "ended" else None
    begin = date(2026, 8, 17)
    north = world.ids["school", "north"]
    section = world.ids["section", "north-x1"]
    if walker == "substitute":
        Substitution.objects.create(section_id=section, staff=staff, day=TODAY)
    elif Scope.SECTIONS in scopes:
        position = "aide" if walker == "coach" else "teacher_of_record"
        SectionStaff.objects.create(
            section_id=section,
            staff=staff,
            position=position,
            begin=begin,
            end=end,
            sourced_id=_uuid("link", walker),
        )
    if Scope.CASELOAD in scopes:
        for key, last in (("north-0", end), ("north-1", YESTERDAY), ("north-3", end)):
            Caseload.objects.create(staff=staff, student_id=world.ids["student", key], begin=begin, end=last)
    if walker not in ("teacher", "substitute", "ended"):
        RoleGrant.objects.create(
            account=account,
            role=walker,
            school_id=north if Scope.BUILDING in scopes else None,
            begin=begin,
            end=date(2027, 6, 30),
        )


def _write_rows(world: World, codes: dict[str, str], robot: Viewer) -> None:
    """Something said about every student in every room that stands."""
    ensure_codes()
    run = ImportRun.objects.create(
        format="oneroster", source="walk", file_name="roster.zip", started_at=timezone.now(), state="held"
    )
    world.ids["import_run", "held"] = run.pk
    teacher = world.ids["section", "north-x1"], world.ids["section", "south-x1"]
    for key, code in codes.items():
        student = world.ids["student", key]
        school = "south" if key.startswith("south") else "north"
        SectionAttendance.objects.create(
            student_id=student,
            section_id=teacher[school == "south"],
            day=YESTERDAY,
            slot=world.ids["period", f"{school}-p1"],
            teacher_code="A",
            teacher_at=timezone.now(),
            teacher_by="Teacher",
            comment=f"comment-{code}",
        )
        _write_case(student, world.ids["school", "south" if key == "north-2" else school], code)
        CourtOrder.objects.create(
            contact_id=world.ids["contact", f"c-{key}"],
            student_id=student,
            begin=date(2027, 5, 1),  # bars nobody yet
            reference=f"order-{code}",
        )
        RosterAct.objects.create(verb="correct", student_id=student, reason=f"act-{code}")
        release = Release(
            party="State university",
            basis="study",
            purpose=f"purpose-{code}",
            channel="letter",
            data_classes=(DataClass.DIRECTORY,),
        )
        record_disclosure(robot, release, [student])
    _close_a_month(world, robot)


def _close_a_month(world: World, robot: Viewer) -> None:
    """Each school's first school month is closed."""
    days = list(CalendarDate.objects.all())
    for one in days:
        one.school_month = (one.day - BEGIN).days // 28 + 1
    CalendarDate.objects.bulk_update(days, ["school_month"])
    for school in ("north", "south"):
        close_period(robot, world.ids["school", school], "month 1", school_year=2027, reason="test")


def _write_case(student: int, school: int, code: str) -> None:
    """An absence known ahead, a sent letter and the copy that left."""
    KnownAbsenceRow.objects.create(
        student_id=student, begin=TODAY, end=TODAY, code="E", state="accepted", comment=f"comment-{code}"
    )
    letter = Letter.objects.create(
        student_id=student, school_id=school, school_year=2027, rules="us-ca", step=1, state="sent"
    )
    LetterDelivery.objects.create(
        letter=letter,
        addressee=f"Parent Parvox{code}",
        language="en",
        template="letter-1",
        channel="print",
        subject="Attendance",
        text="Letter",
        pdf_sha256=keep(b"%PDF-1.7 a letter"),
        state="mailed",
        at=timezone.now(),
    )


def _keep_accounts(world: World) -> None:
    """A student's account, of which a grant and a reset of the second factor wait for a second person."""
    account, asker = world.accounts["student"].pk, world.accounts["nobody"].pk
    grant = RoleGrant.objects.create(
        account_id=account, role="auditor", begin=TODAY, granted_by_id=asker, reason="yearly audit"
    )
    reset = SecondFactorReset.objects.create(
        account_id=account, asked_by_id=asker, reason="badge seen", asked_at=timezone.now()
    )
    world.ids |= {("account", "any"): account, ("grant", "any"): grant.pk, ("reset", "any"): reset.pk}


def signed_in(account: Any, *, second_factor: bool = True) -> Client:
    """A browser in which the account has signed in, with its second factor."""
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    if second_factor:
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": timezone.now().timestamp()}]
        session["account_authentication_methods_user"] = session["_auth_user_id"]
        session.save()
    return client


def enrollment_of(student: int) -> int:
    """The student's current school enrolment."""
    found = SchoolEnrollment.objects.filter(student=student, superseded_at=None).order_by("entry").last()
    return found.pk if found else NOWHERE


def absence_of(student: int) -> int:
    """An absence known of the student."""
    return _first(KnownAbsenceRow.objects.filter(student=student))


def letter_of(student: int) -> int:
    """A letter about the student."""
    return _first(Letter.objects.filter(student=student))


def delivery_of(student: int) -> int:
    """A copy of a letter about the student."""
    return _first(LetterDelivery.objects.filter(letter__student=student))


def lock_of(school: int) -> int:
    """A closed period of the school."""
    return _first(AttendanceLock.objects.filter(school=school))


def _first(rows: Any) -> int:
    return rows.values_list("pk", flat=True).first() or NOWHERE


def act_of(student: int) -> int:
    """An act on the student's enrolments."""
    return RosterAct.objects.filter(student=student).values_list("pk", flat=True).first() or NOWHERE


def order_of(student: int) -> int:
    """A court order about the student."""
    return CourtOrder.objects.filter(student=student).values_list("pk", flat=True).first() or NOWHERE


def program_of(student: int) -> int:
    """A special programme the student is in."""
    rows = ProgramParticipation.objects.filter(student=student, kind="special_education")
    return rows.values_list("pk", flat=True).first() or NOWHERE


def _uuid(kind: str, key: str) -> Any:
    import uuid

    return uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}:{key}")
