"""Who an account is today: roles follow from posts, sections, substitutions, relations and grants."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, CharField, F, Q, Value, When
from django.db.models.functions import Cast

from firstbell.people.data import SectionPosition, StaffRole
from firstbell.people.models import (
    RoleGrant,
    SectionStaff,
    StaffAssignment,
    Student,
    StudentContact,
    Substitution,
)
from firstbell.platform.access import POLICY, RoleHeld, Viewer

ADULT_AGE = 18
_TIMED = "timed"
#: parts in a section that make a teacher; an aide's access comes from the caseload
TEACHING = (SectionPosition.TEACHER_OF_RECORD, SectionPosition.CO_TEACHER)
#: posts whose role holds at the school of the post; the others hold for the district
_POSTS = {role.value for role in StaffRole} & set(POLICY.roles)


def running(day: date, begin: str = "begin", end: str = "end") -> Q:
    """A dated row that holds on ``day``."""
    return Q(**{f"{begin}__lte": day}) & (Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": day}))


def in_force(day: date) -> Q:
    """Grants that hold on ``day``: confirmed by a second person, or made by the installation itself."""
    return running(day) & (Q(granted_by_id__isnull=True) | Q(confirmed_by_id__isnull=False))


def begun_or_open(day: date) -> Q:
    """As ``running``, where a missing begin means "always"."""
    return (Q(begin__isnull=True) | Q(begin__lte=day)) & (Q(end__isnull=True) | Q(end__gte=day))


def guardianship(today: date) -> Q:
    """Links of a contact that open the student's record on ``today``: with rights and portal access.

    They end at 18, unless a dependency is recorded as the link's ``end`` (34 CFR 99.5, 99.31(a)(8)).
    """
    born = "student__demographics__birth_date"
    of_age = Q(**{f"{born}__lte": of_age_if_born_by(today)})
    return begun_or_open(today) & Q(has_rights=True, portal_access=True) & (~of_age | Q(end__isnull=False))


def viewer_for(account: Any, today: date) -> Viewer:
    """The viewer that ``account`` is on ``today``; without a role when nothing ties it to the district.

    One query, so that a post, a section or a court order that ends takes effect with the next request.
    """
    if account is None or not account.is_active:
        return Viewer(account_id=None, name="nobody", today=today)
    mine = account.pk
    parts = [
        _part(StaffAssignment.objects.filter(running(today), staff__account=mine), F("role"), F("school_id")),
        _part(
            SectionStaff.objects.filter(running(today), staff__account=mine, position__in=TEACHING),
            Value("teacher"),
        ),
        _part(
            Substitution.objects.filter(day=today, staff__account=mine),
            Value("substitute"),
            None,
            Value(_TIMED, output_field=CharField()),
        ),
        _part(StudentContact.objects.filter(guardianship(today), contact__account=mine), Value("guardian")),
        _part(
            RoleGrant.objects.filter(in_force(today), account=mine),
            F("role"),
            F("school_id"),
            Case(When(end__isnull=False, then=Value(_TIMED)), default=Value(""), output_field=CharField()),
        ),
        _part(
            Student.objects.filter(account=mine),
            Value("student"),
            None,
            Cast("demographics__birth_date", CharField()),
        ),
    ]
    held = set()
    for role, school, note in parts[0].union(*parts[1:]):
        if role == "student" and note and is_adult(date.fromisoformat(note[:10]), today):
            role = "eligible_student"
        if role in _POSTS or role in POLICY.roles:
            held.add(RoleHeld(role, school, note == _TIMED))
    roles = tuple(sorted(held, key=lambda r: (r.role, r.school_id or 0, r.timed)))
    return Viewer(
        account_id=mine, name=str(account.display_name or account.username), today=today, roles=roles
    )


def _part(rows: Any, role: Any, school: Any = None, note: Any = None) -> Any:
    """One branch of the union: role, school id, note."""
    from django.db.models import BigIntegerField

    return (
        rows.order_by()
        .annotate(
            part_role=Cast(role, CharField()),
            part_school=Cast(school if school is not None else Value(None), BigIntegerField()),
            part_note=note if note is not None else Value("", output_field=CharField()),
        )
        .values_list("part_role", "part_school", "part_note")
    )


def of_age_if_born_by(today: date) -> date:
    """The last birth date of those who are of age today (as ``is_adult``, for queries)."""
    try:
        return today.replace(year=today.year - ADULT_AGE)
    except ValueError:
        return today.replace(year=today.year - ADULT_AGE, day=28)


def is_adult(born: date, today: date) -> bool:
    """Whether somebody born then is of age today."""
    return born <= of_age_if_born_by(today)


def job_viewer(purpose: str, today: date) -> Viewer:
    """A job of the installation itself (an import from the command line, the nightly run).

    Holds the roles that the work needs over the whole district; every act is audited under ``purpose``.
    """
    return Viewer(account_id=None, name=f"job {purpose}", today=today, purpose=purpose)
