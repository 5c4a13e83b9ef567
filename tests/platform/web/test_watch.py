"""Watching over the house: the log in words, the chain checked by a button, the jobs and their clock."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from firstbell.platform.access import DataClass
from firstbell.platform.audit import record
from firstbell.platform.data import JobState
from firstbell.platform.jobs.schedule import every, scheduled
from firstbell.platform.models import AuditEntry, Job, ScheduledRun, Worker
from firstbell.platform.testing import audit_chain_unlocked, viewer_with
from tests.browser import assert_good_page, browser_page

pytestmark = pytest.mark.django_db
BUDGET = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())


@pytest.fixture(autouse=True)
def _house(settings: Any, tmp_path: Path) -> None:
    """The whole house's addresses around accounts named after their roles."""
    settings.ROOT_URLCONF = "firstbell.config.urls"
    settings.FIRSTBELL_SHELL = "firstbell.config.shell.shell_parts"
    settings.HOME = tmp_path


@pytest.fixture
def enter(client: Any, account: Any) -> Callable[[str], Any]:
    """Sign in as a role, the second step shown; answers the client."""

    def go(role: str) -> Any:
        client.force_login(account(role, display_name=role.replace("_", " ").title()))
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
        session["account_authentication_methods_user"] = session["_auth_user_id"]
        session.save()
        return client

    return go


def done(name: str, label: str, state: JobState = JobState.DONE, **more: Any) -> Job:
    now = timezone.now()
    return Job.objects.create(
        name=name,
        label=label,
        state=state,
        created_at=now - timedelta(minutes=5),
        started_at=now - timedelta(minutes=5),
        finished_at=now - timedelta(minutes=3),
        **more,
    )


def some_acts(number: int, account_id: int | None = None) -> None:
    clerk = viewer_with("registrar", account_id=account_id)
    for n in range(number):
        record(clerk, "student.correct", "student", n, data_classes=[DataClass.CONTACT], fields=["phone"])
        record(clerk, "record.read", "student", n, data_classes=[DataClass.CUSTODY], fields=["court_orders"])


def test_a_line_is_told_in_words_and_leads_to_what_it_was_done_to(enter: Any, account: Any) -> None:
    some_acts(1, account("registrar", display_name="Rosa Vega").pk)
    page = enter("privacy_officer").get("/house/audit/").content.decode()
    assert "Rosa Vega" in page
    assert '<a href="/people/students/0/">corrected student 0: phone</a>' in page
    assert "read student 0: court orders" in page


def test_a_line_names_a_few_fields_and_says_how_many_more(enter: Any) -> None:
    fields = [f"field_{n}" for n in range(9)]
    record(viewer_with("registrar"), "record.export", "list", "roster.csv", fields=fields, count=300)
    page = enter("technology_chief").get("/house/audit/").content.decode()
    assert (
        "exported list roster.csv: field 0, field 1, field 2, field 3, field 4, field 5 and 3 more fields "
        "(300 people or rows)" in page
    )


def test_what_is_asked_wrongly_is_said_and_nothing_is_hidden_by_it(enter: Any) -> None:
    page = enter("technology_chief").get("/house/audit/?object_id=12&begin=2026-11-24&end=2026-11-01")
    assert page.status_code == 422
    assert "Say what the number belongs to" in page.content.decode()
    assert "The last day lies before the first" in page.content.decode()


def test_the_log_leaves_as_a_file_as_it_was_narrowed_and_says_so_itself(enter: Any) -> None:
    some_acts(3)
    page = enter("technology_chief").get("/house/audit/?kind=read&as=csv")
    lines = page.content.decode().splitlines()
    assert len(lines) == 4
    assert "record.read,student,2,court_orders,D12" in lines[1]
    last = AuditEntry.objects.latest("sequence")
    assert (last.action, last.data_classes, last.count) == ("record.export", "D17", 3)


def test_the_chain_is_checked_by_a_button_and_the_page_says_what_was_found(enter: Any) -> None:
    some_acts(2)
    client = enter("technology_chief")
    assert "Not checked yet" in client.get("/house/audit/").content.decode()
    assert client.post("/house/audit/verify/").status_code == 302
    assert "rows, checked" in client.get("/house/audit/").content.decode()
    with audit_chain_unlocked():
        AuditEntry.objects.filter(sequence=2).update(fields="address")
    client.post("/house/audit/verify/")
    page = client.get("/house/audit/").content.decode()
    assert "does not hold" in page
    assert "Row 2" in page or "row 2" in page


def test_a_check_under_way_is_not_started_twice(enter: Any) -> None:
    Job.objects.create(
        name="audit.verify", label="Audit chain verified", state=JobState.RUNNING, created_at=timezone.now()
    )
    client = enter("technology_chief")
    client.post("/house/audit/verify/")
    assert Job.objects.count() == 1
    assert "Every row is being checked" in client.get("/house/audit/").content.decode()


@pytest.fixture
def clock() -> None:
    """What the house has wired to run by the clock."""
    assert {"audit.head", "audit.verify"} <= {entry.name for entry in scheduled()}
    every(timedelta(hours=1), "audit.head")


def test_jobs_tell_when_they_ran_how_long_and_what_went_wrong(enter: Any, clock: None) -> None:
    now = timezone.now()
    done("audit.head", "Signed head of the audit chain", JobState.FAILED, message="The program failed.")
    ScheduledRun.objects.create(name="audit.head", last_run_at=now - timedelta(minutes=5))
    Worker.objects.create(name="here:1", started_at=now, beat_at=now)
    page = enter("system_administrator").get("/house/jobs/").content.decode()
    for said in (
        "Signed head of the audit chain",
        "The program failed.",
        "2\N{NO-BREAK SPACE}min",
        "1\N{NO-BREAK SPACE}h",
    ):
        assert said in page
    assert "/run/" not in page  # the matrix lets this role read security matters, not change them
    assert "sign of life for a while" not in page


def test_a_house_without_a_worker_says_what_to_do(enter: Any) -> None:
    page = enter("technology_chief").get("/house/jobs/").content.decode()
    assert "No worker ever ran here" in page


def test_a_failed_piece_of_work_is_run_again(enter: Any, clock: None) -> None:
    done("audit.head", "Signed head of the audit chain", JobState.FAILED)
    client = enter("technology_chief")
    assert "/house/jobs/audit.head/run/" in client.get("/house/jobs/").content.decode()
    assert client.post("/house/jobs/audit.head/run/")["Location"] == "/house/jobs/"
    job = Job.objects.latest("pk")
    assert (job.name, job.state) == ("audit.head", JobState.DONE)
    assert client.post("/house/jobs/audit.nothing/run/").status_code == 404


def test_jobs_narrow_by_outcome(enter: Any) -> None:
    done("a.b", "Went well")
    done("a.c", "Went wrong", JobState.LOST, message="Its worker stopped before it was done.")
    page = enter("technology_chief").get("/house/jobs/?state=lost").content.decode()
    assert "Went wrong" in page
    assert "Went well" not in page


@pytest.mark.parametrize("rows", [3, 120])
def test_pages_cost_what_is_written_down(enter: Any, account: Any, rows: int) -> None:
    some_acts(rows, account("registrar").pk)
    asked_by = account("hr").pk
    for n in range(rows):
        done(f"a.{n}", f"Work {n}", account_id=asked_by)
    done("audit.verify", "Audit chain verified", result={"holds": True, "rows": 1})
    client = enter("technology_chief")
    found = {}
    for name, address in (
        ("audit_log", "/house/audit/"),
        ("audit_log, narrowed", "/house/audit/?who=registrar&begin=2020-01-01&end=2100-01-01&kind=write"),
        ("jobs", "/house/jobs/"),
        ("job_run", "/house/jobs/audit.head/run/"),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        found[name] = len(queries)
    assert found == BUDGET


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_pages_are_accessible_in_every_light(
    enter: Any, account: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch, clock: None
) -> None:
    some_acts(30, account("registrar", display_name="Rosa Vega").pk)
    now = timezone.now()
    Worker.objects.create(name="here:1", started_at=now, beat_at=now)
    done("audit.verify", "Audit chain verified", result={"holds": True, "rows": 60})
    done(
        "audit.head",
        "Signed head of the audit chain",
        JobState.FAILED,
        message="The program failed; nothing half-done stays. Reference 7fd2a1c0.",
    )
    ScheduledRun.objects.create(name="audit.head", last_run_at=now - timedelta(minutes=5))
    client = enter("technology_chief")
    with browser_page(monkeypatch) as page:
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        for name, address in (
            ("audit", "/house/audit/"),
            ("audit-nothing", "/house/audit/?who=nobody"),
            ("jobs", "/house/jobs/"),
            ("job-run", "/house/jobs/audit.head/run/"),
        ):
            page.goto(live_server.url + address)
            assert_good_page(page, f"house-{name}")
