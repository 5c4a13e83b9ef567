"""A file from a page is shown before it changes anything; what the brake holds waits for a person's word.

Rules are those of the interoperability specification, A5 (order of stages, brake) and security B4 (a job acts
in the name of who asked).
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from firstbell.exchange.api import (
    carry_out,
    clear_waiting,
    confirm_run,
    dismiss_run,
    import_file,
    import_run,
    receive_import,
    runs_waiting,
)
from firstbell.exchange.models import ImportRun
from firstbell.kernel.finding import Refused
from firstbell.people.api import Held, job_viewer
from firstbell.people.models import RosterAct, Student
from firstbell.people.testing import TODAY
from firstbell.platform.access import NotAllowed, RoleHeld, Viewer
from firstbell.platform.models import Account, AuditEntry
from tests.exchange.oneroster_district import Rows, files, rows, write_zip

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.HOME = tmp_path
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)


@pytest.fixture
def chief(db: None) -> Viewer:
    account = Account.objects.create_account("chief", display_name="Tess Chief")
    return Viewer(account.pk, "Tess Chief", TODAY, (RoleHeld("technology_chief"),))


def package(tmp_path: Path, found: Rows) -> bytes:
    return write_zip(tmp_path / "made.zip", files("1.2", found)).read_bytes()


def send(viewer: Viewer, content: bytes, **more: Any) -> int:
    asked = {"format_name": "oneroster", "source": "sis", "file_name": "roster.zip"} | more
    return receive_import(viewer, [content], **asked)


def without_students(number: int) -> Rows:
    """The small district, of whose two students the first ``number`` are gone."""
    found = rows()
    gone = {"p-anna", "p-ben"} if number == 2 else {"p-anna"}
    found["users"] = [
        {
            **row,
            "agentSourcedIds": ",".join(
                k for k in row.get("agentSourcedIds", "").split(",") if k not in gone
            ),
        }
        for row in found["users"]
        if row["sourcedId"] not in gone
    ]
    for file, column in (
        ("roles", "userSourcedId"),
        ("enrollments", "userSourcedId"),
        ("demographics", "sourcedId"),
    ):
        found[file] = [row for row in found.get(file, []) if row[column] not in gone]
    return found


def bring_in(tmp_path: Path, found: Rows) -> None:
    path = write_zip(tmp_path / "first.zip", files("1.2", found))
    import_file(job_viewer("import:oneroster", TODAY), path, format_name="oneroster", source="sis")


def waiting_files() -> list[Path]:
    return list((Path(settings.HOME) / "incoming").glob("*"))


def test_what_is_sent_is_shown_and_changes_nothing_until_somebody_applies_it(
    chief: Viewer, tmp_path: Path
) -> None:
    first = send(chief, package(tmp_path, rows()))
    assert import_run(chief, first).row.state == "waiting"
    carry_out(first, dry_run=True)
    shown = import_run(chief, first)
    assert (shown.row.state, shown.may_apply, Student.objects.count()) == ("dry_run", True, 0)
    second = confirm_run(chief, first, reason="")
    carry_out(second)
    done = import_run(chief, second)
    assert (done.row.state, done.row.by, done.follows) == ("applied", "Tess Chief", first)
    assert Student.objects.count() == 2
    assert RosterAct.objects.get().account_id == chief.account_id
    assert AuditEntry.objects.filter(action="roster.apply", actor_id=chief.account_id).exists()
    assert waiting_files() == []


def test_a_job_that_is_done_twice_brings_in_once(chief: Viewer, tmp_path: Path) -> None:
    first = send(chief, package(tmp_path, rows()))
    assert carry_out(first, dry_run=True) is not None
    assert carry_out(first, dry_run=True) is None


def test_a_file_that_would_end_many_is_held_and_names_them(chief: Viewer, tmp_path: Path) -> None:
    bring_in(tmp_path, rows())
    held = send(chief, package(tmp_path, without_students(1)))
    carry_out(held, dry_run=True)
    shown = import_run(chief, held)
    assert shown.row.state == "held"
    assert [(part.kind, part.number, [label for _, label in part.rows]) for part in shown.ending] == [
        ("students", 1, ["Lopez, Anna"])
    ]
    assert [run.id for run in runs_waiting(chief)] == [held]


def test_who_reads_no_names_decides_by_number(chief: Viewer, tmp_path: Path) -> None:
    bring_in(tmp_path, rows())
    held = send(chief, package(tmp_path, without_students(1)))
    carry_out(held, dry_run=True)
    administrator = Viewer(chief.account_id, "Ad Min", TODAY, (RoleHeld("system_administrator"),))
    shown = import_run(administrator, held)
    assert [label for part in shown.ending for _, label in part.rows] == [
        f"Student {Student.objects.get(first_name='Anna').pk}"
    ]
    assert not any(kind.examples for kind in shown.kinds)


def test_a_held_file_asks_for_the_reason_and_is_applied_with_it(chief: Viewer, tmp_path: Path) -> None:
    bring_in(tmp_path, rows())
    held = send(chief, package(tmp_path, without_students(1)))
    carry_out(held, dry_run=True)
    with pytest.raises(Refused, match="reason is missing"):
        confirm_run(chief, held, reason=" ")
    after = confirm_run(chief, held, reason="moved away in June")
    carry_out(after, confirm=True)
    assert import_run(chief, after).row.state == "applied"
    assert Student.objects.get(first_name="Anna").ended_on == TODAY
    decided = import_run(chief, held).decision
    assert decided is not None
    assert (decided.verb, decided.by, decided.reason, decided.led_to) == (
        "confirmed",
        "Tess Chief",
        "moved away in June",
        after,
    )
    assert AuditEntry.objects.filter(action="import.confirm", reason="moved away in June").exists()
    assert waiting_files() == []


def test_nobody_confirms_the_end_of_more_than_was_shown(chief: Viewer, tmp_path: Path) -> None:
    bring_in(tmp_path, without_students(1))
    held = send(chief, package(tmp_path, without_students(2)))
    carry_out(held, dry_run=True)
    assert import_run(chief, held).row.ended >= 1
    # meanwhile another student comes in from the same source
    bring_in_meanwhile = write_zip(tmp_path / "meanwhile.zip", files("1.2", rows()))
    after = confirm_run(chief, held, reason="right")
    import_file(
        job_viewer("import:oneroster", TODAY), bring_in_meanwhile, format_name="oneroster", source="sis"
    )
    assert carry_out(after, confirm=True) is None
    again = import_run(chief, after)
    assert (again.row.state, [finding.code for finding in again.findings]) == (
        "held",
        ["roster.more_than_shown"],
    )
    assert Student.objects.filter(ended_on=None).count() == 2


def test_a_dismissed_file_is_gone_and_nothing_has_changed(chief: Viewer, tmp_path: Path) -> None:
    bring_in(tmp_path, rows())
    held = send(chief, package(tmp_path, without_students(1)))
    carry_out(held, dry_run=True)
    dismiss_run(chief, held, reason="cut short")
    assert (import_run(chief, held).row.state, waiting_files(), runs_waiting(chief)) == ("dismissed", [], [])
    assert Student.objects.filter(ended_on=None).count() == 2
    with pytest.raises(Refused, match="nothing waits"):
        confirm_run(chief, held, reason="after all")


def test_the_first_decision_stands(chief: Viewer, tmp_path: Path) -> None:
    first = send(chief, package(tmp_path, rows()))
    carry_out(first, dry_run=True)
    confirm_run(chief, first, reason="")
    with pytest.raises(Refused, match="nothing waits"):
        confirm_run(chief, first, reason="")
    assert ImportRun.objects.filter(follows=first).count() == 1


def test_what_the_command_held_is_decided_on_the_page(chief: Viewer, tmp_path: Path) -> None:
    bring_in(tmp_path, rows())
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, text in files("1.2", without_students(1)).items():
        (folder / name).write_text(text, newline="")
    with pytest.raises(Held):
        import_file(job_viewer("import:oneroster", TODAY), folder, format_name="oneroster", source="sis")
    held = ImportRun.objects.latest("pk")
    after = confirm_run(chief, held.pk, reason="right")
    carry_out(after, confirm=True)
    assert import_run(chief, after).row.state == "applied"


def test_a_refused_file_is_not_kept(chief: Viewer, tmp_path: Path) -> None:
    run = send(chief, b"not a zip at all")
    assert carry_out(run, dry_run=True) is None
    shown = import_run(chief, run)
    assert (shown.row.state, shown.findings[0].code) == ("refused", "package.not_a_zip")
    assert waiting_files() == []


def test_an_empty_file_and_one_too_large_are_refused_at_once(chief: Viewer, settings: Any) -> None:
    with pytest.raises(Refused, match="empty"):
        send(chief, b"")
    settings.FIRSTBELL_MOST_UPLOADED = 10
    with pytest.raises(Refused, match="more than"):
        send(chief, b"x" * 11)
    assert waiting_files() == []
    assert not ImportRun.objects.exists()


def test_files_on_which_nobody_decides_go_after_a_week(chief: Viewer, tmp_path: Path) -> None:
    import os

    run = send(chief, package(tmp_path, rows()))
    carry_out(run, dry_run=True)
    assert clear_waiting() == 0
    old = timezone.now() - timedelta(days=8)
    ImportRun.objects.filter(pk=run).update(started_at=old)
    os.utime(waiting_files()[0], (old.timestamp(), old.timestamp()))
    assert clear_waiting() == 1
    shown = import_run(chief, run)
    assert (shown.may_decide, shown.may_apply) == (True, False)
    with pytest.raises(Refused, match="no longer kept"):
        confirm_run(chief, run, reason="")


def test_only_who_brings_sources_in_may(tmp_path: Path) -> None:
    registrar = Viewer(1, "Reg", TODAY, (RoleHeld("registrar", 1),))
    for act in (
        lambda: send(registrar, b"x"),
        lambda: confirm_run(registrar, 1, reason="x"),
        lambda: dismiss_run(registrar, 1, reason="x"),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert waiting_files() == []
