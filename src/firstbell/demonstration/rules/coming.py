"""Absences that somebody told the office of: entered by it, or still waiting in its queue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from firstbell.attendance.data import KnownAbsenceRecord
from firstbell.demonstration.rules.absences import Away, known_ahead
from firstbell.demonstration.rules.attendance import AHEAD, OFFICE_CODES, Year
from firstbell.demonstration.rules.chance import stream
from firstbell.demonstration.rules.pupils import Pupil

_WORDS = {
    "H": (
        "Fever since last night",
        "Stomach flu",
        "Sore throat and cough",
        "Seeing the doctor",
        "Not feeling well",
    ),
    "E": ("Dentist", "Funeral in the family", "Court appointment", "Religious holiday", "Orthodontist"),
}


def coming_absences(year: Year, since: datetime | None = None) -> Iterator[KnownAbsenceRecord]:
    """Absences from today on that are known now, and news after ``since``.

    Illness is told of on the morning itself, journeys and appointments days before; suspensions the
    office enters itself. What a family tells waits until the office answers it.
    """
    today = year.now.date()
    until = year.until()
    begin = until - 1 if until and year.days[until - 1] == today else until
    for pupil in year.found.pupils:
        if not pupil.known or pupil.known[-1].exit is not None or pupil.known[-1].no_show:
            continue
        school = pupil.known[-1].school.key
        for first, last, away in known_ahead(year.absences(pupil), year.pressure, begin, begin + AHEAD):
            told, answered = year.told(pupil, first, away)
            if told > year.now or not any(year.meetings[school].taught(at) for at in range(first, last + 1)):
                continue
            waits = answered > year.now
            if since is not None and (told if waits else answered) <= since:
                continue
            clerk = year.clerk(school)
            yield KnownAbsenceRecord(
                student=pupil.key,
                begin=max(year.days[first], today) if waits else year.days[first],
                end=year.days[last],
                code="" if waits else away.code,
                by=clerk if away.code in OFFICE_CODES else _teller(pupil),
                at=told,
                decided_by="" if waits else clerk,
                decided_at=None if waits else answered,
                comment=away.comment
                or _words(away, stream(year.found.seed, "words", pupil.key, first).random()),
            )


def _words(away: Away, draw: float) -> str:
    words = _WORDS.get(away.code, ("",))
    return words[int(draw * len(words))]


def _teller(pupil: Pupil) -> str:
    adult = next(one for one in pupil.family.adults if not one.barred)
    return f"{adult.first} {adult.last}"
