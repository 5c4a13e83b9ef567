"""Sending a letter: in sequence, once, with all that it rests on frozen; a copy a household.

The copies are written down, with the file and the disclosure, in the transaction that makes the letter
sent; mail leaves afterwards by a job. So a letter may at worst be logged and not mailed, which shows,
and never mailed and not logged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from django.utils import timezone

from firstbell.attendance.data import Channel, DeliveryState, LetterState, SentLetters
from firstbell.attendance.models import Letter, LetterAct, LetterDelivery
from firstbell.attendance.rules.letters import Proposal, frozen
from firstbell.attendance.selectors.ladder import ladders
from firstbell.attendance.selectors.letter_access import letter_to_decide, opens_confidential_address
from firstbell.attendance.selectors.letter_draft import Draft, drafts
from firstbell.attendance.selectors.truancy import evidence_of
from firstbell.kernel.finding import Finding, Refused, error
from firstbell.people.api import hold_students
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.disclosure import Release, record_disclosure
from firstbell.platform.files import keep
from firstbell.platform.jobs import start
from firstbell.platform.mail import mail_is_set_up
from firstbell.platform.printing import pdf
from firstbell.platform.writing import writing

LETTER = Path(__file__).resolve().parent.parent / "tables" / "letters" / "letter.typ"
MAIL_JOB = "attendance.mail_letters"


def send_letter(
    viewer: Viewer,
    letter_id: int,
    *,
    channels: Mapping[int | None, Channel] | None = None,
    reason: str = "",
) -> int:
    """Send a proposed letter to every household; answers the number of copies.

    ``channels`` chooses by contact id (that of the first of the household) where the proposed channel does
    not suit; ``reason`` opens a confidential address where policy masks it. Raises NotVisible, NotAllowed,
    and Refused: held, sent already, no longer triggered, a blank without a value, nobody to write to.
    """
    with writing():
        letter = letter_to_decide(viewer, letter_id)
        _check_state(letter)
        hold_students([letter.student_id])  # nobody excuses a day between the reading and the sending
        due = _still_due(letter, viewer)
        copies, findings = drafts(viewer, letter, due.evidence, viewer.today)
        if findings:
            raise Refused(findings)
        chosen = [_chosen(copy, channels or {}) for copy in copies]
        _check_channels(viewer, letter, chosen, reason)
        _freeze(viewer, letter, due)
        rows = [_copy(viewer, letter, copy) for copy in chosen]
        LetterAct.objects.create(
            letter=letter, verb="send", account_id=viewer.account_id, by_name=viewer.name, reason=reason[:300]
        )
        if any(row.channel == Channel.EMAIL for row in rows):
            start(viewer, MAIL_JOB, letters=[letter.pk])
        audit.record(
            viewer,
            "attendance.send_letter",
            "letter",
            letter.pk,
            data_classes=_classes(chosen),
            fields=["evidence", "text", "address"],
            reason=reason[:300],
        )
    return len(rows)


def send_letters(viewer: Viewer, letter_ids: Iterable[int]) -> SentLetters:
    """Send letters one by one, each on its own; what is refused stays proposed with its findings."""
    sent: list[int] = []
    refused: list[tuple[int, tuple[Finding, ...]]] = []
    for letter_id in letter_ids:
        try:
            send_letter(viewer, letter_id)
            sent.append(letter_id)
        except Refused as refusal:
            refused.append((letter_id, tuple(refusal.findings)))
        except (NotVisible, NotAllowed):
            finding = error("attendance.letter.office", "it belongs to another office", "leave it to them")
            refused.append((letter_id, (finding,)))
    return SentLetters(tuple(sent), tuple(refused))


def _check_state(letter: Letter) -> None:
    state = LetterState(letter.state)
    if state is LetterState.PROPOSED:
        return
    what = {
        LetterState.HELD: ("the letter is held", "release it first"),
        LetterState.SENT: ("the letter was sent already", "a letter is never sent twice; print a copy"),
    }.get(state, (f"the letter is {state}", "the next batch proposes anew what is due"))
    raise Refused([error("attendance.letter.state", *what)])


def _still_due(letter: Letter, viewer: Viewer) -> Proposal:
    due = ladders({letter.student_id: letter.school_id}, viewer.today).still_due(letter)
    if due is None:
        raise Refused(
            [
                error(
                    "attendance.letter.no_longer_due",
                    "by today's attendance this letter is not due any more",
                    "the next batch withdraws it; nothing has left",
                )
            ]
        )
    return due


def _chosen(copy: Draft, channels: Mapping[int | None, Channel]) -> Draft:
    channel = channels.get(copy.household.first.contact_id)
    return replace(copy, channel=channel) if channel is not None else copy


def _check_channels(viewer: Viewer, letter: Letter, copies: Iterable[Draft], reason: str) -> None:
    findings = []
    for copy in copies:
        if copy.channel is Channel.EMAIL and not (copy.household.email and mail_is_set_up()):
            findings.append(
                error(
                    "attendance.letter.email",
                    "no mail can leave: the contact has no e-mail address, or no mail server is set up",
                    "print this copy instead",
                    column="channel",
                )
            )
        hidden = copy.channel is Channel.PRINT and copy.household.confidential and copy.address
        if hidden and not opens_confidential_address(viewer, letter.school_id, reason=reason):
            findings.append(
                error(
                    "attendance.letter.confidential",
                    "the address is confidential, and your role opens it only with a reason or not at all",
                    "say why it must be printed, send by e-mail, or ask the attendance clerk",
                    column="reason",
                )
            )
    if findings:
        raise Refused(findings)


def _classes(copies: Iterable[Draft]) -> list[DataClass]:
    opened = any(copy.household.confidential and copy.channel is Channel.PRINT for copy in copies)
    return [DataClass.CONTACT, DataClass.ATTENDANCE, *([DataClass.CUSTODY] if opened else [])]


def _freeze(viewer: Viewer, letter: Letter, due: Proposal) -> None:
    letter.evidence = evidence_of({letter.student_id: due.evidence})[letter.student_id]
    letter.evidence_sha256 = frozen(letter.evidence)[1]
    letter.state, letter.sent_by = LetterState.SENT, viewer.name
    letter.sent_at, letter.sent_on = timezone.now(), viewer.today
    letter.save(update_fields=["evidence", "evidence_sha256", "state", "sent_at", "sent_on", "sent_by"])


def _copy(viewer: Viewer, letter: Letter, copy: Draft) -> LetterDelivery:
    first, mailed = copy.household.first, copy.channel is Channel.EMAIL
    paper = dict(copy.paper)
    if mailed and copy.household.confidential:
        paper["to"] = [copy.addressee]  # a mail may be read by others
    digest = keep(pdf(LETTER, {"letters": [paper]}))
    party = f"{copy.addressee} ({first.relation})"
    disclosure = disclose(viewer, letter, party, copy.channel, digest, adult=first.contact_id is None)
    return LetterDelivery.objects.create(
        letter=letter,
        contact_id=first.contact_id,
        addressee=copy.addressee,
        relation=first.relation,
        language=copy.household.language,
        template=copy.template,
        channel=copy.channel,
        address=copy.household.email if mailed else copy.address,
        confidential=copy.household.confidential and not mailed,
        subject=copy.subject,
        text=copy.text,
        paper=paper,
        pdf_sha256=digest,
        state=DeliveryState.QUEUED if mailed else DeliveryState.TO_PRINT,
        at=timezone.now(),
        account_id=viewer.account_id,
        by_name=viewer.name,
        disclosure_id=disclosure,
    )


def disclose(
    viewer: Viewer, letter: Letter, party: str, channel: Channel, digest: str, *, adult: bool
) -> int:
    """Enter a copy into the student's record of disclosures (to a parent: kept, but exempt from it)."""
    release = Release(
        party=party,
        basis="eligible_student" if adult else "parent",
        purpose=f"Attendance letter {letter.step}",
        channel=f"letter:{channel}",
        data_classes=(DataClass.ATTENDANCE,),
        fields=("evidence",),
        file_hash=digest,
    )
    return record_disclosure(viewer, release, [letter.student_id])
