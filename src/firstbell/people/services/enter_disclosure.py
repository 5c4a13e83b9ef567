"""A release that left by hand (a letter, a court's order answered), written into the student's record."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.utils import timezone

from firstbell.kernel.finding import Finding, Refused, error
from firstbell.people.selectors.opening import openings
from firstbell.platform.access import DataClass, NotAllowed, Viewer
from firstbell.platform.disclosure import Release, record_disclosure
from firstbell.platform.writing import writing


def enter_disclosure(
    viewer: Viewer,
    student_id: int,
    *,
    party: str,
    basis: str,
    purpose: str,
    channel: str,
    data_classes: Iterable[DataClass],
    requested_on: date,
    released_on: date | None = None,
    refused_reason: str = "",
    agreement: str = "",
    redisclosure_terms: str = "",
) -> int:
    """Enter a release, or a request that was refused, into the student's record. Answers its number.

    Days are the district's. Raises Refused when the party, the purpose, the ground, the records, or the day
    or reason of the answer is missing or cannot be; NotVisible, NotAllowed.
    """
    if not openings(viewer, student_id).may_write(DataClass.LOGS):
        raise NotAllowed("entering disclosures")
    kinds = tuple(dict.fromkeys(data_classes))
    findings = list(_gaps(viewer.today, kinds, requested_on, released_on, refused_reason))
    if findings:
        raise Refused(findings)
    release = Release(
        party=party.strip(),
        basis=basis,
        purpose=purpose.strip(),
        channel=channel,
        data_classes=kinds,
        requested_at=_moment(requested_on, viewer.today),
        released_at=_moment(released_on, viewer.today) if released_on else None,
        refused_reason=refused_reason.strip(),
        agreement=agreement.strip(),
        redisclosure_terms=redisclosure_terms.strip(),
    )
    with writing():
        return record_disclosure(viewer, release, [student_id])


def _gaps(
    today: date,
    kinds: tuple[DataClass, ...],
    requested_on: date,
    released_on: date | None,
    refused_reason: str,
) -> Iterable[Finding]:
    if not kinds:
        yield error(
            "disclosure.records", "no records are named", "say what was asked for", column="data_classes"
        )
    if bool(released_on) == bool(refused_reason.strip()):
        yield error(
            "disclosure.answer",
            "a request was either answered on a day or refused for a reason",
            "enter the one or the other",
            column="released_on",
        )
    for name, day in (("requested_on", requested_on), ("released_on", released_on)):
        if day is not None and day > today:
            yield error("disclosure.future", "that day has not come", "enter what has happened", column=name)
    if released_on is not None and released_on < requested_on:
        yield error(
            "dates.backwards",
            "it was released before it was asked for",
            "mend one of the two days",
            column="released_on",
        )


def _moment(day: date, today: date) -> datetime:
    """Now for today; noon of a day before."""
    return timezone.now() if day == today else timezone.make_aware(datetime.combine(day, time(12)))
