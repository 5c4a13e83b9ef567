"""The list of accounts: filters find whom they say, roles are those that open pages, fields as the matrix."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from firstbell.people import api
from firstbell.people.models import RoleGrant, StudentDemographics, Substitution
from firstbell.people.selectors.roles_held import holding, roles_held
from firstbell.people.selectors.viewer import is_adult, of_age_if_born_by, viewer_for
from firstbell.people.testing import TODAY, SmallDistrict, small_district
from firstbell.platform.access import POLICY, NotAllowed
from firstbell.platform.accounts.traces import _refused, _signed_in
from firstbell.platform.models import Account
from firstbell.platform.testing import viewer_with

pytestmark = pytest.mark.django_db
CHIEF = viewer_with("technology_chief", account_id=901)
PEOPLE = {
    "staff": ["chief", "superintendent", "substitute", "north-teacher", "north-clerk", "south-registrar"],
    "contact": ["c-north-0"],
    "student": ["north-0", "north-1"],
}


@pytest.fixture
def district() -> SmallDistrict:
    district = small_district()
    for kind, keys in PEOPLE.items():
        for key in keys:
            district.account(kind, key)
    StudentDemographics.objects.filter(student=district.id("student", "north-1")).update(
        birth_date=date(2008, 11, 24)
    )
    Substitution.objects.create(
        section_id=district.id("section", "north-x1"), staff_id=district.id("staff", "substitute"), day=TODAY
    )
    RoleGrant.objects.create(account=district.account("staff", "north-clerk"), role="auditor", begin=TODAY)
    return district


def names(**asked: Any) -> set[str]:
    return {row.username for row in api.accounts(CHIEF, **asked)[:100]}


def test_roles_in_words_are_the_roles_that_open_pages_and_the_filter_finds_them(
    district: SmallDistrict,
) -> None:
    accounts = list(Account.objects.all())
    told = roles_held([account.pk for account in accounts], TODAY)
    held = {account.username: {one.role for one in viewer_for(account, TODAY).roles} for account in accounts}
    assert {account.username: {one.role for one in told[account.pk]} for account in accounts} == held
    assert {"eligible_student"} in held.values()
    for role in POLICY.roles:
        found = set(Account.objects.filter(holding(role, TODAY)).values_list("username", flat=True))
        assert found == {name for name, roles in held.items() if role in roles}, role


@pytest.mark.parametrize("today", [date(2026, 2, 28), date(2028, 2, 29), date(2026, 3, 1), TODAY])
def test_of_age_is_said_the_same_to_the_database(today: date) -> None:
    middle = date(today.year - 18, today.month, 1)
    last = of_age_if_born_by(today)
    for n in range(-40, 70):
        born = middle + timedelta(days=n)
        assert is_adult(born, today) == (born <= last), born


def test_filters_find_whom_they_say(district: SmallDistrict) -> None:
    everybody = names()
    assert len(everybody) == 9
    assert names(kind="contact") == {"contact-c-north-0"}
    assert names(kind="student") == {"student-north-0", "student-north-1"}
    Account.objects.create_account("loose", display_name="Ana Loose")
    assert names(kind="none") == {"loose"}
    assert names(text="LOO") == names(text="ana") == {"loose"}
    assert names(text="nobody") == set()
    needing = {
        "staff-chief",
        "staff-superintendent",
        "staff-north-clerk",
        "staff-south-registrar",
    }
    assert names(factor="none") == needing
    Authenticator.objects.create(
        user=Account.objects.get(username="staff-chief"), type=Authenticator.Type.TOTP, data={}
    )
    assert names(factor="none") == needing - {"staff-chief"}
    assert names(factor="set") == {"staff-chief"}
    assert names(role="registrar") == {"staff-south-registrar"}


def test_dormant_never_and_closed(district: SmallDistrict) -> None:
    now = timezone.now()
    for name, days in (("staff-chief", 44), ("staff-superintendent", 46)):
        Account.objects.filter(username=name).update(last_login=now - timedelta(days=days))
    Account.objects.filter(username="student-north-0").update(created_at=now - timedelta(days=50))
    assert names(state="dormant") == {"staff-superintendent", "student-north-0"}
    assert names(state="never") == names() - {"staff-chief", "staff-superintendent"}
    Account.objects.filter(username="student-north-0").update(is_active=False)
    assert names(state="closed") == {"student-north-0"}
    assert "student-north-0" not in names() | names(state="dormant") | names(state="never")
    assert len(names(state="all")) == 9


def test_five_wrong_passwords_within_minutes_hold_back_until_a_sign_in_succeeds(
    district: SmallDistrict,
) -> None:
    account = Account.objects.get(username="staff-chief")
    for n in range(5):
        assert names(state="held") == set(), n
        _refused(None, {"username": "Staff-Chief"})
    assert names(state="held") == {"staff-chief"}
    assert api.account_page(CHIEF, account.pk).held_back
    _refused(None, {"username": "nobody"})
    _signed_in(None, account)
    assert names(state="held") == set()


def test_each_role_sees_the_fields_that_the_matrix_opens(district: SmallDistrict) -> None:
    number = district.account("student", "north-0").pk
    seen = {
        role: api.account_page(viewer_with(role, account_id=901), number)
        for role in ("technology_chief", "system_administrator", "privacy_officer")
    }
    chief = seen["technology_chief"]
    assert (chief.row.name, chief.person) == ("north-0", "Learner-north, First0")
    assert [one.role for one in chief.row.roles or ()] == ["student"]
    for role in ("system_administrator", "privacy_officer"):
        page = seen[role]
        assert (page.row.name, page.row.email, page.person, page.row.roles) == ("", "", "", None)
        with pytest.raises(NotAllowed):
            api.accounts(viewer_with(role), role="student")
    assert seen["system_administrator"].events is None  # adds to the log, does not read it
    assert seen["privacy_officer"].events is not None
    # names are not found by somebody who does not see them
    assert list(api.accounts(viewer_with("system_administrator"), text="north-0")[:9]) == []
