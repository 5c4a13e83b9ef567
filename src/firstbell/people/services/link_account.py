"""Tying an account to the person behind it: from then on it sees what the person's relations open."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from firstbell.people.models import Contact, Staff, Student
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer

#: who ties accounts to people
KEEPERS = ("technology_chief", "system_administrator")
_PEOPLE: dict[str, Any] = {"student": Student, "contact": Contact, "staff": Staff}


def link_account(viewer: Viewer, account_id: int, kind: str, person_id: int) -> None:
    """Make ``account_id`` the account of a person (``kind``: student, contact or staff).

    Raises NotAllowed unless the viewer keeps accounts, NotVisible where there is no such person, and
    IntegrityError when the account belongs to somebody else already.
    """
    if not (viewer.purpose or viewer.holds(*KEEPERS)):
        raise NotAllowed("tying accounts to people")
    with transaction.atomic():
        if not _PEOPLE[kind].objects.filter(pk=person_id).update(account=account_id):
            raise NotVisible
        audit.record(
            viewer,
            "account.link",
            kind,
            person_id,
            data_classes=[DataClass.SECURITY],
            fields=["account"],
        )
