"""Addresses of the people room."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from firstbell.people.web import views_contact, views_find, views_staff, views_student

urlpatterns: list[URLPattern | URLResolver] = [
    path("find/", views_find.find_people, name="find_people"),
    path("students/<int:student_id>/", views_student.student, name="student"),
    path(
        "students/<int:student_id>/enrollments/",
        views_student.student_enrollments,
        name="student_enrollments",
    ),
    path("students/<int:student_id>/schedule/", views_student.student_schedule, name="student_schedule"),
    path("students/<int:student_id>/history/", views_student.student_history, name="student_history"),
    path(
        "students/<int:student_id>/open/<str:code>/<str:field>/",
        views_student.open_field,
        name="student_open_field",
    ),
    path("contacts/<int:contact_id>/", views_contact.contact, name="contact"),
    path("staff/<int:staff_id>/", views_staff.staff_member, name="staff_member"),
]
