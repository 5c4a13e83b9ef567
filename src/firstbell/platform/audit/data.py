"""Values of the audit chain."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from firstbell.platform.access.data import DataClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What was done: ``action`` is noun.verb (``"student.update"``), ``fields`` are names only.

    ``count`` is the number of persons' rows touched or read; ``reason`` what the person typed.
    """

    action: str
    object_kind: str = ""
    object_id: str | int = ""
    data_classes: tuple[DataClass, ...] = ()
    fields: tuple[str, ...] = ()
    count: int = 1
    reason: str = ""
    agreement: str = ""
    on_behalf_of_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditLine:
    """One recorded act, as shown to those who may read the log."""

    sequence: int
    at: datetime
    actor_id: int | None
    #: the account's name, or the program that acted
    actor: str
    purpose: str
    action: str
    object_kind: str
    object_id: str
    data_classes: tuple[DataClass, ...]
    fields: tuple[str, ...]
    count: int
    reason: str
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """What of the log is asked for; empty means everything.

    ``who`` is a username or part of a name; ``begin`` and ``end`` are days of the district, both included;
    ``kind`` is one of ``act_kinds``.
    """

    who: str = ""
    begin: date | None = None
    end: date | None = None
    kind: str = ""
    object_kind: str = ""
    object_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHead:
    """How far the chain went at one moment, signed; kept outside of the database it vouches for."""

    sequence: int
    mac: str
    at: str
    key_id: str
    signature: str
