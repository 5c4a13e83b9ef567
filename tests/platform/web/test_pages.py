"""What every page owes its viewer."""

import pytest

from firstbell.platform.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client, account):
    """Be signed in, second step shown."""

    def go(role):
        client.force_login(account(role))
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
        session["account_authentication_methods_user"] = session["_auth_user_id"]
        session.save()

    return go


def test_a_role_without_the_class_gets_403_and_the_attempt_is_recorded(client, enter):
    enter("teacher")
    assert client.get("/desk/").status_code == 403
    row = AuditEntry.objects.order_by("-sequence").first()
    assert (row.action, row.object_kind, row.object_id) == ("access.refuse", "page", "desk")


def test_reading_does_not_open_writing(client, enter):
    enter("counselor")
    assert client.get("/roll/").status_code == 403


def test_a_row_of_somebody_else_is_a_404_like_a_row_that_is_not(client, enter):
    enter("nurse")
    response = client.get("/health/8/")
    assert response.status_code == 404
    assert b"8" not in response.content.replace(b"utf-8", b"")


def test_a_sensitive_read_is_recorded_by_name_of_field_before_it_leaves(client, enter):
    enter("nurse")
    assert client.get("/health/7/").content == b"asthma"
    row = AuditEntry.objects.order_by("-sequence").first()
    assert (row.action, row.object_kind, row.object_id) == ("record.read", "student", "7")
    assert (row.data_classes, row.fields) == ("D9", "health_alert")
    assert row.request_id


def test_no_record_no_page(client, enter, monkeypatch):
    enter("nurse")

    def full(*args):
        raise OSError("disk full")

    monkeypatch.setattr("firstbell.platform.web.pages.record_many", full)
    with pytest.raises(OSError, match="disk full"):
        client.get("/health/7/")


def test_the_viewer_is_read_once_and_only_when_asked(client, enter, django_assert_num_queries):
    enter("teacher")
    with django_assert_num_queries(2):  # session, account
        client.get("/")
