"""Letters of the truancy sequence, and the case around them, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from firstbell.kernel.finding import Finding


class LetterState(StrEnum):
    """Where a letter stands; ``WITHDRAWN`` no longer triggered before it was sent, its occasions are free."""

    PROPOSED = "proposed"
    HELD = "held"
    SENT = "sent"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"

    @property
    def waits(self) -> bool:
        """Whether somebody has still to decide."""
        return self in (LetterState.PROPOSED, LetterState.HELD)


class Channel(StrEnum):
    """How a letter leaves."""

    EMAIL = "email"
    PRINT = "print"


class DeliveryState(StrEnum):
    """What became of one copy. ``SENDING`` that stays: the worker stopped in between, nobody knows."""

    TO_PRINT = "to_print"
    MAILED = "mailed"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class NoteKind(StrEnum):
    """What was done in a case beside letters."""

    CALL = "call"
    MEETING = "meeting"
    AGREEMENT = "agreement"
    VISIT = "visit"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One occasion as it was frozen. ``minutes`` None is a full day; ``said`` are the rows in words."""

    day: date
    minutes: Decimal | None
    said: tuple[str, ...]
    #: whether today's attendance still holds the occasion
    stands: bool


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A letter in a list. ``triggers``: today's attendance would still give rise to it."""

    id: int
    student_id: int
    student: str
    school_id: int
    school: str
    school_year: int
    number: int
    state: LetterState
    proposed_at: datetime
    occasions: int
    first_day: date | None
    last_day: date | None
    hold_reason: str
    sent_at: datetime | None
    sent_by: str
    triggers: bool
    #: copies not yet on their way: to be printed, or failed
    undelivered: int


@dataclass(frozen=True, slots=True)
class RecipientPreview:
    """What one household would get. ``address`` is masked where it is confidential."""

    contact_id: int | None
    addressee: str
    relation: str
    language: str
    channel: Channel
    email: str
    address: str
    confidential: bool
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """One copy that left, as it left. ``address`` is masked where it is confidential."""

    id: int
    addressee: str
    relation: str
    language: str
    channel: Channel
    address: str
    confidential: bool
    subject: str
    text: str
    pdf_sha256: str
    state: DeliveryState
    result: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One line of a case's timeline, newest first. ``kind``: letter, or a ``NoteKind``."""

    at: datetime
    kind: str
    title: str
    text: str
    by: str
    letter_id: int | None = None


@dataclass(frozen=True, slots=True)
class LetterPage:
    """One letter: its evidence, what would be sent or was sent, and its history.

    ``obstacles`` keep it from being sent; empty when it can be.
    """

    letter: LetterRow
    evidence: tuple[EvidenceRow, ...]
    evidence_sha256: str
    recipients: tuple[RecipientPreview, ...]
    deliveries: tuple[DeliveryRow, ...]
    history: tuple[CaseEntry, ...]
    obstacles: tuple[Finding, ...]
    conference_at: datetime | None
    conference_place: str
    needs_conference: bool
    may_write: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """A student's attendance case in a school year: three separate flags, letters, what was done.

    ``next_step`` says in one sentence what the ladder waits for.
    """

    student_id: int
    student: str
    school_year: int
    occasions: tuple[EvidenceRow, ...]
    truant: bool
    habitual: bool
    chronic_truant: bool
    chronic: bool
    absent: Fraction
    expected: Fraction
    letters: tuple[LetterRow, ...]
    timeline: tuple[CaseEntry, ...]
    next_step: str
    may_write: bool


@dataclass(frozen=True, slots=True)
class FamilyLetter:
    """A letter as the family reads it again on screen."""

    sent_at: datetime
    subject: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class LetterBatch:
    """What a batch did: letters newly proposed, withdrawn since they no longer trigger, moved with the
    student to another school."""

    proposed: int
    withdrawn: int
    moved: int


@dataclass(frozen=True, slots=True)
class SentLetters:
    """What became of letters sent together: ids that left, and findings by id for those that did not."""

    sent: tuple[int, ...]
    refused: tuple[tuple[int, tuple[Finding, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSettingsValues:
    """A school's (or the district's) letter settings from ``begin`` on.

    ``ladder``: new occasions each letter takes, empty for the law's. ``settle_days``: calendar days an
    occasion rests before it counts, so that a family's note can still arrive. Texts are by language.
    """

    begin: date
    ladder: tuple[int, ...] = ()
    settle_days: int = 0
    email_first: bool = True
    contact_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    signatory: str = ""
    alternative_programs: tuple[tuple[str, str], ...] = ()
    support_services: tuple[tuple[str, str], ...] = ()
