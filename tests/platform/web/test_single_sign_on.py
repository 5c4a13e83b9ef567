"""The district's own sign-in as configured: where it leads, and when it stands for the second step."""

import pytest

from firstbell.config.sign_in import read_sign_in

pytestmark = pytest.mark.django_db
CERTIFICATE = "MIIC"
FILE = """
[[saml]]
id = "district"
name = "Oak Valley sign-in"
entity_id = "https://idp.example.org"
sso_url = "https://idp.example.org/sso"
certificate = "MIIC"
[[oidc]]
id = "google"
name = "Google"
client_id = "abc"
secret = "s3cret"
server_url = "https://accounts.example.com"
second_factor_at_provider = true
"""


@pytest.fixture(autouse=True)
def _configured(settings, tmp_path):
    (tmp_path / "sign_in.toml").write_text(FILE)
    found = read_sign_in(tmp_path)
    settings.SOCIALACCOUNT_PROVIDERS = dict(found.providers)
    settings.FIRSTBELL_SECOND_FACTOR_AT_PROVIDER = found.second_factor_at_provider


def test_the_sign_in_page_offers_each_by_its_name(client):
    page = client.get("/accounts/login/").content.decode()
    assert ">Oak Valley sign-in</button>" in page
    assert ">Google</button>" in page
    assert 'action="/accounts/saml/district/login/' in page


def test_saml_sends_the_browser_to_the_district_with_the_address_back(client):
    response = client.post("/accounts/saml/district/login/", headers={"Host": "localhost"})
    assert response.status_code == 302
    assert response["Location"].startswith("https://idp.example.org/sso?SAMLRequest=")
    metadata = client.get("/accounts/saml/district/metadata/", headers={"Host": "localhost"}).content.decode()
    assert "http://localhost/accounts/saml/district/acs/" in metadata


def test_a_stranger_to_the_settings_is_a_404(client):
    assert client.post("/accounts/saml/other/login/").status_code == 404


@pytest.mark.parametrize(("provider", "lets_in"), [("google", True), ("district", False)])
def test_it_stands_for_the_second_step_only_where_the_district_says_so(client, account, provider, lets_in):
    client.force_login(account("registrar"))
    session = client.session
    session["account_authentication_methods"] = [{"method": "socialaccount", "at": 0, "provider": provider}]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    assert (client.get("/").status_code == 200) is lets_in


def test_records_of_another_account_in_the_session_do_not_count(client, account):
    client.force_login(account("registrar"))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session["account_authentication_methods_user"] = "999"
    session.save()
    assert client.get("/").status_code == 302
