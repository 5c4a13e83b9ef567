"""The commands of the ground floor."""

import json

import pytest
from click.testing import CliRunner

from firstbell.kernel.finding import Refused
from firstbell.platform.audit import record
from firstbell.platform.cli import audit, worker
from firstbell.platform.models import AuditEntry, Job
from firstbell.platform.testing import audit_chain_unlocked, viewer_with

pytestmark = pytest.mark.django_db


def run(command, *arguments):
    return CliRunner().invoke(command, arguments)


def test_a_chain_that_holds_says_so():
    record(viewer_with("registrar"), "student.update")
    assert run(audit, "verify").output == "The audit chain holds: 1 rows.\n"
    assert json.loads(run(audit, "verify", "--json").output) == {
        "holds": True,
        "rows": 1,
        "with_heads": False,
    }


def test_a_broken_chain_is_refused_with_findings():
    for _ in range(3):
        record(viewer_with("registrar"), "student.update")
    with audit_chain_unlocked():
        AuditEntry.objects.filter(sequence=2).update(count=9)
        result = run(audit, "verify")
    assert isinstance(result.exception, Refused)
    assert result.exception.findings[0].row == 2


def test_signed_heads_are_kept_and_verified_against(tmp_path):
    path = tmp_path / "elsewhere" / "heads.jsonl"
    for _ in range(2):
        record(viewer_with("registrar"), "student.update")
        assert run(audit, "head", "--to", str(path)).exit_code == 0
    assert len(path.read_text().splitlines()) == 2
    assert run(audit, "verify", "--heads", str(path)).exit_code == 0
    assert json.loads(run(audit, "head").output)["sequence"] == 2
    path.write_text("nonsense\n")
    result = run(audit, "verify", "--heads", str(path))
    assert isinstance(result.exception, Refused)
    assert result.exception.findings[0].row == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_is_due_and_ends(settings, tmp_path, monkeypatch):
    monkeypatch.setattr("signal.signal", lambda *args: None)
    settings.HOME = tmp_path
    assert run(worker, "--once").exit_code == 0
    assert {"audit.head", "sessions.clear"} <= set(Job.objects.values_list("name", flat=True))
    assert (tmp_path / "audit-heads.jsonl").exists()
