"""Marked names are planted wherever a log could pick them up; no line may hold one."""

import io
import json
import logging

import pytest

from firstbell.platform.log_lines import SafeLines
from firstbell.platform.request_id import begin_request_id

MARK = "Zebedee-Quill-7341"


@pytest.fixture
def lines():
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(SafeLines())
    touched = [logging.getLogger(), logging.getLogger("django")]  # django does not pass on to the root
    for logger in touched:
        logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    for logger in touched:
        logger.removeHandler(handler)


def test_arguments_extras_and_exceptions_stay_out(lines):
    log = logging.getLogger("firstbell.test")
    log.warning("saved %s", MARK, extra={"student": MARK, "rows": 3})
    try:
        raise ValueError(f"Key (email)=({MARK}) already exists")
    except ValueError:
        log.exception("could not save")
    log.error(ValueError(MARK))
    assert MARK not in str(lines())
    first, second, third = lines()[:3]
    assert (first["message"], first["rows"]) == ("saved %s", 3)
    assert second["error"] == "builtins.ValueError"
    assert any("test_log_lines.py" in place for place in second["places"])
    assert third["message"].startswith("test_log_lines:")


@pytest.mark.django_db
@pytest.mark.urls("tests.platform.web.pages_for_tests")
def test_requests_that_fail_or_ask_for_names_leave_no_name(client, lines, settings):
    client.raise_request_exception = False
    client.get(f"/broken/{MARK}/?student={MARK}", headers={"User-Agent": MARK, "Referer": f"/x?{MARK}"})
    client.get(f"/nowhere/{MARK}/")
    client.get("/", headers={"Host": f"{MARK}.example.org"})
    client.post("/accounts/login/", {"login": MARK, "password": MARK})
    assert len(lines()) >= 5
    assert MARK not in str(lines())
    assert {"broken/<str:name>/", "accounts/login/"} <= {line.get("route") for line in lines()}


def test_a_line_carries_the_number_of_its_request(lines):
    number = begin_request_id()
    logging.getLogger("firstbell.test").warning("here")
    assert lines()[0]["request"] == number
