"""What each page costs: as many queries with ten students as with a thousand, and no more than agreed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from firstbell.people.models import ProgramParticipation, RoleGrant, StudentContact
from firstbell.people.testing import BEGIN, TODAY, SmallDistrict, small_district
from firstbell.platform.access import DataClass, Viewer
from firstbell.platform.disclosure import Release, record_disclosure

ROBOT = Viewer(account_id=None, name="test", today=TODAY, purpose="test")
RELEASE = Release(
    party="County court",
    basis="subpoena",
    purpose="Order",
    channel="letter",
    data_classes=(DataClass.ENROLLMENT,),
)
BUDGET = Path(__file__).parents[1] / "query_counts.json"
pytestmark = pytest.mark.django_db
PAGES = {
    "find_people": "/people/find/?q=learner",
    "find_people, suggestions": "/people/find/?q=learner",
    "student": "/people/students/{student}/",
    "student, by a guardian": "/people/students/{student}/",
    "student_enrollments": "/people/students/{student}/enrollments/",
    "student_schedule": "/people/students/{student}/schedule/",
    "student_history": "/people/students/{student}/history/",
    "student_disclosures": "/people/students/{student}/disclosures/",
    "student_section_choose": "/people/students/{student}/sections/",
    "student_edit": "/people/students/{student}/edit/",
    "student_place": "/people/students/{student}/enroll/",
    "enroll_new": "/people/enroll/",
    "contact": "/people/contacts/{contact}/",
    "staff_member": "/people/staff/{staff}/",
    "schools": "/people/schools/",
    "school": "/people/schools/{school}/?day=2026-11-24",
    "school_sections": "/people/schools/{school}/sections/",
    "section": "/people/sections/{section}/",
    "my_students": "/people/mine/",
}


def client_of(district: SmallDistrict, kind: str, key: str) -> Client:
    """Somebody signed in, the second step shown."""
    client = Client()
    client.force_login(district.account(kind, key))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return client


def costs(size: int) -> dict[str, int]:
    """Queries of every page in a district of ``size`` students a school, each in as many things as that."""
    district = small_district(students=size, sections=min(size, 16))
    student = district.id("student", "north-0")
    contact = district.id("contact", "c-north-0")
    for n in range(1, min(size, 30)):
        StudentContact.objects.create(
            student_id=student, contact_id=district.id("contact", f"c-north-{n}"), relation="Aunt"
        )
        StudentContact.objects.create(
            student_id=district.id("student", f"north-{n}"), contact_id=contact, relation="Aunt"
        )
        ProgramParticipation.objects.create(student_id=student, kind="other", name=str(n), begin=BEGIN)
        record_disclosure(ROBOT, RELEASE, [student])
    registrar = client_of(district, "staff", "north-registrar")
    guardian = client_of(district, "contact", "c-north-0")
    values = {
        "student": student,
        "contact": contact,
        "staff": district.id("staff", "north-teacher"),
        "school": district.id("school", "north"),
        "section": district.id("section", "north-x1"),
    }
    found = {}
    for name, address in PAGES.items():
        client = guardian if name.endswith("guardian") or name == "my_students" else registrar
        headers: Any = {"HTTP_HX_REQUEST": "true"} if name.endswith("suggestions") else {}
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address.format(**values), **headers)
        assert page.status_code == 200, name
        found[name] = len(queries)
    return found


@pytest.mark.parametrize("size", [10, 1000])
def test_every_page_costs_what_was_agreed_whatever_the_number_of_rows(size, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    found, agreed = costs(size), json.loads(BUDGET.read_text())
    # once students fill the list, staff and contacts are not asked
    found["find_people"] = max(found["find_people"], agreed["find_people"])
    assert found == {name: agreed[name] for name in PAGES}


ACCOUNTS = {
    "accounts": "/people/accounts/?state=all",
    "accounts, without a second factor": "/people/accounts/?factor=none",
    "account": "/people/accounts/{account}/",
    "account_person": "/people/accounts/{free}/person/?q=learner",
    "account_sessions": "/people/accounts/{account}/sessions/",
    "account_grant": "/people/accounts/{account}/grant/",
    "grant_end": "/people/accounts/grants/{grant}/end/",
    "accounts_waiting": "/people/accounts/waiting/",
}


def costs_of_accounts(size: int) -> dict[str, int]:
    """Queries of the accounts' pages with ``size`` accounts, as many grants, requests and sessions."""
    district = small_district(students=size)
    chief = client_of(district, "staff", "chief")
    grants = []
    for n in range(size):
        account = district.account("student", f"north-{n}")
        grants.append(
            RoleGrant.objects.create(account=account, role="auditor", begin=TODAY, granted_by_id=account.pk)
        )
        if n % 10 == 0:
            Client().force_login(account)
    teacher = district.account("staff", "north-teacher")
    for n in range(min(size, 30)):
        RoleGrant.objects.create(
            account=teacher, role="auditor", begin=TODAY, reason=str(n), granted_by_id=grants[n].account_id
        )
    free = get_user_model().objects.create(username="free")
    values = {"account": teacher.pk, "free": free.pk, "grant": grants[0].pk}
    found = {}
    for name, address in ACCOUNTS.items():
        with CaptureQueriesContext(connection) as queries:
            page = chief.get(address.format(**values))
        assert page.status_code == 200, name
        found[name] = len(queries)
    return found


@pytest.mark.parametrize("size", [10, 300])
def test_accounts_cost_what_was_agreed_whatever_their_number(size, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    agreed = json.loads(BUDGET.read_text())
    assert costs_of_accounts(size) == {name: agreed[name] for name in ACCOUNTS}
