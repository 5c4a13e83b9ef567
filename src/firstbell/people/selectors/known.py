"""Students the district knows already: the duplicate finder of enrolment.

A registrar who types somebody's number, or full name and birth date, learns that the district knows
that person and where the person is, and no more: that is what it takes to receive a student from
another school. Who asked is recorded by the service that calls this.
"""

from __future__ import annotations

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import NewStudent
from firstbell.people.data.views import KnownStudent
from firstbell.people.models import Student
from firstbell.people.rules.duplicates import likely_same
from firstbell.people.selectors.scope import barred, schools_in_scope
from firstbell.people.selectors.student_page import standing
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer


def matching_students(student: NewStudent) -> list[tuple[Student, str]]:
    """Students who may be ``student``, each with how they match: state_id, local_id or name.

    At most four queries: the numbers, and everybody born on that day.
    """
    found: dict[int, tuple[Student, str]] = {}
    for column in ("state_id", "local_id"):
        value = getattr(student, column).strip()
        if value:
            for row in Student.objects.filter(**{column: value}):
                found.setdefault(row.pk, (row, column))
    name = student.name
    if student.demographics.birth_date is not None:
        for row in Student.objects.filter(demographics__birth_date=student.demographics.birth_date):
            if likely_same(
                [name.first, name.preferred_first],
                [name.last, name.preferred_last],
                [row.first_name, row.preferred_first_name],
                [row.last_name, row.preferred_last_name],
            ):
                found.setdefault(row.pk, (row, "name"))
    return list(found.values())


def known_student(viewer: Viewer, student_id: int, match: str = "") -> KnownStudent:
    """What somebody who enrolls students learns of one who matched. Raises NotAllowed, and NotVisible for
    nobody and where a court order bars the viewer."""
    if not schools_in_scope(viewer, DataClass.ENROLLMENT, write=True).exists():
        raise NotAllowed("enrolling students")
    student = (
        Student.objects.exclude(barred(viewer)).select_related("demographics").filter(pk=student_id).first()
    )
    if student is None:
        raise NotVisible
    stay, status = standing(student.pk, viewer.today)
    return KnownStudent(
        id=student.pk,
        name=student.display_name,
        birth_date=student.demographics.birth_date,
        school_id=stay.school_id if stay else None,
        school=stay.school.name if stay else "",
        grade=GradeLevel(stay.grade) if stay else None,
        status=status,
        match=match,
    )
