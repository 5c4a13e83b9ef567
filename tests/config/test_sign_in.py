"""The district's own sign-in, from its file."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from firstbell.config.sign_in import SignIn, read_sign_in

OIDC = """
[[oidc]]
id = "google"
name = "Google"
client_id = "abc"
secret = "s3cret"
server_url = "https://accounts.google.com"
second_factor_at_provider = true
"""
SAML = """
[[saml]]
id = "district"
name = "District sign-in"
entity_id = "https://idp.example.org"
sso_url = "https://idp.example.org/sso"
certificate = "MIIC"
match = "username"
also_sends_to = ["https://login.example.org/x"]
"""


def test_without_a_file_there_is_only_the_password(tmp_path):
    assert read_sign_in(tmp_path) == SignIn()


def test_both_kinds_are_read_and_the_browser_may_be_sent_there(tmp_path):
    (tmp_path / "sign_in.toml").write_text(OIDC + SAML + '[mail]\nhost = "smtp.example.org"\n')
    found = read_sign_in(tmp_path)
    (oidc,) = found.providers["openid_connect"]["APPS"]
    assert (oidc["provider_id"], oidc["secret"], oidc["settings"]["match"]) == ("google", "s3cret", "email")
    assert oidc["settings"]["oauth_pkce_enabled"] is True
    (saml,) = found.providers["saml"]["APPS"]
    assert saml["settings"]["idp"]["sso_url"] == "https://idp.example.org/sso"
    assert saml["settings"]["advanced"]["want_assertion_signed"] is True
    assert found.origins == (
        "https://accounts.google.com",
        "https://idp.example.org",
        "https://login.example.org",
    )
    assert found.second_factor_at_provider == {"google"}
    assert found.mail["host"] == "smtp.example.org"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (OIDC.replace('secret = "s3cret"', ""), "number 1 lacks secret"),
        (SAML.replace("certificate", "cert"), "number 1 lacks certificate"),
        (SAML.replace('match = "username"', 'match = "name"'), "match is"),
        ("[[oidc]\n", "sign_in.toml"),
    ],
)
def test_a_gap_is_named_with_its_place(tmp_path, text, words):
    (tmp_path / "sign_in.toml").write_text(text)
    with pytest.raises(ImproperlyConfigured, match=words.replace("[", r"\[")):
        read_sign_in(tmp_path)
