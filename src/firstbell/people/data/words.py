"""The words of belonging: what agencies, sessions, days, posts and programmes are."""

from __future__ import annotations

from enum import StrEnum


class AgencyKind(StrEnum):
    """What an agency is."""

    STATE = "state"
    SERVICE_CENTER = "service_center"
    COUNTY = "county"
    DISTRICT = "district"
    DEPARTMENT = "department"


class SessionKind(StrEnum):
    """What an academic session is; the values are OneRoster's."""

    SCHOOL_YEAR = "schoolYear"
    SEMESTER = "semester"
    TERM = "term"
    GRADING_PERIOD = "gradingPeriod"


class DayType(StrEnum):
    """What kind of day a calendar date is."""

    TAUGHT = "taught"
    MINIMUM = "minimum"
    MAKE_UP = "make_up"
    STAFF_ONLY = "staff_only"
    HOLIDAY = "holiday"
    CLOSURE = "closure"

    @property
    def taught(self) -> bool:
        """Whether students are taught, so that the day counts in attendance."""
        return self in (DayType.TAUGHT, DayType.MINIMUM, DayType.MAKE_UP)

    @property
    def label(self) -> str:
        """As people say it."""
        return _DAYS[self]


_DAYS = {
    DayType.TAUGHT: "Regular day",
    DayType.MINIMUM: "Minimum day",
    DayType.MAKE_UP: "Make-up day",
    DayType.STAFF_ONLY: "Staff only",
    DayType.HOLIDAY: "Holiday",
    DayType.CLOSURE: "Closure",
}


class EnrollmentStatus(StrEnum):
    """How a school enrolment counts."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    SHORT_TERM = "short_term"
    NON_ADA = "non_ada"


class AttendanceProgram(StrEnum):
    """By which rule an enrolment's attendance is counted."""

    REGULAR = "regular"
    HOURLY = "hourly"
    INDEPENDENT_STUDY = "independent_study"


class ProgramKind(StrEnum):
    """Programmes whose participation other rooms ask for by kind."""

    ENGLISH_LEARNER = "english_learner"
    SPECIAL_EDUCATION = "special_education"
    SECTION_504 = "section_504"
    MEALS = "meals"
    FOSTER = "foster"
    HOMELESS = "homeless"
    MIGRANT = "migrant"
    OTHER = "other"


class StaffRole(StrEnum):
    """What a staff assignment makes a person, for access and for exports."""

    SUPERINTENDENT = "superintendent"
    PRINCIPAL = "principal"
    TEACHER = "teacher"
    SUBSTITUTE = "substitute"
    COUNSELOR = "counselor"
    NURSE = "nurse"
    REGISTRAR = "registrar"
    ATTENDANCE_CLERK = "attendance_clerk"
    AIDE = "aide"
    CASE_MANAGER = "case_manager"
    COACH = "coach"
    FOOD_SERVICE = "food_service"
    ASSESSMENT_COORDINATOR = "assessment_coordinator"
    STATE_REPORTING = "state_reporting"
    HR = "hr"
    BUSINESS_OFFICE = "business_office"
    TECHNOLOGY_CHIEF = "technology_chief"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    PRIVACY_OFFICER = "privacy_officer"
    OTHER = "other"


class SectionPosition(StrEnum):
    """Part a staff member has in a section."""

    TEACHER_OF_RECORD = "teacher_of_record"
    CO_TEACHER = "co_teacher"
    AIDE = "aide"


class OpeningReason(StrEnum):
    """Why a masked field is opened; a sentence of one's own goes with it."""

    CUSTODY = "custody"
    SAFETY = "safety"
    ENROLLMENT = "enrollment"
    RECORDS_REQUEST = "records_request"
    STUDENT_SUPPORT = "student_support"
    REVIEW = "review"
    OTHER = "other"

    @property
    def label(self) -> str:
        """As the form offers it."""
        return _REASONS[self]


_REASONS = {
    OpeningReason.CUSTODY: "A question of custody or release",
    OpeningReason.SAFETY: "Safety of the student",
    OpeningReason.ENROLLMENT: "Enrollment or residence",
    OpeningReason.RECORDS_REQUEST: "A request for records",
    OpeningReason.STUDENT_SUPPORT: "Support for the student",
    OpeningReason.REVIEW: "Review by the privacy officer",
    OpeningReason.OTHER: "Another reason",
}
