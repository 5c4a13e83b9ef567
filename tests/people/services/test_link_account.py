"""An account sees what the person behind it may see, from the moment the two are tied."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction

from firstbell.people.api import job_viewer, link_accounts, viewer_for
from firstbell.people.testing import TODAY, small_district
from firstbell.platform.access import NotAllowed, NotVisible
from firstbell.platform.models import AuditEntry

pytestmark = pytest.mark.django_db
JOB = job_viewer("test", TODAY)


@pytest.fixture
def district():
    return small_district()


@pytest.fixture
def account():
    return get_user_model().objects.create(username="somebody")


@pytest.mark.parametrize(
    ("kind", "key", "role"),
    [
        ("staff", "north-nurse", "nurse"),
        ("contact", "c-north-0", "guardian"),
        ("student", "north-0", "student"),
    ],
)
def test_the_account_is_the_person(district, account, kind, key, role):
    assert viewer_for(account, TODAY).roles == ()
    link_accounts(JOB, kind, {district.id(kind, key): account.pk})
    assert {held.role for held in viewer_for(account, TODAY).roles} == {role}
    assert AuditEntry.objects.get(action="account.link").object_kind == kind


def test_many_are_tied_with_one_record(district):
    people = [district.id("student", f"north-{n}") for n in range(6)]
    accounts = [get_user_model().objects.create(username=f"n{n}").pk for n in range(6)]
    link_accounts(JOB, "student", dict(zip(people, accounts, strict=True)))
    assert AuditEntry.objects.get(action="account.link").count == 6
    link_accounts(JOB, "student", {})
    assert AuditEntry.objects.filter(action="account.link").count() == 1


def test_a_person_who_is_not_there_refuses_all(district, account):
    other = get_user_model().objects.create(username="other")
    with pytest.raises(NotVisible):
        link_accounts(JOB, "staff", {district.id("staff", "north-nurse"): account.pk, 10**9: other.pk})
    assert viewer_for(account, TODAY).roles == ()


def test_one_account_is_one_person(district, account):
    link_accounts(JOB, "staff", {district.id("staff", "north-nurse"): account.pk})
    with pytest.raises(IntegrityError), transaction.atomic():
        link_accounts(JOB, "staff", {district.id("staff", "north-clerk"): account.pk})


def test_who_keeps_accounts_ties_them(district, account):
    nurse = {district.id("staff", "north-nurse"): account.pk}
    link_accounts(district.viewer("staff", "chief"), "staff", nurse)
    with pytest.raises(NotAllowed):
        link_accounts(district.viewer("staff", "north-principal"), "staff", nurse)
