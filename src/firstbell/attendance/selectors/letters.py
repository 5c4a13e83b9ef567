"""Letters as the office reviews and reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q

from firstbell.attendance.data import (
    CaseEntry,
    Channel,
    DeliveryRow,
    DeliveryState,
    EvidenceRow,
    LetterPage,
    LetterRow,
    LetterState,
    RecipientPreview,
)
from firstbell.attendance.models import Letter, LetterAct, LetterDelivery
from firstbell.attendance.rules.letters import thawed
from firstbell.attendance.rules.truancy import Occasion
from firstbell.attendance.selectors.ladder import Ladders, ladders
from firstbell.attendance.selectors.letter_access import MASK, letters_in_scope, may_decide
from firstbell.attendance.selectors.letter_draft import Draft, drafts
from firstbell.attendance.selectors.truancy import evidence_of
from firstbell.kernel.finding import Finding, error
from firstbell.kernel.school_year import SchoolYear
from firstbell.people.api import names_of, schools_in_scope
from firstbell.platform.access import DataClass, NotVisible, Viewer

#: copies that somebody has still to see to
UNDELIVERED = (DeliveryState.TO_PRINT, DeliveryState.FAILED, DeliveryState.SENDING)
VERBS = {
    "propose": "Proposed by the batch",
    "withdraw": "Withdrawn",
    "move": "Moved with the student",
    "hold": "Held",
    "release": "Released",
    "dismiss": "Dismissed",
    "conference": "Conference planned",
    "send": "Sent",
}
CONFERENCE_BLANK = "conference_time"


def letters(
    viewer: Viewer,
    *,
    school_id: int | None = None,
    states: Iterable[LetterState] = (LetterState.PROPOSED, LetterState.HELD),
    school_year: int | None = None,
) -> list[LetterRow]:
    """Letters of students whose case the viewer may read, oldest proposal first. Constant queries."""
    year = school_year or SchoolYear.of(viewer.today).ending
    rows = letters_in_scope(viewer).filter(state__in=list(states), school_year=year)
    if school_id is not None:
        rows = rows.filter(school=school_id)
    return letter_rows(viewer, list(rows.order_by("proposed_at", "id")))


def letter_rows(viewer: Viewer, rows: Sequence[Letter], book: Ladders | None = None) -> list[LetterRow]:
    """Rows that the caller has narrowed to its viewer, as a list shows them."""
    if not rows:
        return []
    known = book or _book(viewer, rows)
    names = names_of(row.student_id for row in rows)
    schools = dict(schools_in_scope(viewer, DataClass.ATTENDANCE).values_list("id", "name"))
    open_copies: dict[int, int] = dict(
        LetterDelivery.objects.filter(letter__in=[row.pk for row in rows], state__in=UNDELIVERED)
        .exclude(result__endswith="printed instead")
        .order_by()
        .values_list("letter_id")
        .annotate(n=Count("id"))
    )
    return [
        _row(row, names.get(row.student_id, ""), schools.get(row.school_id, ""), known, open_copies)
        for row in rows
    ]


def _book(viewer: Viewer, rows: Iterable[Letter]) -> Ladders:
    """The ladders of the letters' own school year, as of today or the year's end."""
    rows = list(rows)
    last = SchoolYear(rows[0].school_year).span.end or viewer.today
    return ladders({row.student_id: row.school_id for row in rows}, min(viewer.today, last))


def _row(row: Letter, student: str, school: str, book: Ladders, open_copies: Mapping[int, int]) -> LetterRow:
    days = sorted(one["day"] for one in row.evidence)
    return LetterRow(
        id=row.pk,
        student_id=row.student_id,
        student=student,
        school_id=row.school_id,
        school=school,
        school_year=row.school_year,
        number=row.step,
        state=LetterState(row.state),
        proposed_at=row.proposed_at,
        occasions=len(days),
        first_day=date.fromisoformat(days[0]) if days else None,
        last_day=date.fromisoformat(days[-1]) if days else None,
        hold_reason=row.hold_reason,
        sent_at=row.sent_at,
        sent_by=row.sent_by,
        triggers=book.triggers(row),
        undelivered=open_copies.get(row.pk, 0),
    )


def letter_page(viewer: Viewer, letter_id: int) -> LetterPage:
    """One letter: evidence, what would leave or has left, history. Raises NotVisible."""
    row = letters_in_scope(viewer).filter(pk=letter_id).first()
    if row is None:
        raise NotVisible
    book = _book(viewer, [row])
    state = LetterState(row.state)
    evidence = row.evidence
    copies: list[Draft] = []
    obstacles: list[Finding] = []
    if state.waits:
        due = book.still_due(row)
        now = due.evidence if due else thawed(row.evidence)
        evidence = evidence_of({row.student_id: now})[row.student_id]
        copies, obstacles = drafts(viewer, row, now, viewer.today)
        obstacles = [*_waiting(state, due is not None), *obstacles]
    return LetterPage(
        letter=letter_rows(viewer, [row], book)[0],
        evidence=tuple(evidence_rows(evidence, book.occasions.get(row.student_id, ()))),
        evidence_sha256=row.evidence_sha256 if state is LetterState.SENT else "",
        recipients=tuple(_preview(copy) for copy in copies),
        deliveries=tuple(_deliveries(row.pk)),
        history=tuple(history([row])),
        obstacles=tuple(obstacles),
        conference_at=row.conference_at,
        conference_place=row.conference_place,
        needs_conference=any(one.column == CONFERENCE_BLANK for one in obstacles)
        or row.conference_at is not None,
        may_write=may_decide(viewer, row.school_id),
    )


def _waiting(state: LetterState, due: bool) -> Iterable[Finding]:
    if state is LetterState.HELD:
        yield error("attendance.letter.state", "the letter is held", "release it to let it go on")
    if not due:
        yield error(
            "attendance.letter.no_longer_due",
            "by today's attendance this letter is not due any more",
            "the next batch withdraws it",
        )


def evidence_rows(rows: Iterable[Mapping[str, Any]], today: Iterable[Occasion]) -> Iterable[EvidenceRow]:
    """Kept evidence as a page shows it, beside what today's attendance still holds."""
    standing = {one.day for one in today}
    for row in rows:
        day = date.fromisoformat(row["day"])
        yield EvidenceRow(
            day=day,
            minutes=None if row["minutes"] is None else Decimal(row["minutes"]),
            said=tuple(_said(one) for one in row.get("said", ())),
            stands=day in standing,
        )


def _said(row: Mapping[str, Any]) -> str:
    if row.get("whole_day"):
        return f"whole day: {row['office_code']} ({_who(row['office_by'], row['office_at'])}, office)"
    place = ", ".join(part for part in (row["section"], row["period"]) if part)
    said = []
    if row["teacher_code"]:
        late = f" {row['minutes_late']} min" if row["minutes_late"] else ""
        said.append(f"{row['teacher_code']}{late} ({_who(row['teacher_by'], row['teacher_at'])})")
    if row["office_code"]:
        said.append(f"{row['office_code']} ({_who(row['office_by'], row['office_at'])}, office)")
    return f"{place}: {', '.join(said)}"


def _who(name: str, at: str | None) -> str:
    when = f"{datetime.fromisoformat(at):%Y-%m-%d %H:%M}" if at else ""
    return ", ".join(part for part in (name, when) if part)


def _preview(copy: Draft) -> RecipientPreview:
    first = copy.household.first
    return RecipientPreview(
        contact_id=first.contact_id,
        addressee=copy.addressee,
        relation=first.relation,
        language=copy.household.language,
        channel=copy.channel,
        email=copy.household.email,
        address=copy.shown_address,
        confidential=copy.household.confidential,
        subject=copy.subject,
        text=copy.text,
    )


def _deliveries(letter_id: int) -> Iterable[DeliveryRow]:
    for row in LetterDelivery.objects.filter(letter=letter_id).order_by("id"):
        yield DeliveryRow(
            id=row.pk,
            addressee=row.addressee,
            relation=row.relation,
            language=row.language,
            channel=Channel(row.channel),
            address=MASK if row.confidential and row.address else row.address,
            confidential=row.confidential,
            subject=row.subject,
            text=row.text,
            pdf_sha256=row.pdf_sha256,
            state=DeliveryState(row.state),
            result=row.result,
            at=row.at,
            by=row.by_name,
        )


def history(rows: Sequence[Letter]) -> list[CaseEntry]:
    """What was done with letters, newest first. One query."""
    steps = {row.pk: row.step for row in rows}
    acts = LetterAct.objects.filter(Q(letter__in=list(steps))).order_by("-at", "-id")
    return [
        CaseEntry(
            at=act.at,
            kind="letter",
            title=f"Letter {steps[act.letter_id]}: {VERBS.get(act.verb, act.verb).lower()}",
            text=act.reason,
            by=act.by_name,
            letter_id=act.letter_id,
        )
        for act in acts
    ]
