"""Tables of the people room."""

from firstbell.people.models.access import Caseload, FieldOpening, RoleGrant, SentForm
from firstbell.people.models.calendar import (
    AcademicSession,
    BellSchedule,
    BellTimeRow,
    Calendar,
    CalendarDate,
    ClassPeriod,
    Room,
)
from firstbell.people.models.course import (
    Course,
    CourseOffering,
    Section,
    SectionMeeting,
    SectionSession,
    SectionStaff,
    Substitution,
)
from firstbell.people.models.enrollment import (
    ProgramParticipation,
    RosterAct,
    SchoolEnrollment,
    SectionEnrollment,
)
from firstbell.people.models.organization import Agency, School
from firstbell.people.models.person import (
    Contact,
    CourtOrder,
    NameWord,
    Staff,
    StaffAssignment,
    Student,
    StudentContact,
    StudentDemographics,
    StudentDirectory,
    StudentIdentifier,
)
from firstbell.people.models.source import Revision, SourceKey

__all__ = [
    "AcademicSession",
    "Agency",
    "BellSchedule",
    "BellTimeRow",
    "Calendar",
    "CalendarDate",
    "Caseload",
    "ClassPeriod",
    "Contact",
    "Course",
    "CourseOffering",
    "CourtOrder",
    "FieldOpening",
    "NameWord",
    "ProgramParticipation",
    "Revision",
    "RoleGrant",
    "Room",
    "RosterAct",
    "School",
    "SchoolEnrollment",
    "Section",
    "SectionEnrollment",
    "SectionMeeting",
    "SectionSession",
    "SectionStaff",
    "SentForm",
    "SourceKey",
    "Staff",
    "StaffAssignment",
    "Student",
    "StudentContact",
    "StudentDemographics",
    "StudentDirectory",
    "StudentIdentifier",
    "Substitution",
]
