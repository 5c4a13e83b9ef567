"""The log read by those whose role opens it: narrowed by who, when, what and to whom, page by page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from firstbell.platform.access import NotAllowed, Viewer
from firstbell.platform.audit import LOG_READERS, LogFilter, act_words, audit_lines, record
from firstbell.platform.audit.words import known_actions
from firstbell.platform.models import Account
from firstbell.platform.testing import viewer_with

pytestmark = pytest.mark.django_db
CHIEF = viewer_with("technology_chief", account_id=1)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock of the log."""

    def set_clock(moment: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_clock


def actor(username: str, name: str) -> Viewer:
    account = Account.objects.create_account(username, display_name=name)
    return viewer_with("registrar", account_id=account.pk)


def acts(**asked: Any) -> list[str]:
    return [line.action for line in audit_lines(CHIEF, LogFilter(**asked))]


def test_the_matrix_says_who_reads_all_logs() -> None:
    """Security specification, B2, column D17: technology chief and privacy officer ``d``."""
    assert LOG_READERS == ("technology_chief", "privacy_officer")
    for role in ("registrar", "principal", "superintendent", "system_administrator", "auditor", "guardian"):
        with pytest.raises(NotAllowed):
            audit_lines(viewer_with(role, account_id=2))


def test_lines_say_who_acted_and_a_program_by_its_purpose() -> None:
    record(actor("rosa", "Rosa Vega"), "student.correct", "student", 12)
    record(Viewer(None, "job", date(2026, 11, 24), purpose="import:sds"), "roster.apply", "roster_act", 1)
    assert [line.actor for line in audit_lines(CHIEF)] == ["import:sds", "Rosa Vega"]


def test_who_is_a_username_or_part_of_a_name() -> None:
    record(actor("rosa", "Rosa Vega"), "student.correct", "student", 1)
    record(actor("ben", "Ben Ito"), "student.match", "student", 2)
    assert acts(who="rosa") == acts(who="vega") == ["student.correct"]
    assert acts(who="nobody of that name") == []


def test_a_day_is_a_day_of_the_district(at: Callable[[datetime], None]) -> None:
    """Los Angeles is eight hours behind UTC in November: its 24th runs from 08:00 to 08:00 UTC."""
    for moment, action in (
        (datetime(2026, 11, 24, 7, 59, 59, tzinfo=UTC), "a.before"),
        (datetime(2026, 11, 24, 8, 0, tzinfo=UTC), "a.first"),
        (datetime(2026, 11, 25, 7, 59, 59, tzinfo=UTC), "a.last"),
        (datetime(2026, 11, 25, 8, 0, tzinfo=UTC), "a.after"),
    ):
        at(moment)
        record(CHIEF, action)
    day = date(2026, 11, 24)
    assert acts(begin=day, end=day) == ["a.last", "a.first"]
    assert acts(end=date(2026, 11, 23)) == ["a.before"]
    assert acts(begin=date(2026, 11, 26)) == []


def test_a_clock_set_back_hides_no_row(at: Callable[[datetime], None]) -> None:
    at(datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
    record(CHIEF, "a.ahead")
    at(datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    record(CHIEF, "a.set_back")
    assert acts(end=date(2026, 11, 23)) == ["a.set_back"]
    assert acts(begin=date(2026, 11, 24)) == ["a.ahead"]


def test_kinds_part_the_log_without_a_rest() -> None:
    every = ["student.correct", "record.read", "record.export", "access.refuse", "session.begin", "job.start"]
    for action in every:
        record(CHIEF, action)
    found = [acts(kind=kind) for kind in ("write", "read", "export", "refusal", "sign_in", "job")]
    assert found == [[action] for action in every]


def test_one_object_is_found_by_kind_and_number() -> None:
    record(CHIEF, "student.correct", "student", 1)
    record(CHIEF, "student.match", "student", 12)
    record(CHIEF, "calendar.set_day", "school", 1)
    assert acts(object_kind="student", object_id="1") == ["student.correct"]
    assert acts(object_kind="student") == ["student.match", "student.correct"]


@pytest.mark.parametrize("rows", [60, 600])
def test_pages_follow_without_a_gap_and_cost_the_same(rows: int) -> None:
    viewer = actor("rosa", "Rosa Vega")
    for number in range(rows):
        record(viewer, "student.correct", "student", number)
    seen: list[int] = []
    before = None
    while True:
        with CaptureQueriesContext(connection) as queries:
            page = audit_lines(
                CHIEF,
                LogFilter(who="rosa", begin=date(2020, 1, 1), end=date(2100, 1, 1), kind="write"),
                before=before,
                size=25,
            )
        if not page:
            break
        assert len(queries) == 5
        seen += [line.sequence for line in page]
        before = page[-1].sequence
    assert seen == sorted(seen, reverse=True)
    assert len(seen) == rows


def test_acts_have_words_and_an_unknown_one_is_told_by_its_name() -> None:
    assert act_words("student.correct") == "corrected"
    assert act_words("student.merge_twice") == "merge twice:"


def test_every_act_that_the_code_names_has_words() -> None:
    """Acts are plain words in the calls that record them; few are put together from parts."""
    import re
    from pathlib import Path

    import firstbell

    source = Path(firstbell.__file__).parent
    named = re.compile(
        r"""(?:record\(|_record\(|_audit\(|Act\()\s*(?:self\.)?(?:viewer|request\.viewer|user|robot)?,?\s*"""
        r"""(?:action=)?"([a-z_]+\.[a-z_]+)\""""
    )
    found = {
        action
        for path in source.rglob("*.py")
        if "rules" not in path.parts
        for action in named.findall(path.read_text(encoding="utf-8"))
    }
    assert len(found) > 30
    assert found <= known_actions()
