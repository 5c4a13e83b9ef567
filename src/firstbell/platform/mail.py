"""E-mail out of the house. Without a mail server in ``sign_in.toml`` nothing is sent, and nobody pretends."""

from __future__ import annotations

import smtplib
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage


class MailNotSent(Exception):  # noqa: N818 - says what became of the mail
    """The mail server did not take the mail; the text says why, without address or content."""


def mail_is_set_up() -> bool:
    """Whether mail can leave at all."""
    return "dummy" not in settings.EMAIL_BACKEND


def send_mail(
    to: Iterable[str],
    subject: str,
    text: str,
    *,
    attachment: tuple[str, bytes, str] | None = None,
    reply_to: str = "",
) -> None:
    """Send one plain-text mail; ``attachment`` is (file name, content, media type). Raises MailNotSent."""
    if not mail_is_set_up():
        raise MailNotSent("no mail server is set up")
    message = EmailMessage(
        subject=" ".join(subject.split()),
        body=text,
        to=list(to),
        reply_to=[reply_to] if reply_to else None,
        attachments=[attachment] if attachment else None,
    )
    try:
        taken = message.send()
    except (smtplib.SMTPException, OSError) as problem:
        raise MailNotSent(f"the mail server refused it ({type(problem).__name__})") from problem
    if not taken:
        raise MailNotSent("the mail server did not take it")
