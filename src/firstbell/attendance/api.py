"""The door of the attendance room: what other rooms and its own pages may call."""

from firstbell.attendance.rules.rule_set import rules_of_state
from firstbell.attendance.selectors.board import board, rolls_of_viewer
from firstbell.attendance.selectors.by_hand import changed_by_hand, known_absences_of, taken_by_hand
from firstbell.attendance.selectors.case import case_page, family_letters
from firstbell.attendance.selectors.choices import early_warning_rule, excuse_choices, valid_codes
from firstbell.attendance.selectors.conflicts import conflict_list
from firstbell.attendance.selectors.counts import attendance_counts
from firstbell.attendance.selectors.figures import (
    SchoolYearRow,
    StudentAttendance,
    WatchRow,
    roll_counts,
    schools_today,
    schools_year,
    student_attendance,
    watch_list,
)
from firstbell.attendance.selectors.known_absences import (
    absence_reports,
    family_reports,
    known_absence,
    known_absences,
    may_enter,
    may_report,
)
from firstbell.attendance.selectors.letters import letter_page, letters
from firstbell.attendance.selectors.missing import missing_since
from firstbell.attendance.selectors.my_rolls import my_missing_rolls, my_rolls
from firstbell.attendance.selectors.periods import closed_report, period_report, period_students, periods
from firstbell.attendance.selectors.problems import attendance_problems
from firstbell.attendance.selectors.roll_page import roll_page
from firstbell.attendance.selectors.roll_tallies import MINUTES, roll_hours
from firstbell.attendance.selectors.setup import unloaded_rules
from firstbell.attendance.selectors.student_day import periods_of_student, student_day
from firstbell.attendance.selectors.trend import attendance_trend
from firstbell.attendance.selectors.year import YearFigures, daily_rates, year_figures
from firstbell.attendance.services.case_note import add_case_note
from firstbell.attendance.services.close_period import amend_period, close_period, set_closing_month
from firstbell.attendance.services.codes import ensure_codes
from firstbell.attendance.services.counter import sign_in, sign_out
from firstbell.attendance.services.deliver_letter import (
    letter_file,
    mail_letters,
    mark_mailed,
    print_instead,
    print_letters,
)
from firstbell.attendance.services.end_meeting import end_meetings, note_opened
from firstbell.attendance.services.family_report import (
    excuse_absence,
    report_absence,
)
from firstbell.attendance.services.follow import (
    follow_calendar,
    follow_enrolled,
    follow_enrollment,
    follow_requests,
)
from firstbell.attendance.services.follow_state import follow_state
from firstbell.attendance.services.known_absence import (
    accept_absence,
    decline_absence,
    enter_known_absence,
    withdraw_absence,
)
from firstbell.attendance.services.load import load_attendance
from firstbell.attendance.services.office import office_clear_day, office_mark_day, office_mark_meeting
from firstbell.attendance.services.propose_letters import propose_letters
from firstbell.attendance.services.prove_days import mend_days, prove_days
from firstbell.attendance.services.recompute import recompute_days, recompute_schools
from firstbell.attendance.services.remind import remind
from firstbell.attendance.services.review_letter import (
    dismiss_letter,
    hold_letter,
    plan_conference,
    release_letter,
)
from firstbell.attendance.services.send_letter import send_letter, send_letters
from firstbell.attendance.services.submit_roll import StaleRoll, submit_roll
from firstbell.attendance.services.waive import waive_roll

__all__ = [
    "MINUTES",
    "SchoolYearRow",
    "StaleRoll",
    "StudentAttendance",
    "WatchRow",
    "YearFigures",
    "absence_reports",
    "accept_absence",
    "add_case_note",
    "amend_period",
    "attendance_counts",
    "attendance_problems",
    "attendance_trend",
    "board",
    "case_page",
    "changed_by_hand",
    "close_period",
    "closed_report",
    "conflict_list",
    "daily_rates",
    "decline_absence",
    "dismiss_letter",
    "early_warning_rule",
    "end_meetings",
    "ensure_codes",
    "enter_known_absence",
    "excuse_absence",
    "excuse_choices",
    "family_letters",
    "family_reports",
    "follow_calendar",
    "follow_enrolled",
    "follow_enrollment",
    "follow_requests",
    "follow_state",
    "hold_letter",
    "known_absence",
    "known_absences",
    "known_absences_of",
    "letter_file",
    "letter_page",
    "letters",
    "load_attendance",
    "mail_letters",
    "mark_mailed",
    "may_enter",
    "may_report",
    "mend_days",
    "missing_since",
    "my_missing_rolls",
    "my_rolls",
    "note_opened",
    "office_clear_day",
    "office_mark_day",
    "office_mark_meeting",
    "period_report",
    "period_students",
    "periods",
    "periods_of_student",
    "plan_conference",
    "print_instead",
    "print_letters",
    "propose_letters",
    "prove_days",
    "recompute_days",
    "recompute_schools",
    "release_letter",
    "remind",
    "report_absence",
    "roll_counts",
    "roll_hours",
    "roll_page",
    "rolls_of_viewer",
    "rules_of_state",
    "schools_today",
    "schools_year",
    "send_letter",
    "send_letters",
    "set_closing_month",
    "sign_in",
    "sign_out",
    "student_attendance",
    "student_day",
    "submit_roll",
    "taken_by_hand",
    "unloaded_rules",
    "valid_codes",
    "waive_roll",
    "watch_list",
    "withdraw_absence",
    "year_figures",
]
