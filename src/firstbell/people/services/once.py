"""A form that is sent twice writes once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from firstbell.people.models import SentForm
from firstbell.platform.access import NotVisible, Viewer
from firstbell.platform.writing import writing

KEPT = timedelta(days=2)


def once(viewer: Viewer, key: uuid.UUID, write: Callable[[], object]) -> str:
    """Run ``write`` and answer what it answered: an id, as text.

    Sent again under the same ``key`` it answers the first answer and changes nothing. A refusal leaves the
    key unused, so that the mended form can be sent. Raises NotVisible for a key that somebody else used.
    """
    with writing():
        sent, new = SentForm.objects.get_or_create(key=key, defaults={"account_id": viewer.account_id})
        if not new:
            if sent.account_id != viewer.account_id:
                raise NotVisible
            return sent.answer
        sent.answer = str(write())
        sent.save(update_fields=["answer"])
        SentForm.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return sent.answer


def sent_before(viewer: Viewer, key: uuid.UUID) -> str:
    """What was answered when this form was sent before; empty when it was not, or failed."""
    sent = SentForm.objects.filter(key=key, account_id=viewer.account_id).first()
    return sent.answer if sent else ""
