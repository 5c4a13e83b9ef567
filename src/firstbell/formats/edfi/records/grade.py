"""Grades of grading periods, academic records and the transcripts that hang on them."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from firstbell.formats.edfi.records.parts import ORGANIZATION, STUDENT, SectionKey, SessionKey
from firstbell.formats.edfi.shape import At, Part, Record, Ref

_LINK = "StudentSectionAssociationReference/StudentSectionAssociationIdentity"


class AcademicRecordKey(Part, frozen=True, kw_only=True, gc=False):
    """What names an academic record: a student in a session."""

    student: Annotated[str, At(STUDENT)]
    session: Annotated[SessionKey, At("SessionIdentity")]


class StudentAcademicRecord(Record, frozen=True, kw_only=True, gc=False):
    """A student's record of a session. The credits are cumulative as the source says them."""

    student: Annotated[str, Ref("StudentReference", STUDENT)]
    session: Annotated[SessionKey, At("SessionReference/SessionIdentity")]
    credits_earned: Annotated[Decimal | None, At("CumulativeCreditsEarned/Credit")] = None
    credits_attempted: Annotated[Decimal | None, At("CumulativeCreditsAttempted/Credit")] = None
    points: Annotated[Decimal | None, At("CumulativeGradePointsEarned")] = None
    average: Annotated[Decimal | None, At("CumulativeGradePointAverage")] = None

    def identity(self) -> Any:
        """Transcripts name a record by its student and session."""
        return AcademicRecordKey(student=self.student, session=self.session)


class CourseTranscript(Record, frozen=True, kw_only=True, gc=False):
    """What a student attempted and earned in a course: no section, no period."""

    academic_record: Annotated[
        AcademicRecordKey, Ref("StudentAcademicRecordReference", "StudentAcademicRecordIdentity")
    ]
    course: Annotated[str, At("CourseReference/CourseIdentity/CourseCode/ID")]
    school: Annotated[str, Ref("EducationOrganizationReference", ORGANIZATION)] = ""
    result: Annotated[str, At("CourseAttemptResult")]
    credits_attempted: Annotated[Decimal | None, At("CreditsAttempted/Credit")] = None
    credits_earned: Annotated[Decimal | None, At("CreditsEarned/Credit")] = None
    grade_level: Annotated[str, At("GradeLevelWhenTaken")] = ""
    method: Annotated[str, At("MethodCreditEarned")] = ""
    letter: Annotated[str, At("FinalLetterGradeEarned")] = ""
    numeric: Annotated[Decimal | None, At("FinalNumericGradeEarned")] = None


class GradingPeriodKey(Part, frozen=True, kw_only=True, gc=False):
    """What names a grading period of a school."""

    name: Annotated[str, At("GradingPeriod")]
    school_year: Annotated[str, At("SchoolYear")] = ""
    school: Annotated[str, At("StateOrganizationId")] = ""


class Grade(Record, frozen=True, kw_only=True, gc=False):
    """A student's grade in a section for a grading period."""

    student: Annotated[str, At(f"{_LINK}/{STUDENT}")]
    section: Annotated[SectionKey, At(f"{_LINK}/SectionIdentity")]
    grading_period: Annotated[GradingPeriodKey, At("GradingPeriodReference/GradingPeriodIdentity")]
    kind: Annotated[str, At("GradeType")] = ""
    letter: Annotated[str, At("LetterGradeEarned")] = ""
    numeric: Annotated[Decimal | None, At("NumericGradeEarned")] = None
    diagnostic: Annotated[str, At("DiagnosticStatement")] = ""


ELEMENTS: dict[str, type[Record]] = {
    cls.__name__: cls for cls in (StudentAcademicRecord, CourseTranscript, Grade)
}
