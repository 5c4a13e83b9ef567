"""Addresses of watching over the house: the audit log and the jobs."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from firstbell.platform.web import views_watch

urlpatterns: list[URLPattern | URLResolver] = [
    path("audit/", views_watch.audit_log, name="audit_log"),
    path("audit/verify/", views_watch.audit_verify, name="audit_verify"),
    path("jobs/", views_watch.jobs, name="jobs"),
    path("jobs/<str:name>/run/", views_watch.job_run, name="job_run"),
]
