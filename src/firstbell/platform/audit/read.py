"""Reading the log: only for those whose role opens all of it (data class D17).

A log of millions of rows is read by its number: each page begins where the one before ended, days are turned
into numbers first, and every filter has an index that ends in the number.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from firstbell.platform.access import POLICY, DataClass, NotAllowed, Scope, Viewer
from firstbell.platform.audit.data import AuditLine, LogFilter
from firstbell.platform.audit.record import stamp
from firstbell.platform.audit.words import CHANGE, actions_of, other_actions
from firstbell.platform.models import Account, AuditEntry

#: roles whose cell of the matrix opens every log
LOG_READERS = tuple(
    role for role in POLICY.roles if Scope.DISTRICT in POLICY.cell(role, DataClass.LOGS).scopes
)
EVERYTHING = LogFilter()
MOST_PEOPLE = 50
#: how far a clock may have been set back without a row being missed
CLOCK = timedelta(days=1)


def audit_lines(
    viewer: Viewer, asked: LogFilter = EVERYTHING, *, before: int | None = None, size: int = 50
) -> list[AuditLine]:
    """The newest lines first, those with a number under ``before``.

    At most five queries, whatever the number of lines. Raises NotAllowed unless all logs are open to you.
    """
    if not viewer.sees_whole_district(DataClass.LOGS):
        raise NotAllowed("reading the audit log")
    rows = _asked_for(asked)
    if before is not None:
        rows = rows.filter(sequence__lt=before)
    entries = list(rows.order_by("-sequence")[:size])
    names = _names(entry.actor_id for entry in entries)
    return [_line(entry, names) for entry in entries]


def _asked_for(asked: LogFilter) -> QuerySet[Any]:
    rows = AuditEntry.objects.all()
    if asked.object_kind:
        rows = rows.filter(object_kind=asked.object_kind)
        if asked.object_id:
            rows = rows.filter(object_id=asked.object_id)
    if asked.kind == CHANGE:
        rows = rows.exclude(action__in=other_actions())
    elif asked.kind:
        rows = rows.filter(action__in=actions_of(asked.kind))
    if asked.who:
        rows = rows.filter(actor_id__in=_accounts(asked.who))
    if asked.begin is not None:
        rows = rows.filter(*_from(asked.begin))
    if asked.end is not None:
        rows = rows.filter(*_until(asked.end + timedelta(days=1)))
    return rows


def _accounts(who: str) -> list[int]:
    named = Q(username=who.lower()) | Q(display_name__icontains=who)
    return list(Account.objects.filter(named).order_by("pk").values_list("pk", flat=True)[:MOST_PEOPLE])


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _from(day: date) -> list[Q]:
    """Rows from the beginning of a day on: by their instant, and by the number at which to stop looking."""
    earlier = AuditEntry.objects.filter(at__lt=stamp(_midnight(day) - CLOCK)).order_by("-at", "-sequence")
    last = earlier.values_list("sequence", flat=True).first()
    return [Q(at__gte=stamp(_midnight(day))), *([] if last is None else [Q(sequence__gt=last)])]


def _until(day: date) -> list[Q]:
    """Rows before the beginning of a day: by their instant, and by the number at which to begin."""
    later = AuditEntry.objects.filter(at__gte=stamp(_midnight(day) + CLOCK)).order_by("at", "sequence")
    first = later.values_list("sequence", flat=True).first()
    return [Q(at__lt=stamp(_midnight(day))), *([] if first is None else [Q(sequence__lt=first)])]


def _names(accounts: Iterable[int | None]) -> dict[int, str]:
    wanted = {account for account in accounts if account is not None}
    return {account.pk: account.get_full_name() for account in Account.objects.filter(pk__in=wanted)}


def _line(entry: AuditEntry, names: dict[int, str]) -> AuditLine:
    if entry.actor_id is None:
        actor = entry.purpose or "nobody"
    else:
        actor = names.get(entry.actor_id, f"account {entry.actor_id}")
    return AuditLine(
        sequence=entry.sequence,
        at=datetime.fromisoformat(entry.at),
        actor_id=entry.actor_id,
        actor=actor,
        purpose=entry.purpose,
        action=entry.action,
        object_kind=entry.object_kind,
        object_id=entry.object_id,
        data_classes=tuple(DataClass(code) for code in entry.data_classes.split()),
        fields=tuple(entry.fields.split()),
        count=entry.count,
        reason=entry.reason,
        request_id=entry.request_id,
    )
