"""What an open roll shows before the teacher says anything: the strongest known fact, with its origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from firstbell.attendance.data import AttendanceCode, CellOrigin, KnownAbsence, Said


@dataclass(frozen=True, slots=True)
class Prefill:
    """The code shown in an unmarked cell, where it comes from, and who said so (empty for the default)."""

    code: str
    origin: CellOrigin
    by: str = ""


def prefill(
    day: date,
    period: str,
    codes: Mapping[str, AttendanceCode],
    *,
    office_period: Said | None = None,
    office_day: Said | None = None,
    known: Iterable[KnownAbsence] = (),
    previous: Said | None = None,
) -> Prefill | None:
    """The first that exists of: office for the period, for the day, known absence, carried code, default.

    ``known`` are the student's known absences, the latest entered last (it wins); ``previous`` is the
    word in force in the previous period. A code not valid on the day is passed over. None where the
    table names no default.
    """
    candidates = [
        _from(office_period, CellOrigin.OFFICE_PERIOD),
        _from(office_day, CellOrigin.OFFICE_DAY),
        _known(day, period, known),
        _carried(previous, codes),
        *(Prefill(code.code, CellOrigin.DEFAULT) for code in codes.values() if code.default),
    ]
    return next((one for one in candidates if one is not None and one.code in codes), None)


def _from(said: Said | None, origin: CellOrigin) -> Prefill | None:
    return None if said is None else Prefill(said.code, origin, said.by)


def _known(day: date, period: str, known: Iterable[KnownAbsence]) -> Prefill | None:
    found = [
        one for one in known if one.begin <= day <= one.end and (not one.periods or period in one.periods)
    ]
    return Prefill(found[-1].code, CellOrigin.KNOWN_ABSENCE, found[-1].by) if found else None


def _carried(previous: Said | None, codes: Mapping[str, AttendanceCode]) -> Prefill | None:
    if previous is None or previous.code not in codes or not codes[previous.code].prefill:
        return None
    return Prefill(previous.code, CellOrigin.PREVIOUS_PERIOD, previous.by)
