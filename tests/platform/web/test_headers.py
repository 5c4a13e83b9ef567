"""Headers: the strictest policy a browser knows, on every answer."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/accounts/login/", "/", "/nowhere/"])
def test_no_answer_goes_without_its_headers(client, address):
    headers = client.get(address).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert len(headers["X-Request-Id"]) == 12


def test_pages_are_kept_by_no_cache(client):
    assert "no-store" in client.get("/accounts/login/")["Cache-Control"]


def test_each_request_has_its_own_number(client):
    assert client.get("/")["X-Request-Id"] != client.get("/")["X-Request-Id"]
