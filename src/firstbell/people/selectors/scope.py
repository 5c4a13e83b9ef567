"""From the cells of the policy to rows: which students, sections and schools a viewer reaches."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from firstbell.people.models import (
    Caseload,
    CourtOrder,
    School,
    SchoolEnrollment,
    Section,
    SectionEnrollment,
    SectionStaff,
    Student,
    StudentContact,
    Substitution,
)
from firstbell.people.selectors.viewer import TEACHING, guardianship, running
from firstbell.platform.access import DataClass, RoleHeld, Scope, Viewer


def students_in_scope(
    viewer: Viewer, data_class: DataClass, *, write: bool = False, field: str = ""
) -> QuerySet[Student]:
    """Students whose rows of ``data_class`` the viewer may read (or write).

    The union of the viewer's roles, less the students from whom a court order bars the viewer: a bar
    beats every other relation. A job sees the whole district. ``field`` narrows to the students of whom
    the viewer sees that field, without a reason to be typed first.
    """
    if viewer.purpose:
        return Student.objects.all()
    reached = Q(pk__in=[])
    for held, cell in viewer.cells(data_class):
        if (write and not cell.write) or (field and not cell.shows(field)):
            continue
        if Scope.DISTRICT in cell.scopes:
            reached = Q()
            break
        for scope in sorted(cell.scopes):
            reached |= related(viewer, held, scope, write=write)
    if reached == Q(pk__in=[]):
        return Student.objects.none()
    return Student.objects.filter(reached).exclude(barred(viewer))


def related(viewer: Viewer, held: RoleHeld, scope: Scope, *, write: bool = False) -> Q:
    """Students whom a role reaches today by one relation (own, ward, section, caseload, building)."""
    mine, today = viewer.account_id, viewer.today
    if scope is Scope.DISTRICT:
        return Q(pk__isnull=False)
    if scope is Scope.OWN:
        return Q(account=mine)
    if scope is Scope.WARDS:
        wards = StudentContact.objects.filter(guardianship(today), contact__account=mine)
        return Q(Exists(wards.filter(student=OuterRef("pk"))))
    if scope is Scope.SECTIONS:
        return Q(Exists(_members(today, _sections_of(held.role, viewer))))
    if scope is Scope.CASELOAD:
        caseload = Caseload.objects.filter(running(today), staff__account=mine, student=OuterRef("pk"))
        return Q(Exists(caseload))
    if held.school_id is None:
        return Q(pk__in=[])
    return Q(Exists(_attending(held.school_id, today, write=write)))


def _sections_of(role: str, viewer: Viewer) -> QuerySet[SectionStaff] | QuerySet[Substitution]:
    if role == "substitute":
        return Substitution.objects.filter(day=viewer.today, staff__account=viewer.account_id)
    links = SectionStaff.objects.filter(running(viewer.today), staff__account=viewer.account_id)
    return links.filter(position__in=TEACHING) if role == "teacher" else links


def _members(day: date, taught: QuerySet[Any]) -> QuerySet[SectionEnrollment]:
    return SectionEnrollment.objects.filter(
        running(day), superseded_at=None, student=OuterRef("pk"), section__in=taught.values("section")
    )


def _attending(school: int, day: date, *, write: bool) -> QuerySet[SchoolEnrollment]:
    """Enrolments that tie a student to a building. Leavers stay readable there; writing needs a stay
    that lasts, or the student's last one."""
    stays = SchoolEnrollment.objects.filter(superseded_at=None, student=OuterRef("pk"), school=school)
    if not write:
        return stays
    elsewhere = SchoolEnrollment.objects.filter(
        running(day, "entry", "exit"), superseded_at=None, student=OuterRef("student")
    ).exclude(school=school)
    return stays.filter(Q(exit__isnull=True) | Q(exit__gte=day) | ~Exists(elsewhere))


def barred(viewer: Viewer) -> Q:
    """Students from whom a court order bars the viewer today."""
    if viewer.account_id is None:
        return Q(pk__in=[])
    return Q(
        Exists(
            CourtOrder.objects.filter(
                running(viewer.today),
                bars_access=True,
                contact__account=viewer.account_id,
                student=OuterRef("pk"),
            )
        )
    )


def sections_in_scope(
    viewer: Viewer, data_class: DataClass, *, write: bool = False, field: str = ""
) -> QuerySet[Section]:
    """Sections whose rows of ``data_class`` (or ``field`` of them) the viewer may read, or write, today."""
    if viewer.purpose:
        return Section.objects.all()
    found = Q(pk__in=[])
    for held, cell in viewer.cells(data_class):
        if (write and not cell.write) or (field and not cell.shows(field)):
            continue
        if Scope.DISTRICT in cell.scopes:
            return Section.objects.all()
        if Scope.SECTIONS in cell.scopes:
            found |= Q(pk__in=_sections_of(held.role, viewer).values("section"))
        if Scope.BUILDING in cell.scopes and held.school_id is not None:
            found |= Q(school=held.school_id)
    return Section.objects.filter(found)


def schools_to_schedule(viewer: Viewer) -> QuerySet[School]:
    """Schools whose sections the viewer may add students to: by the building, or as counselor there."""
    if viewer.purpose or viewer.sees_whole_district(DataClass.ENROLLMENT, write=True):
        return School.objects.filter(ended_on=None)
    posts = {
        held.school_id
        for held, cell in viewer.cells(DataClass.ENROLLMENT)
        if cell.write and held.school_id is not None and {Scope.BUILDING, Scope.CASELOAD} & cell.scopes
    }
    return School.objects.filter(ended_on=None, pk__in=posts)


def schools_in_scope(viewer: Viewer, data_class: DataClass, *, write: bool = False) -> QuerySet[School]:
    """Schools whose rows (or counts) of ``data_class`` the viewer may see: its buildings, or all of them."""
    schools = School.objects.filter(ended_on=None)
    if viewer.purpose or viewer.sees_whole_district(data_class, write=write):
        return schools
    if not write and any(cell.aggregate for _, cell in viewer.cells(data_class)):
        return schools
    return schools.filter(pk__in=viewer.buildings(data_class, write=write))
