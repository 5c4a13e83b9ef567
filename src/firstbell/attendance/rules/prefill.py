"""What a cell of a roll shows: the strongest word there is, with its origin and author."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from firstbell.attendance.data import AttendanceCode, CellOrigin, KnownAbsence, Said

#: the office's own words, which a teacher sees and cannot change
LOCKED = frozenset({CellOrigin.OFFICE_PERIOD, CellOrigin.OFFICE_DAY, CellOrigin.KNOWN_ABSENCE})


@dataclass(frozen=True, slots=True)
class Prefill:
    """The code shown in a cell, where it comes from, and who said so (None for the default)."""

    code: str
    origin: CellOrigin
    said: Said | None = None

    @property
    def locked(self) -> bool:
        """Whether the teacher cannot change it."""
        return self.origin in LOCKED


def prefill(
    codes: Mapping[str, AttendanceCode],
    *,
    office_period: Said | None = None,
    office_day: Said | None = None,
    known: Said | None = None,
    teacher: Said | None = None,
    previous: Said | None = None,
) -> Prefill | None:
    """The first that exists of: office for the period, for the day, known absence, the teacher's own word,
    a code carried on from the previous period, the default.

    ``codes`` are those valid on the day; a code that is not among them is passed over. None where the
    table names no default.
    """
    candidates = [
        _from(office_period, CellOrigin.OFFICE_PERIOD),
        _from(office_day, CellOrigin.OFFICE_DAY),
        _from(known, CellOrigin.KNOWN_ABSENCE),
        _from(teacher, CellOrigin.TEACHER),
        _from(previous if carries(previous, codes) else None, CellOrigin.PREVIOUS_PERIOD),
        *(Prefill(code.code, CellOrigin.DEFAULT) for code in codes.values() if code.default),
    ]
    return next((one for one in candidates if one is not None and one.code in codes), None)


def _from(said: Said | None, origin: CellOrigin) -> Prefill | None:
    return None if said is None else Prefill(said.code, origin, said)


def carries(said: Said | None, codes: Mapping[str, AttendanceCode]) -> bool:
    """Whether a word of one period is flagged to show in the next (suspended, on a trip)."""
    return said is not None and said.code in codes and codes[said.code].prefill


def covers(known: KnownAbsence, day: date, period: str | None = None) -> bool:
    """Whether a known absence holds on ``day``, for the whole day or (``period``) in that period."""
    if not known.begin <= day <= known.end:
        return False
    return not known.periods if period is None else not known.periods or period in known.periods
