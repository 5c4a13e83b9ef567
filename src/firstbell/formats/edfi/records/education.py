"""Organizations with their rooms, periods, courses and programs; sessions, grading periods and dates."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from firstbell.formats.edfi.records.parts import ORGANIZATION, Address, InstitutionTelephone
from firstbell.formats.edfi.shape import At, Part, Record, Ref


class Organization(Record, frozen=True, kw_only=True, gc=False):
    """What agencies and schools have in common."""

    number: Annotated[str, At("StateOrganizationId")]
    name: Annotated[str, At("NameOfInstitution")]
    short_name: Annotated[str, At("ShortNameOfInstitution")] = ""
    categories: Annotated[tuple[str, ...], At("OrganizationCategories/OrganizationCategory")] = ()
    addresses: Annotated[tuple[Address, ...], At("Address")] = ()
    telephones: Annotated[tuple[InstitutionTelephone, ...], At("Telephone")] = ()
    website: Annotated[str, At("WebSite")] = ""

    def identity(self) -> Any:
        """References name an organization by its state's number."""
        return self.number


class StateEducationAgency(Organization, frozen=True, kw_only=True, gc=False):
    """A state's agency."""


class EducationServiceCenter(Organization, frozen=True, kw_only=True, gc=False):
    """A regional service centre."""


class LocalEducationAgency(Organization, frozen=True, kw_only=True, gc=False):
    """A district."""

    category: Annotated[str, At("LEACategory")] = ""
    service_center: Annotated[str, Ref("EducationServiceCenterReference", ORGANIZATION)] = ""
    state_agency: Annotated[str, Ref("StateEducationAgencyReference", ORGANIZATION)] = ""


class Location(Record, frozen=True, kw_only=True, gc=False):
    """A room. It names no school: schools list their rooms."""

    code: Annotated[str, At("ClassroomIdentificationCode")]
    seats: Annotated[int | None, At("MaximumNumberOfSeats")] = None
    best_seats: Annotated[int | None, At("OptimalNumberOfSeats")] = None


class ClassPeriod(Record, frozen=True, kw_only=True, gc=False):
    """A class period. It names no school, and schools may share it."""

    name: Annotated[str, At("ClassPeriodName")]


class AccountabilityRating(Part, frozen=True, kw_only=True, gc=False):
    """A state's rating of a school in a year."""

    title: Annotated[str, At("RatingTitle")] = ""
    rating: Annotated[str, At("Rating")] = ""
    day: Annotated[date | None, At("RatingDate")] = None
    school_year: Annotated[str, At("SchoolYear")] = ""
    organization: Annotated[str, At("RatingOrganization")] = ""
    program: Annotated[str, At("RatingProgram")] = ""


class School(Organization, frozen=True, kw_only=True, gc=False):
    """A school."""

    district: Annotated[str, Ref("LocalEducationAgencyReference", ORGANIZATION)] = ""
    grades: Annotated[tuple[str, ...], At("GradesOffered/GradeLevel")] = ()
    levels: Annotated[tuple[str, ...], At("SchoolCategories/SchoolCategory")] = ()
    status: Annotated[str, At("OperationalStatus")] = ""
    kind: Annotated[str, At("SchoolType")] = ""
    charter: Annotated[str, At("CharterStatus")] = ""
    title_one: Annotated[str, At("TitleIPartASchoolDesignation")] = ""
    ratings: Annotated[tuple[AccountabilityRating, ...], At("AccountabilityRatings")] = ()
    periods: Annotated[tuple[ClassPeriod, ...], Ref("ClassPeriodReference")] = ()
    rooms: Annotated[tuple[Location, ...], Ref("LocationReference")] = ()


class Course(Record, frozen=True, kw_only=True, gc=False):
    """A catalogue entry."""

    code: Annotated[str, At("CourseCode/ID")]
    title: Annotated[str, At("CourseTitle")]
    organization: Annotated[str, Ref("EducationOrganizationReference", ORGANIZATION)]
    subject: Annotated[str, At("SubjectArea")] = ""
    description: Annotated[str, At("CourseDescription")] = ""
    parts: Annotated[int | None, At("NumberOfParts")] = None
    characteristics: Annotated[
        tuple[str, ...], At("CourseLevelCharacteristics/CourseLevelCharacteristic")
    ] = ()
    grades: Annotated[tuple[str, ...], At("GradesOffered/GradeLevel")] = ()
    graduation_requirement: Annotated[bool | None, At("HighSchoolCourseRequirement")] = None
    gpa: Annotated[str, At("CourseGPAApplicability")] = ""
    defined_by: Annotated[str, At("CourseDefinedBy")] = ""
    standards: Annotated[tuple[Any, ...], Ref("LearningStandardReference")] = ()
    objectives: Annotated[tuple[Any, ...], Ref("LearningObjectiveReference")] = ()


class Program(Record, frozen=True, kw_only=True, gc=False):
    """A program of the district."""

    number: Annotated[str, At("ProgramId")] = ""
    kind: Annotated[str, At("ProgramType")]
    sponsor: Annotated[str, At("ProgramSponsor")] = ""


class CalendarDate(Record, frozen=True, kw_only=True, gc=False):
    """A date of the calendar and what happens on it."""

    day: Annotated[date, At("Date")]
    event: Annotated[str, At("CalendarEvent")]


class GradingPeriod(Record, frozen=True, kw_only=True, gc=False):
    """A grading period. It names no school: sessions list theirs."""

    name: Annotated[str, At("GradingPeriod")]
    begin: Annotated[date, At("BeginDate")]
    end: Annotated[date, At("EndDate")]
    instructional_days: Annotated[int | None, At("TotalInstructionalDays")] = None
    dates: Annotated[tuple[CalendarDate, ...], Ref("CalendarDateReference")] = ()


class Session(Record, frozen=True, kw_only=True, gc=False):
    """A school's term."""

    name: Annotated[str, At("SessionName")] = ""
    school_year: Annotated[str, At("SchoolYear")]
    term: Annotated[str, At("Term")]
    begin: Annotated[date, At("BeginDate")]
    end: Annotated[date, At("EndDate")]
    school: Annotated[str, Ref("EducationOrganizationReference", ORGANIZATION)]
    instructional_days: Annotated[int | None, At("TotalInstructionalDays")] = None
    grading_periods: Annotated[tuple[GradingPeriod, ...], Ref("GradingPeriodReference")] = ()


ELEMENTS: dict[str, type[Record]] = {
    cls.__name__: cls
    for cls in (
        StateEducationAgency,
        EducationServiceCenter,
        LocalEducationAgency,
        School,
        Location,
        ClassPeriod,
        Course,
        Program,
    )
}
CALENDAR: dict[str, type[Record]] = {cls.__name__: cls for cls in (Session, GradingPeriod, CalendarDate)}
