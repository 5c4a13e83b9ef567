"""Addresses of the accounts' pages."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from firstbell.people.web.accounts import views, views_acts, views_grants

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.accounts, name="accounts"),
    path("new/", views_acts.account_new, name="account_new"),
    path("waiting/", views_grants.waiting, name="accounts_waiting"),
    path("<int:account_id>/", views.account, name="account"),
    path("<int:account_id>/person/", views_acts.account_person, name="account_person"),
    path("<int:account_id>/password/", views_acts.account_password, name="account_password"),
    path("<int:account_id>/close/", views_acts.account_close, name="account_close"),
    path("<int:account_id>/reopen/", views_acts.account_reopen, name="account_reopen"),
    path("<int:account_id>/sessions/", views_acts.account_sessions, name="account_sessions"),
    path("<int:account_id>/second-factor/", views_acts.factor_ask, name="account_factor"),
    path("<int:account_id>/grant/", views_grants.grant_ask, name="account_grant"),
    path("second-factor/<int:reset_id>/", views_grants.factor_approve, name="factor_approve"),
    path("grants/<int:grant_id>/", views_grants.grant_decide, name="grant_decide"),
    path("grants/<int:grant_id>/end/", views_grants.grant_end, name="grant_end"),
]
