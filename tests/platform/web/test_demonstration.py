"""One-click sign-in opens on one's own machine, in a demonstration, for a persona: never otherwise."""

import json

import pytest

from firstbell.platform.models import AuditEntry

pytestmark = pytest.mark.django_db
PERSONA = {
    "username": "registrar",
    "name": "Rosa Vega",
    "role_label": "Registrar",
    "does": "Enrolls students.",
}


@pytest.fixture
def demonstration(settings, tmp_path, account):
    settings.HOME = tmp_path
    settings.FIRSTBELL_BIND = "127.0.0.1"
    settings.ALLOWED_HOSTS = ["*"]
    (tmp_path / "demonstration.json").write_text(json.dumps([PERSONA]))
    return account("registrar", is_demonstration=True)


def enter(client, username="registrar", **meta):
    meta = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000"} | meta
    return client.post("/accounts/demonstration/", {"username": username}, **meta)


def test_one_click_opens_and_stands_for_the_second_step(client, demonstration):
    page = client.get("/accounts/login/", HTTP_HOST="127.0.0.1:8000").content.decode()
    assert "Rosa Vega, Registrar" in page
    assert "Enrolls students." in page
    assert enter(client)["Location"] == "/"
    assert client.get("/", HTTP_HOST="localhost").content == b"home"
    assert AuditEntry.objects.filter(action="session.begin", actor_id=demonstration.pk).exists()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "127.0.0.1:8000", "[::1]:8000"])
def test_every_name_of_this_machine_will_do(client, demonstration, host):
    assert enter(client, HTTP_HOST=host).status_code == 302


@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": "10.0.0.5"},
        {"HTTP_HOST": "firstbell.example.org"},
        {"HTTP_HOST": "localhost.example.org"},
        {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {"HTTP_FORWARDED": "for=127.0.0.1"},
        {"HTTP_X_REAL_IP": "127.0.0.1"},
    ],
)
def test_a_request_from_elsewhere_or_through_a_proxy_is_refused(client, demonstration, meta):
    assert enter(client, **meta).status_code == 404
    page = client.get("/accounts/login/", **({"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"} | meta))
    assert "Rosa" not in page.content.decode()


@pytest.mark.parametrize("bind", ["", "0.0.0.0", "::", "192.168.1.5"])  # noqa: S104 - refused is the point
def test_a_server_that_others_can_reach_refuses(client, demonstration, settings, bind):
    settings.FIRSTBELL_BIND = bind
    assert enter(client).status_code == 404


def test_a_real_district_refuses(client, demonstration, tmp_path):
    (tmp_path / "demonstration.json").unlink()
    assert enter(client).status_code == 404


def test_an_account_that_is_no_persona_is_refused(client, demonstration, account):
    account("hr", is_demonstration=True)
    assert enter(client, "hr").status_code == 404
    demonstration.is_demonstration = False
    demonstration.save()
    assert enter(client).status_code == 404


def test_a_closed_persona_is_refused(client, demonstration):
    demonstration.is_active = False
    demonstration.save()
    assert enter(client).status_code == 404


def test_it_takes_a_post_with_its_token(demonstration, client, django_user_model):
    from django.test import Client

    assert client.get("/accounts/demonstration/", HTTP_HOST="localhost").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    assert enter(strict).status_code == 403
