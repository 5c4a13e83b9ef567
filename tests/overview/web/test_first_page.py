"""The first page of each role, and what the bridge costs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from firstbell.attendance import api as attendance
from firstbell.overview import api
from firstbell.people.models import RoleGrant
from firstbell.people.testing import TODAY, SmallDistrict, small_district
from firstbell.platform.models import AuditEntry

pytestmark = pytest.mark.django_db
BUDGET = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())


@pytest.mark.parametrize(
    ("kind", "key", "where"),
    [
        ("staff", "north-teacher", "/attendance/"),
        ("staff", "north-registrar", "/people/desk/"),
    ],
)
def test_each_role_lands_where_its_day_begins(enter: Any, kind: str, key: str, where: str) -> None:
    response = enter(key, kind).get("/")
    assert (response.status_code, response["Location"]) == (302, where)


def test_the_technology_chief_lands_on_the_bridge_even_when_teaching(
    enter: Any, district: SmallDistrict
) -> None:
    RoleGrant.objects.create(
        account=district.account("staff", "north-teacher"), role="technology_chief", begin=TODAY
    )
    response = enter("north-teacher").get("/")
    assert response.status_code == 200
    assert "Waiting for somebody" in response.content.decode()


def test_somebody_without_a_role_is_told_whom_to_ask(enter: Any, district: SmallDistrict) -> None:
    response = enter("substitute").get("/")
    assert "Nothing is open to you yet" in response.content.decode()


def test_links_lead_only_where_the_viewer_may_go(enter: Any, district: SmallDistrict) -> None:
    page = enter("superintendent").get("/").content.decode()
    assert "/people/problems/" not in page


def test_a_table_of_the_bridge_leaves_as_a_file_and_is_recorded(enter: Any, district: SmallDistrict) -> None:
    response = enter("chief").get("/bridge/attendance_today/?as=csv")
    assert response["Content-Disposition"] == f'attachment; filename="attendance_today-{TODAY}.csv"'
    assert "North School" in response.content.decode()
    assert AuditEntry.objects.order_by("-sequence").values_list("action", flat=True)[0] == "record.export"


def test_a_panel_that_is_not_open_is_not_there(enter: Any, district: SmallDistrict) -> None:
    assert enter("north-clerk").get("/bridge/roster_problems/").status_code == 404
    assert enter("north-clerk").get("/bridge/nothing/").status_code == 404


@pytest.mark.usefixtures("_on_the_day")
def test_an_empty_district_shows_the_way_to_the_first_roll(client: Any) -> None:
    from firstbell.config.first_account import create_first_account
    from firstbell.platform.models import Account

    create_first_account("rvega", "Rosa Vega", "technology_chief", "correct horse battery staple")
    client.force_login(Account.objects.get(username="rvega"))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    page = client.get("/").content.decode()
    assert "python3 run demo" in page
    assert "Bring your district in" in page


@pytest.mark.usefixtures("_on_the_day")
@pytest.mark.parametrize(("students", "sections"), [(6, 2), (40, 7)])
def test_pages_cost_what_is_written_down(client: Any, students: int, sections: int) -> None:
    attendance.ensure_codes()
    district = small_district(students=students, sections=sections)
    api.refresh_figures(TODAY)
    cache.set("overview.soundness", [])
    client.force_login(district.account("staff", "chief"))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    found = {}
    for name, address in (("home", "/"), ("bridge_panel", "/bridge/attendance_today/")):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        found[name] = len(queries)
    assert found == BUDGET
