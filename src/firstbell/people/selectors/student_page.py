"""A student's page: each part only as far as the viewer's roles open its data class for this student."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data.views import (
    ContactRow,
    EnrollmentRow,
    ProgramRow,
    ScheduleRow,
    StudentCard,
    StudentPage,
)
from firstbell.people.data.words import ProgramKind
from firstbell.people.models import (
    CourtOrder,
    ProgramParticipation,
    SchoolEnrollment,
    SectionEnrollment,
    SectionMeeting,
    SectionStaff,
    Student,
    StudentContact,
)
from firstbell.people.selectors.scope import students_in_scope
from firstbell.people.selectors.viewer import begun_or_open, running
from firstbell.platform.access import DataClass, NotVisible, Viewer

#: programmes of need have their own class, apart from the others
NEED = frozenset({ProgramKind.MEALS, ProgramKind.FOSTER, ProgramKind.HOMELESS, ProgramKind.MIGRANT})


def student_card(viewer: Viewer, student_id: int) -> StudentCard:
    """Who the student is. Raises NotVisible for someone else's student. Three queries."""
    student = students_in_scope(viewer, DataClass.DIRECTORY).filter(pk=student_id).first()
    if student is None:
        raise NotVisible
    return _card(viewer, student)


def _card(viewer: Viewer, student: Student) -> StudentCard:
    stays = list(
        SchoolEnrollment.objects.filter(student=student, superseded_at=None)
        .select_related("school")
        .order_by("entry")
    )
    today = viewer.today
    now = [s for s in stays if s.entry <= today and (s.exit is None or s.exit >= today)]
    shown = now[0] if now else (stays[-1] if stays else None)
    status = "enrolled" if now else "not enrolled"
    if shown is not None and not now:
        status = "starts later" if shown.entry > today else "left"
    barring = CourtOrder.objects.filter(running(today), bars_access=True, student=student)
    return StudentCard(
        id=student.pk,
        name=student.display_name,
        legal_name=f"{student.first_name} {student.middle_name} {student.last_name}".replace("  ", " "),
        local_id=student.local_id,
        state_id=student.state_id,
        school_id=shown.school_id if shown else None,
        school=shown.school.name if shown else "",
        grade=GradeLevel(shown.grade) if shown else None,
        status=status,
        do_not_release=viewer.may(DataClass.CUSTODY) and barring.exists(),
        confidential_address=hasattr(student, "directory") and student.directory.confidential,
    )


def student_page(viewer: Viewer, student_id: int) -> StudentPage:
    """All that the viewer may see of a student. Raises NotVisible for someone else's student.

    A constant number of queries. An address marked confidential is answered as such and never in full,
    except to those who may write contact data.
    """
    student = (
        students_in_scope(viewer, DataClass.DIRECTORY)
        .select_related("demographics", "directory")
        .filter(pk=student_id)
        .first()
    )
    if student is None:
        raise NotVisible
    sees = {item: _sees(viewer, item, student_id) for item in _PARTS}
    full = sees[DataClass.CONTACT] and _all_fields(viewer, DataClass.CONTACT)
    may_write = students_in_scope(viewer, DataClass.ENROLLMENT, write=True).filter(pk=student_id).exists()
    demographics, directory = getattr(student, "demographics", None), getattr(student, "directory", None)
    hidden = directory is not None and directory.confidential and not may_write
    address = (
        ", ".join(
            part
            for part in (
                directory.address,
                directory.city,
                f"{directory.state} {directory.postal_code}".strip(),
            )
            if part
        )
        if directory
        else ""
    )
    return StudentPage(
        card=_card(viewer, student),
        birth_date=demographics.birth_date if full and demographics else None,
        sex=demographics.sex if full and demographics else "",
        home_language=demographics.home_language if full and demographics else "",
        address=("confidential" if hidden else address) if full else "",
        phone=("confidential" if hidden else directory.phone or directory.mobile)
        if full and directory
        else "",
        email=directory.email if full and directory else "",
        contacts=contacts_of(viewer, student_id) if sees[DataClass.CONTACT] else None,
        enrollments=tuple(_enrollments(student_id)) if sees[DataClass.ENROLLMENT] else None,
        schedule=tuple(schedule_of(student_id)) if sees[DataClass.ENROLLMENT] else None,
        programs=_programs(viewer, student_id, sees),
        may_write=may_write,
    )


_PARTS = (DataClass.CONTACT, DataClass.ENROLLMENT, DataClass.SPECIAL_PROGRAMS, DataClass.NEED)


def _sees(viewer: Viewer, data_class: DataClass, student_id: int) -> bool:
    return viewer.may(data_class) and students_in_scope(viewer, data_class).filter(pk=student_id).exists()


def _all_fields(viewer: Viewer, data_class: DataClass) -> bool:
    """Whether some role opens the class without naming fields or masking it."""
    return bool(viewer.purpose) or any(
        cell.reads_rows and not cell.fields and not cell.masked for _, cell in viewer.cells(data_class)
    )


def contacts_of(viewer: Viewer, student_id: int) -> tuple[ContactRow, ...]:
    """The student's contacts in the order in which they are called. The caller has checked the student."""
    barring = CourtOrder.objects.filter(
        running(viewer.today), bars_access=True, contact=OuterRef("contact"), student=OuterRef("student")
    )
    links = (
        StudentContact.objects.filter(begun_or_open(viewer.today), student=student_id)
        .select_related("contact")
        .annotate(barred=Exists(barring))
    )
    sees_orders = viewer.may(DataClass.CUSTODY)
    return tuple(
        ContactRow(
            id=link.contact_id,
            name=link.contact.spoken_name,
            relation=link.relation,
            phone="" if link.contact.confidential else link.contact.mobile or link.contact.phone,
            email=link.contact.email,
            language=link.contact.language,
            order=link.order,
            primary=link.primary,
            lives_with=link.lives_with,
            emergency=link.emergency,
            may_pick_up=link.may_pick_up and not link.barred,
            has_rights=link.has_rights and not link.barred,
            portal_access=link.portal_access and not link.barred,
            barred=link.barred and sees_orders,
        )
        for link in links
    )


def _enrollments(student_id: int, *, versions: bool = False) -> Iterable[EnrollmentRow]:
    rows = SchoolEnrollment.objects.filter(student=student_id).select_related("school", "recorded_in")
    if not versions:
        rows = rows.filter(superseded_at=None)
    for row in rows.order_by("-entry", "-recorded_at", "-pk"):
        yield EnrollmentRow(
            id=row.pk,
            school_id=row.school_id,
            school=row.school.name,
            school_year=row.school_year,
            grade=GradeLevel(row.grade),
            entry=row.entry,
            entry_code=row.entry_code,
            exit=row.exit,
            exit_code=row.exit_code,
            status=row.status,
            program=row.program,
            track=row.track,
            ada_eligible=row.ada_eligible,
            recorded_at=row.recorded_at,
            recorded_by=row.recorded_in.actor_name,
            reason=row.recorded_in.reason,
            superseded_at=row.superseded_at,
        )


def schedule_of(student_id: int) -> Iterable[ScheduleRow]:
    """The student's sections, newest first, with teachers and meetings. Three queries."""
    rows = list(
        SectionEnrollment.objects.filter(student=student_id, superseded_at=None)
        .select_related("section__offering__session")
        .order_by("-begin", "section__title", "pk")
    )
    sections = {row.section_id for row in rows}
    meetings: dict[int, list[tuple[str, str]]] = {}
    for section, period, letter, room in (
        SectionMeeting.objects.filter(section__in=sections)
        .order_by("period__order", "letter")
        .values_list("section_id", "period__name", "letter", "room__name")
    ):
        meetings.setdefault(section, []).append((f"{period} {letter}".strip(), room or ""))
    teachers: dict[int, list[str]] = {}
    for link in (
        SectionStaff.objects.filter(section__in=sections).select_related("staff").order_by("position")
    ):
        teachers.setdefault(link.section_id, []).append(link.staff.display_name)
    for row in rows:
        met = meetings.get(row.section_id, [])
        yield ScheduleRow(
            section_id=row.section_id,
            title=row.section.title,
            code=row.section.code,
            session=row.section.offering.session.name,
            begin=row.begin,
            end=row.end,
            meetings=", ".join(period for period, _ in met),
            rooms=", ".join(dict.fromkeys(room for _, room in met if room)) or row.section.location,
            teachers="; ".join(dict.fromkeys(teachers.get(row.section_id, []))),
            homeroom=row.section.homeroom,
        )


def _programs(viewer: Viewer, student_id: int, sees: dict[DataClass, bool]) -> tuple[ProgramRow, ...] | None:
    """Programmes: those of need under their own class, the rest under special programmes."""
    open_classes = {
        DataClass.SPECIAL_PROGRAMS: sees[DataClass.SPECIAL_PROGRAMS]
        and _all_fields(viewer, DataClass.SPECIAL_PROGRAMS),
        DataClass.NEED: sees[DataClass.NEED] and _all_fields(viewer, DataClass.NEED),
    }
    if not any(open_classes.values()):
        return None
    return tuple(
        ProgramRow(kind=row.kind, name=row.name, begin=row.begin, end=row.end, detail=row.detail)
        for row in ProgramParticipation.objects.filter(student=student_id).order_by("-begin", "kind")
        if open_classes[DataClass.NEED if row.kind in NEED else DataClass.SPECIAL_PROGRAMS]
    )
