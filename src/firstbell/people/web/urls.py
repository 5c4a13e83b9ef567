"""Addresses of the people room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from firstbell.people.web import (
    views_contact,
    views_desk,
    views_disclosure,
    views_family,
    views_find,
    views_program,
    views_registrar,
    views_schedule,
    views_school,
    views_staff,
    views_student,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("accounts/", include("firstbell.people.web.accounts.urls")),
    path("find/", views_find.find_people, name="find_people"),
    path("desk/", views_desk.registrar_desk, name="registrar_desk"),
    path(
        "problems/<slug:code>/<int:school_id>/",
        views_desk.roster_problem,
        name="roster_problem",
    ),
    path("students/<int:student_id>/", views_student.student, name="student"),
    path(
        "students/<int:student_id>/enrollments/",
        views_student.student_enrollments,
        name="student_enrollments",
    ),
    path("students/<int:student_id>/schedule/", views_student.student_schedule, name="student_schedule"),
    path("students/<int:student_id>/history/", views_student.student_history, name="student_history"),
    path(
        "students/<int:student_id>/disclosures/",
        views_disclosure.student_disclosures,
        name="student_disclosures",
    ),
    path(
        "students/<int:student_id>/disclosures/add/", views_disclosure.disclosure_add, name="disclosure_add"
    ),
    path(
        "students/<int:student_id>/open/<str:code>/<str:field>/",
        views_student.open_field,
        name="student_open_field",
    ),
    path("mine/", views_family.my_students, name="my_students"),
    path("enroll/", views_registrar.enroll_new, name="enroll_new"),
    path("enroll/known/<str:token>/", views_registrar.enroll_known, name="enroll_known"),
    path("students/<int:student_id>/enroll/", views_registrar.student_place, name="student_place"),
    path("students/<int:student_id>/withdraw/", views_registrar.student_withdraw, name="student_withdraw"),
    path(
        "students/<int:student_id>/enrollments/<int:enrollment_id>/correct/",
        views_registrar.enrollment_correct,
        name="enrollment_correct",
    ),
    path("students/<int:student_id>/undo/<int:act_id>/", views_registrar.act_undo, name="act_undo"),
    path("students/<int:student_id>/sections/", views_schedule.section_choose, name="student_section_choose"),
    path(
        "students/<int:student_id>/sections/<int:section_id>/add/",
        views_schedule.section_add,
        name="student_section_add",
    ),
    path(
        "students/<int:student_id>/sections/<int:section_id>/drop/",
        views_schedule.section_drop,
        name="student_section_drop",
    ),
    path("students/<int:student_id>/edit/", views_student.student_edit, name="student_edit"),
    path("students/<int:student_id>/contacts/add/", views_contact.contact_add, name="contact_add"),
    path(
        "students/<int:student_id>/contacts/<int:contact_id>/link/",
        views_contact.contact_link,
        name="contact_link",
    ),
    path(
        "students/<int:student_id>/contacts/<int:contact_id>/rights/",
        views_contact.contact_rights,
        name="contact_rights",
    ),
    path("students/<int:student_id>/orders/add/", views_contact.order_add, name="order_add"),
    path("students/<int:student_id>/orders/<int:order_id>/end/", views_contact.order_end, name="order_end"),
    path("students/<int:student_id>/programs/add/", views_program.program_add, name="program_add"),
    path(
        "students/<int:student_id>/programs/<int:participation_id>/end/",
        views_program.program_end,
        name="program_end",
    ),
    path("contacts/<int:contact_id>/edit/", views_contact.contact_edit, name="contact_edit"),
    path("contacts/<int:contact_id>/", views_contact.contact, name="contact"),
    path("schools/", views_school.schools, name="schools"),
    path("schools/<int:school_id>/", views_school.school, name="school"),
    path("schools/<int:school_id>/sections/", views_school.school_sections, name="school_sections"),
    path("schools/<int:school_id>/days/<str:day>/", views_school.school_day, name="school_day"),
    path("sections/<int:section_id>/", views_school.section, name="section"),
    path("staff/<int:staff_id>/", views_staff.staff_member, name="staff_member"),
]
