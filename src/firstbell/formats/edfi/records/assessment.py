"""Tests and their objectives, and what students scored."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from firstbell.formats.edfi.records.parts import STUDENT, AssessmentKey
from firstbell.formats.edfi.shape import At, Attr, Part, Record, Ref


class LearningObjective(Record, frozen=True, kw_only=True, gc=False):
    """What is to be learned."""

    objective: Annotated[str, At("Objective")]
    description: Annotated[str, At("Description")] = ""
    subject: Annotated[str, At("AcademicSubject")] = ""
    grade: Annotated[str, At("ObjectiveGradeLevel")] = ""


class ObjectiveAssessment(Record, frozen=True, kw_only=True, gc=False):
    """A part of a test that measures an objective."""

    code: Annotated[str, At("IdentificationCode")]
    max_raw_score: Annotated[Decimal | None, At("MaxRawScore")] = None
    objectives: Annotated[tuple[LearningObjective, ...], Ref("LearningObjectiveReference")] = ()

    def identity(self) -> Any:
        """Tests and results name it by its code."""
        return self.code


class PerformanceLevel(Part, frozen=True, kw_only=True, gc=False):
    """The scores that make a performance level."""

    level: Annotated[str, At("PerformanceLevel/Description")] = ""
    method: Annotated[str, At("AssessmentReportingMethod")] = ""
    minimum: Annotated[str, At("MinimumScore")] = ""
    maximum: Annotated[str, At("MaximumScore")] = ""


class Assessment(Record, frozen=True, kw_only=True, gc=False):
    """A test."""

    title: Annotated[str, At("AssessmentTitle")]
    subject: Annotated[str, At("AcademicSubject")] = ""
    grade: Annotated[str, At("GradeLevelAssessed")] = ""
    version: Annotated[str, At("Version")] = ""
    code: Annotated[str, At("AssessmentIdentificationCode/ID")] = ""
    category: Annotated[str, At("AssessmentCategory")] = ""
    standard: Annotated[str, At("ContentStandard")] = ""
    revised: Annotated[date | None, At("RevisionDate")] = None
    max_raw_score: Annotated[Decimal | None, At("MaxRawScore")] = None
    levels: Annotated[tuple[PerformanceLevel, ...], At("AssessmentPerformanceLevel")] = ()
    parts: Annotated[tuple[str, ...], Ref("ObjectiveAssessmentReference")] = ()

    def identity(self) -> Any:
        """Results name a test by title, subject, grade and version."""
        return AssessmentKey(title=self.title, subject=self.subject, grade=self.grade, version=self.version)


class PerformanceLevelDescriptor(Record, frozen=True, kw_only=True, gc=False):
    """A performance level's name and what it means."""

    description: Annotated[str, At("Description")]
    base: Annotated[str, At("PerformanceBaseConversion")] = ""


class StudentReference(Record, frozen=True, kw_only=True, gc=False):
    """A student named once for many results."""

    student: Annotated[str, At(STUDENT)]

    def identity(self) -> Any:
        """It stands for the student."""
        return self.student


class AssessmentReference(Record, frozen=True, kw_only=True, gc=False):
    """A test named once for many results."""

    assessment: Annotated[AssessmentKey, At("AssessmentIdentity")]

    def identity(self) -> Any:
        """It stands for the test."""
        return self.assessment


class Score(Part, frozen=True, kw_only=True, gc=False):
    """A score in one way of reporting."""

    method: Annotated[str, Attr("AssessmentReportingMethod")] = ""
    result: Annotated[str, At("Result")] = ""


class LevelMet(Part, frozen=True, kw_only=True, gc=False):
    """Whether a performance level was met."""

    level: Annotated[str, At("Description")] = ""
    met: Annotated[bool | None, At("PerformanceLevelMet")] = None


class StudentAssessment(Record, frozen=True, kw_only=True, gc=False):
    """A student's result. Its own place in the file is its identity: student, test and date repeat."""

    student: Annotated[str, Ref("StudentReference", STUDENT)]
    assessment: Annotated[AssessmentKey, Ref("AssessmentReference", "AssessmentIdentity")]
    day: Annotated[date, At("AdministrationDate")]
    serial: Annotated[str, At("SerialNumber")] = ""
    language: Annotated[str, At("AdministrationLanguage")] = ""
    environment: Annotated[str, At("AdministrationEnvironment")] = ""
    special: Annotated[tuple[str, ...], At("SpecialAccommodations/SpecialAccommodation")] = ()
    linguistic: Annotated[tuple[str, ...], At("LinguisticAccommodations/LinguisticAccommodation")] = ()
    retest: Annotated[str, At("RetestIndicator")] = ""
    not_tested: Annotated[str, At("ReasonNotTested")] = ""
    scores: Annotated[tuple[Score, ...], At("ScoreResults")] = ()
    levels: Annotated[tuple[LevelMet, ...], At("PerformanceLevels")] = ()


class StudentObjectiveAssessment(Record, frozen=True, kw_only=True, gc=False):
    """A student's result in one part of a test."""

    result: Annotated[StudentAssessment, Ref("StudentTestAssessmentReference")]
    part: Annotated[
        str,
        Ref(
            "ObjectiveAssessmentReference",
            "ObjectiveAssessmentIdentity/ObjectiveAssessmentIdentificationCode",
        ),
    ]
    scores: Annotated[tuple[Score, ...], At("ScoreResults")] = ()
    levels: Annotated[tuple[LevelMet, ...], At("PerformanceLevels")] = ()


METADATA: dict[str, type[Record]] = {
    cls.__name__: cls
    for cls in (Assessment, ObjectiveAssessment, LearningObjective, PerformanceLevelDescriptor)
}
RESULTS: dict[str, type[Record]] = {
    cls.__name__: cls
    for cls in (StudentReference, AssessmentReference, StudentAssessment, StudentObjectiveAssessment)
}
