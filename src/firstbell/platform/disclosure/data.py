"""Values of the disclosure log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from firstbell.platform.access.data import DataClass


@dataclass(frozen=True, slots=True)
class Basis:
    """On what ground records may go out; ``exempt`` is not part of the record a parent inspects."""

    code: str
    label: str
    exempt: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One release to one party, about to happen (or refused: then ``refused_reason`` says why).

    ``basis`` is a code of ``tables/disclosure_bases.yaml``; ``channel`` says how it leaves
    (``"export:oneroster"``); ``file_hash`` is the SHA-256 of what left, in hexadecimal;
    ``requested_at`` and ``released_at`` None mean now.
    """

    party: str
    basis: str
    purpose: str
    channel: str
    data_classes: tuple[DataClass, ...]
    fields: tuple[str, ...] = ()
    requested_at: datetime | None = None
    released_at: datetime | None = None
    refused_reason: str = ""
    agreement: str = ""
    redisclosure_terms: str = ""
    file_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureLine:
    """One entry of a student's record of disclosures."""

    id: int
    party: str
    basis: Basis
    purpose: str
    channel: str
    data_classes: tuple[DataClass, ...]
    fields: tuple[str, ...]
    requested_at: datetime
    released_at: datetime | None
    refused_reason: str
    agreement: str
    redisclosure_terms: str
    student_count: int
