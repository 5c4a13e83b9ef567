"""Who is in which school, post and section, as records."""

from __future__ import annotations

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import (
    AttendanceProgram,
    EnrollmentStatus,
    Roster,
    SchoolEnrollmentRecord,
    SectionEnrollmentRecord,
    SectionPosition,
    SectionStaffRecord,
    StaffAssignmentRecord,
    StaffRole,
)
from firstbell.people.models import SchoolEnrollment, SectionEnrollment, SectionStaff, StaffAssignment
from firstbell.people.selectors.roster.leave import Leave


def fill(roster: Roster, leave: Leave) -> None:
    """Belonging between records that leave, the current version of each."""
    roster.school_enrollments = [
        SchoolEnrollmentRecord(
            student=student,
            school=school,
            school_year=row.school_year,
            grade=GradeLevel(row.grade),
            entry=row.entry,
            entry_code=row.entry_code,
            exit=row.exit,
            exit_code=row.exit_code,
            status=EnrollmentStatus(row.status),
            program=AttendanceProgram(row.program),
            track=row.track,
            ada_eligible=row.ada_eligible,
            residence_district=row.residence_district,
        )
        for row in SchoolEnrollment.objects.filter(superseded_at=None)
        if (student := leave.key("students", row.student_id))
        and (school := leave.key("schools", row.school_id))
    ]
    roster.section_enrollments = [
        SectionEnrollmentRecord(
            student=student, section=section, begin=begin, end=end, homeroom=homeroom, key=str(own)
        )
        for student_id, section_id, begin, end, homeroom, own in SectionEnrollment.objects.filter(
            superseded_at=None
        ).values_list("student_id", "section_id", "begin", "end", "homeroom", "sourced_id")
        if (student := leave.key("students", student_id)) and (section := leave.key("sections", section_id))
    ]
    _staff(roster, leave)


def _staff(roster: Roster, leave: Leave) -> None:
    roster.section_staff = [
        SectionStaffRecord(
            staff=staff,
            section=section,
            begin=row.begin,
            position=SectionPosition(row.position),
            end=row.end,
            key=str(row.sourced_id),
        )
        for row in SectionStaff.objects.all()
        if (staff := leave.key("staff", row.staff_id)) and (section := leave.key("sections", row.section_id))
    ]
    roster.staff_assignments = [
        StaffAssignmentRecord(
            staff=staff,
            role=StaffRole(row.role),
            begin=row.begin,
            end=row.end,
            school=leave.key("schools", row.school_id),
            title=row.title,
            primary=row.primary,
            classification=row.classification,
        )
        for row in StaffAssignment.objects.all()
        if leave.posts and (staff := leave.key("staff", row.staff_id))
    ]
