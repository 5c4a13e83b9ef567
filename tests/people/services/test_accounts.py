"""Those who keep accounts: what they may do, what is refused, that one is always left, and the record."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from firstbell.kernel.finding import Refused
from firstbell.people import api
from firstbell.people.data import NewGrant
from firstbell.people.models import RoleGrant, Staff, StaffAssignment
from firstbell.people.selectors.viewer import viewer_for
from firstbell.people.testing import TODAY, SmallDistrict, small_district
from firstbell.platform.access import POLICY, NotAllowed, NotVisible, Viewer
from firstbell.platform.accounts import end_open_sessions, open_sessions, password_link, reopen_account
from firstbell.platform.models import Account, AuditEntry
from firstbell.platform.testing import viewer_with

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)
NEXT_MONTH = TODAY + timedelta(days=30)


@pytest.fixture
def district() -> SmallDistrict:
    return small_district()


@pytest.fixture
def chief(district: SmallDistrict) -> Viewer:
    return district.viewer("staff", "chief")


@pytest.fixture
def clerk(district: SmallDistrict) -> int:
    return int(district.account("staff", "north-clerk").pk)


@pytest.fixture
def second(district: SmallDistrict) -> Viewer:
    """Somebody who confirms: the superintendent."""
    return district.viewer("staff", "superintendent")


def administrator(name: str = "admin") -> Any:
    """An account that is system administrator by a grant of the installation."""
    account = Account.objects.create_account(name)
    RoleGrant.objects.create(account=account, role="system_administrator", begin=TODAY)
    return account


def asked(account: int, **changes: Any) -> NewGrant:
    values = {
        "account_id": account,
        "role": "hr",
        "school_id": None,
        "begin": TODAY,
        "end": NEXT_MONTH,
        "reason": "stands in for the head of HR",
    }
    return NewGrant(**(values | changes))


def codes(refused: Any) -> set[str]:
    return {finding.code for finding in refused.value.findings}


def roles(account: int) -> set[str]:
    return {held.role for held in viewer_for(Account.objects.get(pk=account), TODAY).roles}


def acts(prefix: str) -> list[tuple[str, int | None, str]]:
    rows = AuditEntry.objects.filter(action__startswith=prefix).order_by("sequence")
    return list(rows.values_list("action", "actor_id", "reason"))


def test_a_grant_is_in_force_when_a_second_person_confirmed_it_and_ends_by_itself(
    chief: Viewer, second: Viewer, clerk: int
) -> None:
    number, in_force = api.ask_grant(chief, asked(clerk))
    assert (in_force, roles(clerk)) == (False, {"attendance_clerk"})
    assert [row.id for row in api.waiting_grants(second)] == [number]
    api.confirm_grant(second, number)
    assert roles(clerk) == {"attendance_clerk", "hr"}
    account = Account.objects.get(pk=clerk)
    for day, held in ((NEXT_MONTH, True), (NEXT_MONTH + timedelta(days=1), False)):
        assert any(one.role == "hr" for one in viewer_for(account, day).roles) is held
    reason = "stands in for the head of HR"
    assert acts("role.") == [
        ("role.ask", chief.account_id, reason),
        ("role.confirm", second.account_id, reason),
    ]


def test_a_grant_is_ended_early_at_once_with_a_reason_and_stays_on_record(
    chief: Viewer, second: Viewer, clerk: int
) -> None:
    number, _ = api.ask_grant(chief, asked(clerk))
    api.confirm_grant(second, number)
    with pytest.raises(Refused) as refused:
        api.revoke_grant(chief, number, reason=" ")
    assert codes(refused) == {"grant.reason"}
    api.revoke_grant(chief, number, reason="she is back")
    assert roles(clerk) == {"attendance_clerk"}
    assert RoleGrant.objects.get(pk=number).end == YESTERDAY
    assert acts("role.revoke") == [("role.revoke", chief.account_id, "she is back")]
    with pytest.raises(NotVisible):
        api.revoke_grant(chief, number, reason="twice")
    assert [row.state for row in api.account_page(chief, clerk).grants] == ["ended"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"role": "teacher"}, {"grant.role"}),
        ({"role": "guardian"}, {"grant.role"}),
        ({"role": "wizard"}, {"grant.role"}),
        ({"role": "registrar"}, {"grant.school"}),
        ({"role": "registrar", "school_id": 999_999}, {"grant.school"}),
        ({"begin": YESTERDAY}, {"grant.span"}),
        ({"end": YESTERDAY}, {"grant.span"}),
        ({"end": None}, {"grant.end"}),
        ({"role": "privacy_officer", "end": None}, {"grant.end"}),
        ({"reason": "  "}, {"grant.reason"}),
    ],
)
def test_a_grant_that_is_not_right_is_refused_in_a_sentence(
    chief: Viewer, clerk: int, changes: dict[str, Any], expected: set[str]
) -> None:
    with pytest.raises(Refused) as refused:
        api.ask_grant(chief, asked(clerk, **changes))
    assert codes(refused) == expected
    assert all(finding.message and finding.next_step for finding in refused.value.findings)
    assert not RoleGrant.objects.exists()


def test_nobody_grants_to_themselves_nor_twice_nor_to_a_closed_account(chief: Viewer, clerk: int) -> None:
    with pytest.raises(Refused) as refused:
        api.ask_grant(chief, asked(chief.account_id or 0))
    assert codes(refused) == {"grant.own"}
    api.ask_grant(chief, asked(clerk))
    with pytest.raises(Refused) as refused:
        api.ask_grant(chief, asked(clerk, begin=TODAY + timedelta(days=5), end=NEXT_MONTH))
    assert codes(refused) == {"grant.twice"}
    api.ask_grant(
        chief,
        asked(clerk, begin=NEXT_MONTH + timedelta(days=1), end=NEXT_MONTH + timedelta(days=9)),
    )
    api.close_account(chief, clerk, reason="left")
    with pytest.raises(Refused) as refused:
        api.ask_grant(chief, asked(clerk, role="business_office"))
    assert codes(refused) == {"grant.closed"}


def test_neither_who_asked_nor_who_receives_confirms(district: SmallDistrict, chief: Viewer) -> None:
    other = viewer_for(administrator(), TODAY)
    number, _ = api.ask_grant(chief, asked(other.account_id or 0))
    for viewer in (chief, other):
        with pytest.raises(Refused) as refused:
            api.confirm_grant(viewer, number)
        assert codes(refused) == {"grant.second_person"}
    api.decline_grant(other, number)
    assert not RoleGrant.objects.filter(pk=number).exists()
    assert [action for action, _, _ in acts("role.")] == ["role.ask", "role.decline"]


def test_the_only_keeper_makes_one_other_keeper_alone_and_nothing_else(
    district: SmallDistrict, chief: Viewer, clerk: int
) -> None:
    StaffAssignment.objects.filter(role="superintendent").delete()
    _, in_force = api.ask_grant(chief, asked(clerk))
    assert not in_force  # data for somebody waits until there is a second person
    _, in_force = api.ask_grant(chief, asked(clerk, role="technology_chief", end=None))
    assert in_force
    assert roles(clerk) == {"attendance_clerk", "technology_chief"}
    third = district.account("staff", "north-nurse").pk
    _, in_force = api.ask_grant(chief, asked(third, role="technology_chief", end=None))
    assert not in_force


@pytest.mark.parametrize("role", sorted(set(POLICY.roles) - {"technology_chief", "system_administrator"}))
def test_no_other_role_keeps_accounts(district: SmallDistrict, clerk: int, role: str) -> None:
    viewer = viewer_with(role, account_id=7)
    for attempt in (
        lambda: api.ask_grant(viewer, asked(clerk)),
        lambda: api.revoke_grant(viewer, 1, reason="x"),
        lambda: api.close_account(viewer, clerk, reason="x"),
        lambda: reopen_account(viewer, clerk),
        lambda: password_link(viewer, clerk),
        lambda: end_open_sessions(viewer, clerk, reason="x"),
        lambda: open_sessions(viewer, clerk),
        lambda: api.link_account(viewer, clerk, "staff", 1),
        lambda: api.unlink_account(viewer, clerk, "staff"),
        lambda: api.schools_to_grant(viewer),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    if role != "privacy_officer":
        with pytest.raises(NotAllowed):
            api.accounts(viewer)
        with pytest.raises(NotAllowed):
            api.account_page(viewer, clerk)


def test_somebody_who_keeps_accounts_is_always_left(district: SmallDistrict, chief: Viewer) -> None:
    """The chief by post and an administrator by grant: each act that would leave neither is refused."""
    account = administrator()
    admin = viewer_for(account, TODAY)
    grant = RoleGrant.objects.get(account=account).pk
    StaffAssignment.objects.filter(role="technology_chief").update(end=YESTERDAY)
    for attempt in (
        lambda: api.revoke_grant(admin, grant, reason="not mine"),
        lambda: api.close_account(chief, account.pk, reason="two at once"),  # the chief's page was open still
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert codes(refused) == {"account.last_keeper"}
    assert roles(account.pk) == {"system_administrator"}
    StaffAssignment.objects.filter(role="technology_chief").update(end=None)
    api.revoke_grant(admin, grant, reason="not mine")
    with pytest.raises(Refused) as refused:
        api.unlink_account(admin, chief.account_id or 0, "staff")
    assert codes(refused) == {"account.last_keeper"}
    assert Staff.objects.filter(account=chief.account_id).exists()


def test_an_account_is_closed_and_reopened_by_somebody_else_with_a_reason(
    chief: Viewer, clerk: int, client: Any
) -> None:
    client.force_login(Account.objects.get(pk=clerk))
    with pytest.raises(Refused) as refused:
        api.close_account(chief, chief.account_id or 0, reason="x")
    assert codes(refused) & {"account.own", "account.last_keeper"}
    with pytest.raises(Refused) as refused:
        api.close_account(chief, clerk, reason=" ")
    assert codes(refused) == {"account.reason"}
    with pytest.raises(NotVisible):
        api.close_account(chief, 999_999, reason="x")
    assert Session.objects.count() == 1
    api.close_account(chief, clerk, reason="left the district")
    assert not Session.objects.exists()
    assert roles(clerk) == set()
    with pytest.raises(Refused):
        password_link(chief, clerk)
    reopen_account(chief, clerk)
    assert roles(clerk) == {"attendance_clerk"}
    assert acts("account.") == [
        ("account.deactivate", chief.account_id, "left the district"),
        ("account.reopen", chief.account_id, ""),
    ]


def test_sessions_are_ended_everywhere_but_here(chief: Viewer, clerk: int, client: Any) -> None:
    for number in (clerk, chief.account_id):
        client.cookies.clear()
        client.force_login(Account.objects.get(pk=number))
    assert len(open_sessions(chief, clerk)) == 1
    with pytest.raises(Refused) as refused:
        end_open_sessions(chief, clerk, reason="")
    assert codes(refused) == {"account.reason"}
    assert end_open_sessions(chief, clerk, reason="laptop stolen") == 1
    here = client.session.session_key
    assert end_open_sessions(chief, chief.account_id or 0, reason="laptop stolen", keep=here) == 0
    assert [row.pk for row in Session.objects.all()] == [here]
    with pytest.raises(NotVisible):
        end_open_sessions(chief, 999_999, reason="x")
    row = AuditEntry.objects.filter(action="session.end_all").order_by("sequence").first()
    assert row is not None
    assert (row.actor_id, row.object_id, row.count) == (chief.account_id, str(clerk), 1)


def test_a_person_has_one_account_and_an_account_one_person(
    district: SmallDistrict, chief: Viewer, clerk: int
) -> None:
    free = Account.objects.create_account("new.person").pk
    with pytest.raises(Refused) as refused:
        api.link_account(chief, free, "staff", district.id("staff", "north-clerk"))
    assert codes(refused) == {"account.tied"}
    with pytest.raises(Refused) as refused:
        api.link_account(chief, clerk, "staff", district.id("staff", "north-nurse"))
    assert codes(refused) == {"account.tied"}
    with pytest.raises(Refused) as refused:
        api.link_account(chief, chief.account_id or 0, "staff", district.id("staff", "north-nurse"))
    assert codes(refused) == {"account.own"}
    with pytest.raises(NotVisible):
        api.link_account(chief, free, "staff", 999_999)
    api.unlink_account(chief, clerk, "staff")
    assert roles(clerk) == set()
    api.link_account(chief, free, "staff", district.id("staff", "north-clerk"))
    assert roles(free) == {"attendance_clerk"}
    assert [action for action, _, _ in acts("account.")] == ["account.unlink", "account.link"]
