"""Periods of apportionment: their figures, live or frozen for good."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from firstbell.kernel.finding import Finding


class ApportionmentPeriod(StrEnum):
    """The periods in which a state counts attendance."""

    P1 = "P-1"
    P2 = "P-2"
    ANNUAL = "annual"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanFigures:
    """A grade span of a track (``track`` empty: of the school): pupil-days and their averages."""

    span: str
    track: str = ""
    membership: Fraction = Fraction(0)
    attended: Fraction = Fraction(0)
    ada: Decimal | None = None
    adm: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackFigures:
    """A track: days taught, pupil-days, averages rounded once, its spans."""

    track: str
    begin: date | None
    through: date | None
    days_taught: int
    membership: Fraction
    attended: Fraction
    ada: Decimal | None
    adm: Decimal | None
    spans: tuple[SpanFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSource:
    """A dated figure of law that made the period's figures, as it was then."""

    parameter: str
    value: str
    citation: str

    @property
    def words(self) -> str:
        """The parameter's name in words."""
        return self.parameter.replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentDays:
    """What one stay brought to the period: the line from a figure down to a student."""

    student_id: int
    track: str
    grade: str
    span: str
    membership: int
    lost: Fraction
    earns: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodFigures:
    """A school's figures of a period. ``period`` is P-1, P-2, annual, or ``month 4``.

    ADA and ADM are the tracks' rounded averages added; ``sources`` are the rule rows behind them. Averages
    and truants are None where the rules of the school's state do not say.
    """

    school_id: int
    school: str
    school_year: int
    period: str
    begin: date | None
    through: date | None
    ada: Decimal | None
    adm: Decimal | None
    membership: Fraction
    attended: Fraction
    tracks: tuple[TrackFigures, ...]
    spans: tuple[SpanFigures, ...]
    eligible: int
    chronic: int
    truant: int | None
    rules: str
    sources: tuple[FigureSource, ...]
    rolls_missing: int = 0

    @property
    def rate(self) -> Fraction | None:
        """Attended by possible days; None where none was possible."""
        return self.attended / self.membership if self.membership else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodReport:
    """A period as it is printed: live (``version`` 0, with what stands against closing it) or closed."""

    figures: PeriodFigures
    lock_id: int | None = None
    version: int = 0
    locked_at: datetime | None = None
    locked_by: str = ""
    reason: str = ""
    #: students whose days differ from the version before (of a live report: none)
    changes: tuple[StudentChange, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StudentChange:
    """A student whose days changed after a period was closed. ``student`` is empty for readers of counts."""

    student_id: int
    student: str
    before: str
    after: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodState:
    """One period on a school's list: when it is, whether and how often it was closed.

    ``stale``: attendance or enrollment changed since, so that an amended version is due.
    """

    period: str
    begin: date | None
    through: date | None
    over: bool
    versions: tuple[int, ...]
    lock_ids: tuple[int, ...]
    ada: Decimal | None
    adm: Decimal | None
    stale: bool
    findings: tuple[Finding, ...]
