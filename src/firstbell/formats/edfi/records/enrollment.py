"""Students in schools, sections and programs, and the plans by which they graduate."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from firstbell.formats.edfi.records.parts import ORGANIZATION, STUDENT, DescriptorUse, SectionKey
from firstbell.formats.edfi.shape import At, Record, Ref


class GraduationPlan(Record, frozen=True, kw_only=True, gc=False):
    """What a school asks of a graduate."""

    kind: Annotated[str, At("GraduationPlanType")]
    credits: Annotated[Decimal | None, At("TotalCreditsRequired/Credit")] = None
    school: Annotated[str, Ref("EducationOrganizationReference", ORGANIZATION)]


class StudentSchoolAssociation(Record, frozen=True, kw_only=True, gc=False):
    """A student in a school. ``left`` is the date of exit or withdrawal."""

    student: Annotated[str, Ref("StudentReference", STUDENT)]
    school: Annotated[str, Ref("SchoolReference", ORGANIZATION)]
    school_year: Annotated[str, At("SchoolYear")] = ""
    entry: Annotated[date, At("EntryDate")]
    entry_kind: Annotated[str, At("EntryType")] = ""
    grade: Annotated[str, At("EntryGradeLevel")]
    left: Annotated[date | None, At("ExitWithdrawDate")] = None
    left_kind: Annotated[str, At("ExitWithdrawType")] = ""
    plan: Annotated[GraduationPlan | None, Ref("GraduationPlanReference")] = None


class StudentSectionAssociation(Record, frozen=True, kw_only=True, gc=False):
    """A student in a section."""

    student: Annotated[str, Ref("StudentReference", STUDENT)]
    section: Annotated[SectionKey, At("SectionReference/SectionIdentity")]
    begin: Annotated[date, At("BeginDate")]
    end: Annotated[date | None, At("EndDate")] = None
    homeroom: Annotated[bool | None, At("HomeroomIndicator")] = None


class StudentProgramAssociation(Record, frozen=True, kw_only=True, gc=False):
    """A student in a program."""

    student: Annotated[str, Ref("StudentReference", STUDENT)]
    program: Annotated[str, At("ProgramReference/ProgramIdentity/ProgramType")]
    organization: Annotated[str, Ref("EducationOrganizationReference", ORGANIZATION)] = ""
    begin: Annotated[date, At("BeginDate")]
    end: Annotated[date | None, At("EndDate")] = None
    exit_reason: Annotated[str, At("ReasonExited")] = ""
    services: Annotated[tuple[DescriptorUse, ...], At("Services")] = ()


class ServiceDescriptor(Record, frozen=True, kw_only=True, gc=False):
    """A service that a program gives."""

    code: Annotated[str, At("CodeValue")]
    short: Annotated[str, At("ShortDescription")] = ""
    description: Annotated[str, At("Description")] = ""


ENROLLMENT: dict[str, type[Record]] = {
    cls.__name__: cls for cls in (StudentSchoolAssociation, StudentSectionAssociation, GraduationPlan)
}
PROGRAM: dict[str, type[Record]] = {
    cls.__name__: cls for cls in (StudentProgramAssociation, ServiceDescriptor)
}
