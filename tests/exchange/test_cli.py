"""What the page of imports does, the command does too: confirm or dismiss what the brake holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from firstbell.exchange.cli import import_group
from firstbell.exchange.models import ImportRun
from firstbell.kernel.finding import Refused
from firstbell.people.api import Held, job_viewer
from firstbell.people.models import Student
from firstbell.people.testing import TODAY
from tests.exchange.oneroster_district import files, write_zip
from tests.exchange.services.test_decide import bring_in, import_file, rows, without_students

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> int:
    """The number of an import that the brake holds."""
    settings.HOME = tmp_path
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    bring_in(tmp_path, rows())
    path = write_zip(tmp_path / "held.zip", files("1.2", without_students(1)))
    with pytest.raises(Held):
        import_file(job_viewer("import:oneroster", TODAY), path, format_name="oneroster", source="sis")
    return ImportRun.objects.latest("pk").pk


def run(*words: str) -> Any:
    return CliRunner().invoke(import_group, list(words))


def test_a_held_import_is_confirmed_by_the_command(held: int) -> None:
    done = run("confirm", str(held), "--reason", "moved away", "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert (told["state"], told["kinds"]["students"]["ended"]) == ("applied", 1)
    assert Student.objects.get(first_name="Anna").ended_on == TODAY
    assert ImportRun.objects.get(pk=held).reason == "moved away"


def test_a_held_import_is_dismissed_by_the_command(held: int) -> None:
    assert run("dismiss", str(held), "--reason", "cut short").exit_code == 0
    assert ImportRun.objects.get(pk=held).state == "dismissed"
    assert isinstance(run("confirm", str(held), "--reason", "x").exception, Refused)
    assert not Student.objects.exclude(ended_on=None).exists()
