"""Tying accounts to the people behind them: from then on they see what the people's relations open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from firstbell.kernel.finding import Refused, error
from firstbell.people.models import Contact, Staff, Student
from firstbell.people.services.keeping import hold_keeping, refuse_unless_kept
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.accounts import ACCOUNT_KEEPERS
from firstbell.platform.writing import writing

_PEOPLE: dict[str, Any] = {"student": Student, "contact": Contact, "staff": Staff}
BATCH = 500


def link_account(viewer: Viewer, account_id: int, kind: str, person_id: int) -> None:
    """Make ``account_id`` the account of a person (``kind``: student, contact or staff).

    Raises NotAllowed unless the viewer keeps accounts, NotVisible where there is no such person, Refused
    for one's own account, and where account or person is tied to somebody else already.
    """
    _keeper(viewer, account_id)
    with writing():
        hold_keeping()
        person = _PEOPLE[kind].objects.filter(pk=person_id).first()
        if person is None:
            raise NotVisible
        taken = _PEOPLE[kind].objects.filter(account=account_id).exclude(pk=person_id).exists()
        if taken or person.account_id not in (None, account_id):
            raise Refused(
                [
                    error(
                        "account.tied",
                        "the account or the person is tied to somebody else already",
                        "untie that one first",
                    )
                ]
            )
        person.account_id = account_id
        person.save(update_fields=["account"])
        _record(viewer, "account.link", kind, person_id)


def unlink_account(viewer: Viewer, account_id: int, kind: str) -> None:
    """Untie an account from its person: it loses what the person's relations opened, with the next request.

    Raises NotAllowed unless the viewer keeps accounts, NotVisible where there is no such tie, Refused for
    one's own account, and where nobody would be left who keeps accounts.
    """
    _keeper(viewer, account_id)
    with writing():
        hold_keeping()
        person = _PEOPLE[kind].objects.filter(account=account_id).first()
        if person is None:
            raise NotVisible
        if kind == "staff":
            refuse_unless_kept(viewer, untying=account_id)
        person.account_id = None
        person.save(update_fields=["account"])
        _record(viewer, "account.unlink", kind, person.pk)


def link_accounts(viewer: Viewer, kind: str, links: Mapping[int, int]) -> None:
    """Give people (by id; ``kind``: student, contact or staff) their accounts (by number).

    Raises NotAllowed unless the viewer keeps accounts, NotVisible where there is no such person, and
    IntegrityError when an account belongs to somebody else already.
    """
    if not (viewer.purpose or viewer.holds(*ACCOUNT_KEEPERS)):
        raise NotAllowed("tying accounts to people")
    model = _PEOPLE[kind]
    ids = sorted(links)
    with writing():
        found = 0
        for start in range(0, len(ids), BATCH):
            rows = [model(pk=one, account_id=links[one]) for one in ids[start : start + BATCH]]
            found += model.objects.bulk_update(rows, ["account"])
        if found != len(ids):
            raise NotVisible
        if ids:
            audit.record(
                viewer,
                "account.link",
                kind,
                ids[0] if len(ids) == 1 else "",
                data_classes=[DataClass.SECURITY],
                fields=["account"],
                count=len(ids),
            )


def _keeper(viewer: Viewer, account_id: int) -> None:
    if not (viewer.purpose or viewer.holds(*ACCOUNT_KEEPERS)):
        raise NotAllowed("tying accounts to people")
    if account_id == viewer.account_id:
        raise Refused(
            [error("account.own", "nobody ties their own account to a person", "ask another keeper")]
        )


def _record(viewer: Viewer, action: str, kind: str, person_id: int) -> None:
    audit.record(viewer, action, kind, person_id, data_classes=[DataClass.SECURITY], fields=["account"])
