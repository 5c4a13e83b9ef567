"""Mail leaves through the server that is set up, or it is said that it did not."""

from __future__ import annotations

import smtplib

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from firstbell.platform.mail import MailNotSent, mail_is_set_up, send_mail


def test_a_mail_leaves_with_its_attachment_and_a_subject_of_one_line():
    send_mail(["a@example.org"], "One\nline", "Text", attachment=("a.pdf", b"%PDF", "application/pdf"))
    sent = mail.outbox[0]
    assert (sent.to, sent.subject, sent.body) == (["a@example.org"], "One line", "Text")
    assert sent.attachments[0][0] == "a.pdf"


def test_without_a_server_nothing_is_said_to_have_left(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert not mail_is_set_up()
    with pytest.raises(MailNotSent, match="no mail server"):
        send_mail(["a@example.org"], "S", "T")


def test_a_refusal_of_the_server_names_no_address(monkeypatch):
    def refuse(self, fail_silently=False):
        raise smtplib.SMTPRecipientsRefused({"a@example.org": (550, b"no such box")})

    monkeypatch.setattr(EmailMessage, "send", refuse)
    with pytest.raises(MailNotSent) as problem:
        send_mail(["a@example.org"], "S", "T")
    assert "example" not in str(problem.value)
