"""Addresses of the attendance room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from firstbell.attendance.web import (
    views_absences,
    views_board,
    views_letters,
    views_office,
    views_periods,
    views_roll,
    views_schools,
    views_student,
)
from firstbell.platform.web import converters  # noqa: F401 - registers <day:…>

MEETING = "roll/<int:section_id>/<day:day>/<int:slot>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", views_roll.rolls, name="rolls"),
    path(MEETING, views_roll.roll, name="roll"),
    path(f"{MEETING}waive/", views_board.waive_roll, name="waive_roll"),
    path("board/", views_board.board, name="board"),
    path("missing/", views_board.missing_rolls, name="missing_rolls"),
    path("contradictions/", views_board.conflicts, name="conflicts"),
    path("counter/", views_office.counter, name="counter"),
    path("absences/", views_absences.known_absences, name="known_absences"),
    path("absences/<int:absence_id>/decide/", views_absences.decide_absence, name="decide_absence"),
    path("absences/<int:absence_id>/withdraw/", views_absences.withdraw_absence, name="withdraw_absence"),
    path("students/<int:student_id>/", views_student.student_attendance, name="student_attendance"),
    path("students/<int:student_id>/<day:day>/", views_office.student_day, name="student_day"),
    path("students/<int:student_id>/<day:day>/mark/", views_office.mark_day, name="mark_day"),
    path("students/<int:student_id>/absence/", views_absences.enter_absence, name="enter_absence"),
    path("students/<int:student_id>/report/", views_absences.report_absence, name="report_absence"),
    path("students/<int:student_id>/notes/", views_student.case_note, name="case_note"),
    path("schools/", views_schools.schools_attendance, name="schools_attendance"),
    path("schools/<int:school_id>/", views_schools.school_attendance, name="school_attendance"),
    path("schools/<int:school_id>/watch/", views_schools.watch_list, name="watch_list"),
    path("schools/<int:school_id>/periods/", views_periods.school_periods, name="school_periods"),
    path("schools/<int:school_id>/periods/<str:period>/", views_periods.school_period, name="school_period"),
    path(
        "schools/<int:school_id>/periods/<str:period>/students/",
        views_periods.period_students,
        name="period_students",
    ),
    path(
        "schools/<int:school_id>/periods/<str:period>/close/",
        views_periods.close_period,
        name="close_period",
    ),
    path("closed/<int:lock_id>/amend/", views_periods.amend_period, name="amend_period"),
    path("closed/<int:lock_id>/", views_periods.closed_period, name="closed_period"),
    path("letters/", views_letters.letters, name="letters"),
    path("letters/<int:letter_id>/", views_letters.letter, name="letter"),
    path("letters/<int:letter_id>/decide/", views_letters.decide_letter, name="decide_letter"),
    path("letters/schools/<int:school_id>/", views_letters.letters_act, name="letters_act"),
    path("letters/<int:letter_id>/decide/", views_letters.decide_letter, name="decide_letter"),
    path("letters/schools/<int:school_id>/print/", views_letters.print_queue, name="print_queue"),
    path("letters/copies/<int:delivery_id>/", views_letters.letter_file, name="letter_file"),
    path("letters/copies/<int:delivery_id>/print/", views_letters.print_instead, name="print_instead"),
]
