"""A letter put into words for each household: what a reviewer sees is what leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format

from firstbell.attendance.data import Channel, LetterState
from firstbell.attendance.models import Letter, LetterSettings
from firstbell.attendance.rules import letter_text as words
from firstbell.attendance.rules.households import Household, households
from firstbell.attendance.rules.truancy import Occasion
from firstbell.attendance.selectors.letter_access import MASK
from firstbell.attendance.selectors.setup import letter_settings_for
from firstbell.kernel.finding import Finding, Refused, error
from firstbell.params import MissingParameter
from firstbell.people.api import letterheads, names_of, recipients_of
from firstbell.people.data import Letterhead
from firstbell.platform.access import Viewer
from firstbell.platform.mail import mail_is_set_up


@dataclass(frozen=True)
class Draft:
    """One copy, ready to leave. ``paper`` is all that is printed; ``text`` what a mail carries."""

    household: Household
    addressee: str
    template: str
    channel: Channel
    subject: str
    text: str
    paper: Mapping[str, Any]

    @property
    def address(self) -> str:
        """The address on one line, in full."""
        return ", ".join(self.household.first.address)

    @property
    def shown_address(self) -> str:
        """The address as a screen shows it."""
        return MASK if self.household.confidential and self.address else self.address


@dataclass(frozen=True)
class _Letter:
    """What all copies of one letter share."""

    row: Letter
    day: date
    evidence: Sequence[Occasion]
    settings: LetterSettings
    student: str
    head: Letterhead
    previous: date | None


def drafts(
    viewer: Viewer, letter: Letter, evidence: Sequence[Occasion], day: date
) -> tuple[list[Draft], list[Finding]]:
    """The copies of a letter as they would leave on ``day``, and what keeps them from leaving."""
    shared = _Letter(
        row=letter,
        day=day,
        evidence=evidence,
        settings=letter_settings_for([letter.school_id], day)[letter.school_id],
        student=names_of([letter.student_id], spoken=True).get(letter.student_id, ""),
        head=letterheads([letter.school_id])[letter.school_id],
        previous=_previous(letter),
    )
    recipients = recipients_of(viewer, [letter.student_id], day).get(letter.student_id, ())
    if not recipients:
        return [], [_nobody()]
    known = words.languages(letter.rules, letter.step)
    found: list[Draft] = []
    findings: dict[str, Finding] = {}
    for household in households(recipients, known, words.FALLBACK):
        try:
            found.append(_draft(shared, household))
        except Refused as refused:
            findings |= {one.message: one for one in refused.findings}
        except MissingParameter as silent:
            findings[str(silent)] = error(
                "attendance.letter.text", str(silent), "add the text to the letter tables", column="text"
            )
    return found, list(findings.values())


def _nobody() -> Finding:
    return error(
        "attendance.letter.recipient",
        "nobody may be written to: no contact with rights is on record",
        "ask the registrar to check the student's contacts",
        column="recipient",
    )


def _previous(letter: Letter) -> date | None:
    sent = Letter.objects.filter(
        student=letter.student_id, school_year=letter.school_year, state=LetterState.SENT
    ).exclude(pk=letter.pk)
    return sent.order_by("-sent_on").values_list("sent_on", flat=True).first()


def _draft(shared: _Letter, household: Household) -> Draft:
    row, language = shared.row, household.language
    text = words.letter_text(row.rules, row.step, language, shared.day)
    subject, body = words.fill(text, _values(shared, language))
    parts = words.paragraphs(body)
    addressee = household.addressee(words.phrase(language, "and"))
    email_first = shared.settings.email_first and bool(household.email) and mail_is_set_up()
    paper = {
        "language": language,
        "date": shared.day.isoformat(),
        "letterhead": [line for line in (shared.head.agency, shared.head.address, shared.head.phone) if line],
        "school": shared.head.school,
        "to": [addressee, *household.first.address],
        "reference": f"{row.school_year}-{row.step}-{row.pk}",
        "page": words.phrase(language, "page"),
        "subject": subject,
        "parts": [{"text": part.text, "items": list(part.items)} for part in parts],
    }
    return Draft(
        household=household,
        addressee=addressee,
        template=f"{row.rules}/letter-{row.step}.{text.language}@{text.start}",
        channel=Channel.EMAIL if email_first else Channel.PRINT,
        subject=subject,
        text=words.plain_text(parts),
        paper=paper,
    )


def _values(shared: _Letter, language: str) -> dict[str, str]:
    row, settings = shared.row, shared.settings
    at = timezone.localtime(row.conference_at) if row.conference_at else None
    with translation.override(language):
        return {
            "date": date_format(shared.day, "DATE_FORMAT"),
            "student_name": shared.student,
            "school_name": shared.head.school,
            "occasions": words.listed(_spoken(shared.evidence, language)),
            "contact_name": settings.contact_name,
            "contact_phone": settings.contact_phone,
            "signatory": settings.signatory,
            "alternative_programs": _in(settings.alternative_programs, language),
            "support_services": _in(settings.support_services, language),
            "previous_letter_date": date_format(shared.previous, "DATE_FORMAT") if shared.previous else "",
            "conference_time": date_format(at, "DATETIME_FORMAT") if at else "",
            "conference_place": row.conference_place,
        }


def _in(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get(words.FALLBACK, "")


def _spoken(evidence: Iterable[Occasion], language: str) -> Iterable[str]:
    for one in sorted(evidence):
        what = (
            words.phrase(language, "full_day")
            if one.minutes is None
            else words.phrase(language, "gap").format(minutes=_minutes(one.minutes))
        )
        yield f"{date_format(one.day, 'DATE_FORMAT')}: {what}"


def _minutes(minutes: Decimal) -> str:
    return f"{minutes:f}".rstrip("0").rstrip(".") if "." in f"{minutes:f}" else f"{minutes:f}"
