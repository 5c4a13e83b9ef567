"""Staff, their employment, posts, schools and sections, their leave."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from firstbell.formats.edfi.records.parts import (
    ORGANIZATION,
    STAFF,
    Address,
    Email,
    Name,
    SectionKey,
    Telephone,
)
from firstbell.formats.edfi.shape import At, Part, Record, Ref


class Credential(Part, frozen=True, kw_only=True, gc=False):
    """A certificate or licence."""

    kind: Annotated[str, At("CredentialType")] = ""
    field: Annotated[str, At("CredentialField/Description")] = ""
    field_code: Annotated[str, At("CredentialField/CodeValue")] = ""
    level: Annotated[str, At("Level")] = ""
    teaching_kind: Annotated[str, At("TeachingCredentialType")] = ""
    issued: Annotated[date | None, At("CredentialIssuanceDate")] = None
    expires: Annotated[date | None, At("CredentialExpirationDate")] = None
    basis: Annotated[str, At("TeachingCredentialBasis")] = ""


class Staff(Record, frozen=True, kw_only=True, gc=False):
    """A staff member."""

    number: Annotated[str, At("StaffUniqueStateId")]
    name: Annotated[Name, At("Name")]
    sex: Annotated[str, At("Sex")] = ""
    birth_date: Annotated[date | None, At("BirthDate")] = None
    addresses: Annotated[tuple[Address, ...], At("Address")] = ()
    telephones: Annotated[tuple[Telephone, ...], At("Telephone")] = ()
    emails: Annotated[tuple[Email, ...], At("ElectronicMail")] = ()
    hispanic: Annotated[bool | None, At("HispanicLatinoEthnicity")] = None
    old_ethnicity: Annotated[str, At("OldEthnicity")] = ""
    races: Annotated[tuple[str, ...], At("Race/RacialCategory")] = ()
    education: Annotated[str, At("HighestLevelOfEducationCompleted")] = ""
    years_professional: Annotated[int | None, At("YearsOfPriorProfessionalExperience")] = None
    years_teaching: Annotated[int | None, At("YearsOfPriorTeachingExperience")] = None
    credentials: Annotated[tuple[Credential, ...], At("Credentials")] = ()

    def identity(self) -> Any:
        """References name a staff member by the state's number."""
        return self.number


class Teacher(Staff, frozen=True, kw_only=True, gc=False):
    """A teacher."""

    highly_qualified: Annotated[bool | None, At("HighlyQualifiedTeacher")] = None


class StaffEducationOrgEmploymentAssociation(Record, frozen=True, kw_only=True, gc=False):
    """An employment. ``full_time`` is the percentage of a full-time position."""

    staff: Annotated[str, Ref("StaffReference", STAFF)]
    organization: Annotated[str, Ref("EducationOrganizationReference", ORGANIZATION)]
    status: Annotated[str, At("EmploymentStatus")] = ""
    hired: Annotated[date | None, At("EmploymentPeriod/HireDate")] = None
    ended: Annotated[date | None, At("EmploymentPeriod/EndDate")] = None
    separation: Annotated[str, At("EmploymentPeriod/Separation")] = ""
    department: Annotated[str, At("Department")] = ""
    full_time: Annotated[Decimal | None, At("FullTimeEquivalency")] = None


class StaffEducationOrgAssignmentAssociation(Record, frozen=True, kw_only=True, gc=False):
    """A post."""

    staff: Annotated[str, Ref("StaffReference", STAFF)]
    organization: Annotated[str, Ref("EducationOrganizationReference", ORGANIZATION)]
    classification: Annotated[str, At("StaffClassification")]
    title: Annotated[str, At("PositionTitle")] = ""
    begin: Annotated[date, At("BeginDate")]
    end: Annotated[date | None, At("EndDate")] = None


class TeacherSchoolAssociation(Record, frozen=True, kw_only=True, gc=False):
    """What a teacher teaches at a school."""

    staff: Annotated[str, Ref("TeacherReference", STAFF)]
    school: Annotated[str, Ref("SchoolReference", ORGANIZATION)]
    program: Annotated[str, At("ProgramAssignment")] = ""
    grades: Annotated[tuple[str, ...], At("InstructionalGradeLevels/GradeLevel")] = ()
    subjects: Annotated[tuple[str, ...], At("AcademicSubjects/AcademicSubject")] = ()


class TeacherSectionAssociation(Record, frozen=True, kw_only=True, gc=False):
    """A teacher in a section."""

    staff: Annotated[str, Ref("TeacherReference", STAFF)]
    section: Annotated[SectionKey, At("SectionReference/SectionIdentity")]
    position: Annotated[str, At("ClassroomPosition")] = ""
    begin: Annotated[date | None, At("BeginDate")] = None
    end: Annotated[date | None, At("EndDate")] = None


class LeaveEvent(Record, frozen=True, kw_only=True, gc=False):
    """A staff member's day of leave."""

    staff: Annotated[str, Ref("StaffReference", STAFF)]
    day: Annotated[date, At("EventDate")]
    category: Annotated[str, At("LeaveEventCategory")]
    reason: Annotated[str, At("LeaveEventReason")] = ""
    hours: Annotated[Decimal | None, At("HoursOnLeave")] = None


class CredentialFieldDescriptor(Record, frozen=True, kw_only=True, gc=False):
    """A field in which a teacher can be certified."""

    code: Annotated[str, At("CodeValue")]
    description: Annotated[str, At("Description")] = ""
    subject: Annotated[str, At("AcademicSubject")] = ""
    organization: Annotated[str, Ref("EducationOrganizationReference", ORGANIZATION)] = ""


ELEMENTS: dict[str, type[Record]] = {
    cls.__name__: cls
    for cls in (
        Staff,
        Teacher,
        StaffEducationOrgEmploymentAssociation,
        StaffEducationOrgAssignmentAssociation,
        TeacherSchoolAssociation,
        TeacherSectionAssociation,
        LeaveEvent,
        CredentialFieldDescriptor,
    )
}
