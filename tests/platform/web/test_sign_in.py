"""Signing in: what opens, what does not, and what a guesser learns."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from firstbell.platform.models import Account, AuditEntry

pytestmark = pytest.mark.django_db


def one_time_code(secret: str, shift: int = 0) -> str:
    """RFC 6238 with the parameters every authenticator app uses: SHA-1, 30 s, six digits."""
    counter = struct.pack(">Q", int(time.time()) // 30 + shift)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


@pytest.fixture
def set_up_app(transactional_db, client):
    """Set up an authenticator app as a person would; gives its secret. What follows a commit follows here."""

    def go() -> str:
        page = client.get("/accounts/2fa/totp/activate/").content.decode()
        secret = re.search(r'<code class="key">([A-Z2-7]+)</code>', page)[1]
        response = client.post("/accounts/2fa/totp/activate/", {"code": one_time_code(secret)})
        assert response["Location"] == "/accounts/2fa/recovery-codes/"
        return secret

    return go


def test_a_page_asks_a_stranger_to_sign_in_and_leads_back(client, account, sign_in):
    account("teacher")
    response = client.get("/roll/")
    assert response["Location"] == "/accounts/login/?next=/roll/"
    assert sign_in("teacher", next="/roll/")["Location"] == "/roll/"
    assert client.get("/roll/").content == b"roll"


def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(client):
    response = client.get(
        "/roll/", headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/"}
    )
    assert response["HX-Redirect"] == "/accounts/login/?next=/desk/"


def test_the_username_is_the_same_in_any_case(account, sign_in):
    account("teacher")
    assert sign_in("Teacher").status_code == 302


def test_a_password_safe_and_a_screen_reader_find_their_way(client):
    page = client.get("/accounts/login/").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert page.count("<label") == 2
    assert "placeholder" not in page
    assert not re.search(r"<script(?![^>]*(src=|application/json))|\son\w+=|style=", page)


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(account, sign_in):
    account("teacher")
    account("nobody", is_active=False)

    def words(response):
        text = re.sub(r'value="[^"]*"', "", response.content.decode())
        return response.status_code, text

    wrong = words(sign_in("teacher", "x" * 12))
    cache.clear()
    assert words(sign_in("stranger", "x" * 12)) == wrong
    cache.clear()
    assert words(sign_in("nobody", "x" * 12)) == wrong


def test_guessing_is_stopped_for_that_address_and_nobody_else(account, sign_in):
    account("teacher")
    for _ in range(5):
        sign_in("teacher", "wrong", address="10.0.0.66")
    assert sign_in("teacher", address="10.0.0.66").status_code == 200
    assert sign_in("teacher", address="10.0.0.1").status_code == 302


@pytest.mark.parametrize(
    "address",
    ["signup/", "email/", "confirm-email/", "confirm-email/a:b/", "3rdparty/", "3rdparty/signup/",
     "password/reset/", "password/reset/done/", "social/signup/", "login/code/confirm/", "password/set/"],
)  # fmt: skip
def test_nobody_signs_up_and_no_other_way_in_is_open(client, address):
    assert client.get(f"/accounts/{address}").status_code == 404
    assert client.post(f"/accounts/{address}").status_code == 404


@pytest.mark.parametrize("role", ["student", "guardian", "teacher", "nobody"])
def test_who_sees_only_their_own_is_not_asked_for_a_second_step(client, account, sign_in, role):
    account(role)
    sign_in(role)
    assert client.get("/").content == b"home"


@pytest.mark.parametrize("role", ["registrar", "principal", "technology_chief", "attendance_clerk", "hr"])
def test_who_sees_more_gets_nowhere_without_a_second_step(client, account, sign_in, role):
    account(role)
    sign_in(role)
    response = client.get("/roll/")
    assert response["Location"] == "/accounts/2fa/?next=%2Froll%2F"
    assert client.get("/accounts/password/change/").status_code == 302
    part = client.get("/", headers={"HX-Request": "true"})
    assert part["HX-Redirect"].startswith("/accounts/2fa/")
    assert "Before you go on" in client.get("/accounts/2fa/").content.decode()


def test_an_authenticator_app_is_set_up_then_asked_for_and_works_once_per_code(
    client, account, sign_in, set_up_app
):
    account("registrar")
    sign_in("registrar")
    secret = set_up_app()
    assert client.get("/").content == b"home"
    client.post("/accounts/logout/")
    assert sign_in("registrar")["Location"] == "/accounts/2fa/authenticate/"
    assert client.get("/")["Location"].startswith("/accounts/login/")
    wrong = "000000" if one_time_code(secret) != "000000" else "111111"
    assert client.post("/accounts/2fa/authenticate/", {"code": wrong}).status_code == 200
    code = one_time_code(secret, 1)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    assert client.get("/").content == b"home"
    client.post("/accounts/logout/")
    sign_in("registrar")
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_a_recovery_code_opens_once(client, account, sign_in, set_up_app):
    account("registrar")
    sign_in("registrar")
    set_up_app()
    page = client.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"<li><code>([\d ]+)</code>", page)
    assert len(codes) == 10
    for expected in (302, 200):
        client.post("/accounts/logout/")
        sign_in("registrar")
        assert client.post("/accounts/2fa/authenticate/", {"code": codes[0]}).status_code == expected


def test_the_secret_of_the_app_lies_encrypted(client, account, sign_in, set_up_app):
    account("registrar")
    sign_in("registrar")
    secret = set_up_app()
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored
    assert stored.startswith("gAAAA")  # Fernet


def test_who_needs_a_second_step_cannot_remove_the_last(client, account, sign_in, set_up_app):
    account("registrar")
    sign_in("registrar")
    set_up_app()
    client.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_who_is_not_made_to_may_have_and_remove_a_second_step(client, account, sign_in, set_up_app):
    account("teacher")
    sign_in("teacher")
    set_up_app()
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.exists()


def test_every_page_of_the_second_step_opens_and_keeps_the_strict_rules(client, account, sign_in, set_up_app):
    account("registrar")
    sign_in("registrar")
    pages = ["", "totp/activate/", "webauthn/", "webauthn/add/"]
    texts = [client.get(f"/accounts/2fa/{page}") for page in pages]
    set_up_app()
    after = ["", "totp/deactivate/", "recovery-codes/", "recovery-codes/generate/", "reauthenticate/"]
    texts += [client.get(f"/accounts/2fa/{page}") for page in after]
    texts += [client.get(f"/accounts/{page}") for page in ("reauthenticate/", "password/change/", "logout/")]
    for response in texts:
        assert response.status_code == 200
        page = response.content.decode()
        assert "<h1>" in page
        assert not re.search(r"<script(?![^>]*(src=|application/json))|\son\w+=|\sstyle=", page)


def test_sign_ins_and_refusals_are_recorded_without_what_was_typed(account, sign_in, client):
    teacher = account("teacher")
    sign_in("teacher", "hunter2hunter2")
    sign_in("my-password-in-the-wrong-field", "x")
    sign_in("teacher")
    client.post("/accounts/logout/")
    rows = list(AuditEntry.objects.values_list("action", "object_id").order_by("sequence"))
    me = str(teacher.pk)
    assert rows == [
        ("session.refuse", me),
        ("session.refuse", ""),
        ("session.begin", me),
        ("session.end", me),
    ]
    everything = str(list(AuditEntry.objects.values()))
    assert "hunter2" not in everything
    assert "wrong-field" not in everything


def test_a_closed_account_is_out_at_once(client, account, sign_in):
    account("teacher")
    sign_in("teacher")
    Account.objects.update(is_active=False)
    assert client.get("/")["Location"].startswith("/accounts/login/")
