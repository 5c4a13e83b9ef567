"""Period grades, academic records and transcripts, kept as the source says them.

Credits come from the record and not from the letter (a fail can earn half a credit), and cumulative
credits do not follow from one year's transcripts: nothing here is recomputed.
"""

from __future__ import annotations

from firstbell.exchange.rules.edfi_in.draft import Draft, key, under
from firstbell.formats.edfi.records import grade as e


def academic_record(draft: Draft, record: e.StudentAcademicRecord) -> None:
    """A student's record of a session."""
    draft.keep(
        "academic_records",
        _record_key(e.AcademicRecordKey(student=record.student, session=record.session)),
        {
            "student": record.student,
            "session": key(record.session.school, record.session.school_year, record.session.term),
            "credits_earned": record.credits_earned,
            "credits_attempted": record.credits_attempted,
            "grade_points": record.points,
            "grade_point_average": record.average,
        },
        student=record.student,
    )


def _record_key(named: e.AcademicRecordKey) -> str:
    session = named.session
    return key(named.student, session.school, session.school_year, session.term)


def transcript(draft: Draft, record: e.CourseTranscript) -> None:
    """What a student attempted and earned in a course."""
    session = record.academic_record.session
    school = record.school or session.school
    draft.keep(
        "transcript_entries",
        key(record.academic_record.student, school, record.course, session.school_year, session.term),
        {
            "student": record.academic_record.student,
            "academic_record": _record_key(record.academic_record),
            "session": key(session.school, session.school_year, session.term),
            "school": school,
            "course": key(school, record.course),
            "result": record.result,
            "credits_attempted": record.credits_attempted,
            "credits_earned": record.credits_earned,
            "grade": draft.words.look("grade_levels", record.grade_level, record.file, record.line)
            if record.grade_level
            else "",
            "method": record.method,
            "letter": record.letter,
            "numeric": record.numeric,
        },
        student=record.academic_record.student,
    )


def period_grade(draft: Draft, record: e.Grade) -> None:
    """A student's grade in a section for a grading period."""
    section = draft.section_key(record.section)
    period = record.grading_period
    session = key(
        period.school or record.section.school, period.school_year or record.section.school_year, period.name
    )
    draft.keep(
        "period_grades",
        under(section, record.student, period.name, record.kind),
        {
            "student": record.student,
            "section": section,
            "session": session,
            "type": record.kind,
            "letter": record.letter,
            "numeric": record.numeric,
            "comment": record.diagnostic,
        },
        student=record.student,
    )


def finish(draft: Draft) -> None:
    """Grades and transcripts whose section, session or course the source does not have."""
    roster = draft.roster
    known = {
        "student": {record.key for record in roster.students or ()},
        "section": {record.key for record in roster.sections or ()},
        "session": {record.key for record in roster.sessions or ()},
        "course": {record.key for record in roster.courses or ()},
    }
    draft.tell(
        "grades.missing_target_record",
        "{n} grades, transcripts or academic records name something that is not in the source",
        "send the rosters together with the grades; these are kept, but cannot be shown",
        (
            {"kind": kept.kind, "record": kept.key, "missing": name}
            for kept in draft.kept
            if kept.kind in ("period_grades", "transcript_entries", "academic_records")
            for name, keys in known.items()
            if name in kept.payload and kept.payload[name] not in keys
        ),
    )


TAKES = {e.StudentAcademicRecord: academic_record, e.CourseTranscript: transcript, e.Grade: period_grade}
