"""The elements of Ed-Fi 1.0 by interchange, in the order in which the interchanges depend on each other."""

from firstbell.formats.edfi.records import (
    assessment,
    attendance,
    discipline,
    education,
    enrollment,
    grade,
    schedule,
    staff,
    student,
)
from firstbell.formats.edfi.shape import Record

#: root element without ``Interchange`` -> element name -> record; the order is the load order
INTERCHANGES: dict[str, dict[str, type[Record]]] = {
    "EducationOrganization": education.ELEMENTS,
    "EducationOrgCalendar": education.CALENDAR,
    "MasterSchedule": schedule.ELEMENTS,
    "StaffAssociation": staff.ELEMENTS,
    "StudentParent": student.ELEMENTS,
    "StudentEnrollment": enrollment.ENROLLMENT,
    "StudentProgram": enrollment.PROGRAM,
    "StudentAttendance": attendance.ELEMENTS,
    "StudentGrade": grade.ELEMENTS,
    "StudentDiscipline": discipline.ELEMENTS,
    "AssessmentMetadata": assessment.METADATA,
    "StudentAssessment": assessment.RESULTS,
}

__all__ = ["INTERCHANGES"]
