"""The door of the people room: what other rooms and its own pages may call.

Scoped querysets may cross this door so that another room can narrow its own rows by them
(``student__in=students_in_scope(...)``); rows themselves cross as values of ``people.data``.
"""

from firstbell.people.models.source import sourced_id
from firstbell.people.rules.codes import code_choices, codes_on
from firstbell.people.rules.plausibility import examine
from firstbell.people.selectors.account_page import account_page
from firstbell.people.selectors.accounts import AccountList, accounts, dormant_after, sees_account_field
from firstbell.people.selectors.brought import brought_by
from firstbell.people.selectors.contact_page import contact_page
from firstbell.people.selectors.counts import people_counts
from firstbell.people.selectors.day_facts import DayFacts, Stay, day_facts, schools_of
from firstbell.people.selectors.disclosures import disclosures_of
from firstbell.people.selectors.district import district_name
from firstbell.people.selectors.editing import (
    contact_choices,
    contact_draft,
    contact_rights,
    student_values,
)
from firstbell.people.selectors.ending import ending_labels
from firstbell.people.selectors.find import find_people, may_find
from firstbell.people.selectors.grants import CONFIRMERS, grant_row, schools_to_grant, waiting_grants
from firstbell.people.selectors.known import known_student
from firstbell.people.selectors.labels import period_names, section_titles
from firstbell.people.selectors.meeting_counts import MeetingCount, meeting_counts
from firstbell.people.selectors.meeting_facts import MeetingFacts, meeting_facts, taught_between
from firstbell.people.selectors.meeting_spans import MeetingSpan, meeting_spans, taught_letters
from firstbell.people.selectors.membership import Membership, membership, taught_dates
from firstbell.people.selectors.names import names_of
from firstbell.people.selectors.own_students import own_students
from firstbell.people.selectors.posts import posts_at
from firstbell.people.selectors.problems import (
    anything_set_up,
    problem_rows,
    roster_problems,
    schools_unset,
)
from firstbell.people.selectors.recent_acts import recent_acts
from firstbell.people.selectors.recipients import letterheads, recipients_of
from firstbell.people.selectors.roster import roster_for, students_leaving
from firstbell.people.selectors.school_day import meetings_on, school_days, teachers_of
from firstbell.people.selectors.school_list import may_enroll, schools_to_enroll
from firstbell.people.selectors.school_page import day_of_school, school_page, school_rows
from firstbell.people.selectors.scope import (
    schools_in_scope,
    schools_to_schedule,
    sections_in_scope,
    students_in_scope,
)
from firstbell.people.selectors.section_choice import sections_to_choose
from firstbell.people.selectors.section_list import sections_of_school
from firstbell.people.selectors.section_page import section_page
from firstbell.people.selectors.section_roster import section_roster, section_rosters
from firstbell.people.selectors.sign_ins import sign_in_counts
from firstbell.people.selectors.source_ids import (
    leaving_ids,
    only_periods,
    section_schools,
    source_ids,
    students_of_ids,
)
from firstbell.people.selectors.staff_mail import StaffMail, post_mail, section_mail
from firstbell.people.selectors.staff_page import staff_page
from firstbell.people.selectors.student_days import school_on, schools_on, taught_days_of
from firstbell.people.selectors.student_page import (
    contacts_of,
    program_kinds,
    student_card,
    student_page,
)
from firstbell.people.selectors.student_record import (
    acts_of,
    enrollment_versions,
    enrollments_as,
    schedule_of,
)
from firstbell.people.selectors.substitutions import acting_for_on
from firstbell.people.selectors.taught_days import last_taught_days
from firstbell.people.selectors.taught_months import taught_months
from firstbell.people.selectors.viewer import job_viewer, running, viewer_for
from firstbell.people.services.apply_roster import Held, apply_roster
from firstbell.people.services.arrange_substitute import arrange_substitutes
from firstbell.people.services.assign_caseload import assign_caseload
from firstbell.people.services.contact import (
    add_contact,
    add_court_order,
    change_rights,
    edit_contact,
    end_court_order,
    link_contact,
)
from firstbell.people.services.correct import correct_enrollment, correct_student
from firstbell.people.services.enroll import enroll_known_student, enroll_new_student, find_known
from firstbell.people.services.enter_disclosure import enter_disclosure
from firstbell.people.services.grant_role import grant_first_role
from firstbell.people.services.grants import (
    FROM_THE_ROSTER,
    ask_grant,
    confirm_grant,
    decline_grant,
    needs_school,
    revoke_grant,
)
from firstbell.people.services.holding import hold_students
from firstbell.people.services.keeping import close_account
from firstbell.people.services.leave import transfer, withdraw
from firstbell.people.services.link_account import link_account, link_accounts, unlink_account
from firstbell.people.services.note_disclosure import note_disclosure
from firstbell.people.services.once import once, sent_before
from firstbell.people.services.open_field import open_field
from firstbell.people.services.program import add_program, end_program
from firstbell.people.services.record_court_order import NewCourtOrder, record_court_orders
from firstbell.people.services.rehearse import rehearse
from firstbell.people.services.section_membership import (
    add_to_section,
    change_section,
    drop_from_section,
)
from firstbell.people.services.set_day import set_day
from firstbell.people.services.undo import undo

__all__ = [
    "CONFIRMERS",
    "FROM_THE_ROSTER",
    "AccountList",
    "DayFacts",
    "Held",
    "MeetingCount",
    "MeetingFacts",
    "MeetingSpan",
    "Membership",
    "NewCourtOrder",
    "StaffMail",
    "Stay",
    "account_page",
    "accounts",
    "acting_for_on",
    "acts_of",
    "add_contact",
    "add_court_order",
    "add_program",
    "add_to_section",
    "anything_set_up",
    "apply_roster",
    "arrange_substitutes",
    "ask_grant",
    "assign_caseload",
    "brought_by",
    "change_rights",
    "change_section",
    "close_account",
    "code_choices",
    "codes_on",
    "confirm_grant",
    "contact_choices",
    "contact_draft",
    "contact_page",
    "contact_rights",
    "contacts_of",
    "correct_enrollment",
    "correct_student",
    "day_facts",
    "day_of_school",
    "decline_grant",
    "disclosures_of",
    "district_name",
    "dormant_after",
    "drop_from_section",
    "edit_contact",
    "end_court_order",
    "end_program",
    "ending_labels",
    "enroll_known_student",
    "enroll_new_student",
    "enrollment_versions",
    "enrollments_as",
    "enter_disclosure",
    "examine",
    "find_known",
    "find_people",
    "grant_first_role",
    "grant_row",
    "hold_students",
    "job_viewer",
    "known_student",
    "last_taught_days",
    "leaving_ids",
    "letterheads",
    "link_account",
    "link_accounts",
    "link_contact",
    "may_enroll",
    "may_find",
    "meeting_counts",
    "meeting_facts",
    "meeting_spans",
    "meetings_on",
    "membership",
    "names_of",
    "needs_school",
    "note_disclosure",
    "once",
    "only_periods",
    "open_field",
    "own_students",
    "people_counts",
    "period_names",
    "post_mail",
    "posts_at",
    "problem_rows",
    "program_kinds",
    "recent_acts",
    "recipients_of",
    "record_court_orders",
    "rehearse",
    "revoke_grant",
    "roster_for",
    "roster_problems",
    "running",
    "schedule_of",
    "school_days",
    "school_on",
    "school_page",
    "school_rows",
    "schools_in_scope",
    "schools_of",
    "schools_on",
    "schools_to_enroll",
    "schools_to_grant",
    "schools_to_schedule",
    "schools_unset",
    "section_mail",
    "section_page",
    "section_roster",
    "section_rosters",
    "section_schools",
    "section_titles",
    "sections_in_scope",
    "sections_of_school",
    "sections_to_choose",
    "sees_account_field",
    "sent_before",
    "set_day",
    "sign_in_counts",
    "source_ids",
    "sourced_id",
    "staff_page",
    "student_card",
    "student_page",
    "student_values",
    "students_in_scope",
    "students_leaving",
    "students_of_ids",
    "taught_between",
    "taught_dates",
    "taught_days_of",
    "taught_letters",
    "taught_months",
    "teachers_of",
    "transfer",
    "undo",
    "unlink_account",
    "viewer_for",
    "waiting_grants",
    "withdraw",
]
