"""Pages of imports: a file is sent, looked at, applied or dismissed; what they cost; how they look."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from firstbell.exchange.api import carry_out, import_file
from firstbell.exchange.models import ImportRun
from firstbell.people.api import Held, job_viewer
from firstbell.people.models import Student
from firstbell.people.testing import TODAY
from firstbell.platform.models import AuditEntry, Job
from tests.browser import assert_good_page, browser_page
from tests.exchange.oneroster_district import files, write_zip
from tests.exchange.services.test_decide import bring_in, package, rows, without_students

pytestmark = pytest.mark.django_db
BUDGET = json.loads((Path(__file__).parents[1] / "query_counts.json").read_text())


def sent(content: bytes, **more: str) -> dict[str, Any]:
    return {
        "format": "oneroster",
        "source": "sis",
        "file": SimpleUploadedFile("roster.zip", content, "application/zip"),
        **more,
    }


def newest() -> ImportRun:
    return ImportRun.objects.latest("pk")


def held_run(tmp_path: Path, students: int = 1) -> ImportRun:
    """An import that the brake holds."""
    bring_in(tmp_path, rows())
    path = write_zip(tmp_path / "held.zip", files("1.2", without_students(students)))
    with pytest.raises(Held):
        import_file(job_viewer("import:oneroster", TODAY), path, format_name="oneroster", source="sis")
    return newest()


def many_runs(number: int, *, findings: int = 3) -> ImportRun:
    """Runs with a difference and findings, by number."""
    finding = {
        "severity": "error",
        "code": "reference.missing_target_record",
        "message": "classes x9 is referred to but not in the source",
        "next_step": "add the record to the source, or remove the reference to it",
        "file": "enrollments.csv",
        "row": 17,
        "column": "classSourcedId",
    }
    difference = [{"kind": kind, "added": 3, "changed": 1, "ended": 0, "unchanged": 9, "examples": ["+ x1"]}
                  for kind in ("schools", "students", "sections")]  # fmt: skip
    ImportRun.objects.bulk_create(
        ImportRun(
            format="oneroster",
            source=f"sis-{n % 3}",
            file_name="roster.zip",
            started_at=timezone.now(),
            by_name="Tess Chief",
            state="refused",
            difference=difference,
            findings=[finding] * findings,
            finding_count=findings if findings < 500 else 12_345,
        )
        for n in range(number)
    )
    return newest()


def test_a_file_is_sent_looked_at_and_applied(enter: Any, tmp_path: Path) -> None:
    client = enter("chief")
    answer = client.post("/exchange/imports/new/", sent(package(tmp_path, rows())))
    first = newest()
    assert answer["Location"] == f"/exchange/imports/{first.pk}/"
    assert "Waiting for the worker" in client.get(answer["Location"]).content.decode()
    carry_out(first.pk, dry_run=True)
    page = client.get(answer["Location"]).content.decode()
    assert "Nothing was changed: this is what the file would do." in page
    assert not Student.objects.filter(last_name="Lopez").exists()
    answer = client.post(f"/exchange/imports/{first.pk}/decide/", {"verb": "confirm"})
    second = newest()
    assert (answer.status_code, second.follows_id) == (302, first.pk)
    carry_out(second.pk)
    assert "The file was applied" in client.get(answer["Location"]).content.decode()
    assert Student.objects.filter(last_name="Lopez").count() == 2


def test_a_held_file_shows_who_would_end_and_wants_a_reason(enter: Any, tmp_path: Path) -> None:
    client = enter("chief")
    run = held_run(tmp_path)
    assert "Held for a decision" in client.get("/exchange/imports/").content.decode()
    page = client.get(f"/exchange/imports/{run.pk}/").content.decode()
    assert "Lopez, Anna" in page
    assert "Students that would end: 1" in page
    refused = client.post(f"/exchange/imports/{run.pk}/decide/", {"verb": "confirm", "reason": ""})
    assert (refused.status_code, "The reason is missing" in refused.content.decode()) == (422, True)
    answer = client.post(f"/exchange/imports/{run.pk}/decide/", {"verb": "dismiss", "reason": "cut short"})
    assert answer.status_code == 302
    page = client.get(answer["Location"]).content.decode()
    assert "Dismissed by" in page
    assert "cut short" in page


def test_the_job_does_what_the_page_asked_for(enter: Any, tmp_path: Path, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    enter("chief").post("/exchange/imports/new/", sent(package(tmp_path, rows())))
    assert (newest().state, Job.objects.latest("pk").state) == ("dry_run", "done")


def test_what_cannot_be_taken_is_said_beside_the_field(enter: Any, settings: Any) -> None:
    client = enter("chief")
    page = client.post("/exchange/imports/new/", sent(b"", source="My SIS"))
    assert page.status_code == 422
    assert "Use small letters" in page.content.decode()
    settings.FIRSTBELL_MOST_UPLOADED = 1 << 10
    page = client.post("/exchange/imports/new/", sent(b"x" * (2 << 10)))
    assert page.status_code == 422
    assert "copy it to the server" in page.content.decode()
    assert not ImportRun.objects.exists()


def test_a_file_from_somebody_not_signed_in_is_not_even_read(client: Any, district: Any) -> None:
    answer = client.post("/exchange/imports/new/", sent(b"x" * 100))
    assert answer["Location"].startswith("/accounts/login/")


def test_findings_leave_as_a_file_and_are_recorded(enter: Any) -> None:
    run = many_runs(1)
    answer = enter("chief").get(f"/exchange/imports/{run.pk}/?as=findings")
    assert answer["Content-Disposition"] == f'attachment; filename="import-{run.pk}-findings.csv"'
    assert "enrollments.csv,17,classSourcedId" in answer.content.decode()
    assert AuditEntry.objects.latest("sequence").action == "record.export"


def test_a_list_goes_on_by_age_and_narrows_by_source_and_state(enter: Any) -> None:
    client = enter("chief")
    many_runs(120)
    page = client.get("/exchange/imports/").content.decode()
    assert page.count("roster.zip") == 50
    older = ImportRun.objects.order_by("-pk")[49].pk
    assert f"before={older}" in page
    assert client.get(f"/exchange/imports/?before={older}").content.decode().count("roster.zip") == 50
    assert client.get("/exchange/imports/?source=sis-1").content.decode().count("roster.zip") == 40
    assert "No import is like that" in client.get("/exchange/imports/?state=applied").content.decode()


def test_too_many_findings_are_said_to_be_too_many(enter: Any) -> None:
    run = many_runs(1, findings=500)
    page = enter("chief").get(f"/exchange/imports/{run.pk}/").content.decode()
    assert "too many findings" in page


def test_the_bridge_leads_here(enter: Any, tmp_path: Path) -> None:
    run = held_run(tmp_path)
    page = enter("chief").get("/bridge/").content.decode()
    assert f'href="/exchange/imports/{run.pk}/"' in page
    assert 'href="/exchange/imports/"' in page


@pytest.mark.parametrize(("runs", "findings"), [(2, 2), (300, 400)])
def test_pages_cost_what_is_written_down(enter: Any, runs: int, findings: int) -> None:
    client = enter("chief")
    run = many_runs(runs, findings=findings)
    ids = list(Student.objects.values_list("pk", flat=True))
    ImportRun.objects.filter(pk=run.pk).update(
        state="held",
        difference=[
            {
                "kind": "students",
                "added": 0,
                "changed": 0,
                "ended": 6,
                "unchanged": 0,
                "ending": ids[: min(runs, 6)],
            }
        ],
    )
    found = {}
    for name, address in (
        ("imports", "/exchange/imports/"),
        ("import_run", f"/exchange/imports/{run.pk}/"),
        ("import_new", "/exchange/imports/new/"),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        found[name] = len(queries)
    assert found == BUDGET


@pytest.mark.journey
@pytest.mark.django_db(transaction=True)
def test_pages_are_accessible_in_every_light(
    enter: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    client = enter("chief")
    refused = many_runs(3, findings=500)
    held = held_run(tmp_path)
    with browser_page(monkeypatch) as page:
        page.context.add_cookies(
            [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
        )
        for name, address in (
            ("imports", "/exchange/imports/"),
            ("nothing", "/exchange/imports/?state=dismissed"),
            ("new", "/exchange/imports/new/"),
            ("refused", f"/exchange/imports/{refused.pk}/"),
            ("held", f"/exchange/imports/{held.pk}/"),
        ):
            page.goto(live_server.url + address)
            assert_good_page(page, f"exchange-{name}")
        page.get_by_role("button", name="Confirm and apply").click()
        page.wait_for_load_state()
        page.complaints.clear()  # the answer's own status, 422, is written to the console
        assert_good_page(page, "exchange-held-without-a-reason")
        page.get_by_label("Your reason").fill("They moved away in June")
        page.get_by_role("button", name="Confirm and apply").click()
        page.wait_for_load_state()
        assert page.get_by_role("heading", name="Waiting for the worker").is_visible()
        assert_good_page(page, "exchange-waiting")
