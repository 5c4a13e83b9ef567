"""What becomes of a letter's copies: mailed, printed, handed to the post, printed instead of mailed."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from firstbell.attendance.data import Channel, DeliveryState
from firstbell.attendance.models import LetterDelivery
from firstbell.attendance.selectors.letter_access import (
    letter_to_decide,
    letters_in_scope,
    may_decide,
    opens_confidential_address,
)
from firstbell.attendance.selectors.setup import letter_settings_for
from firstbell.attendance.services.send_letter import LETTER, disclose
from firstbell.kernel.finding import Refused, error
from firstbell.people.api import recipients_of
from firstbell.people.data import Recipient
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, NotVisible, Viewer
from firstbell.platform.files import keep, kept
from firstbell.platform.mail import MailNotSent, send_mail
from firstbell.platform.printing import pdf
from firstbell.platform.writing import writing

GONE = "the contact may not be written to any more"


def mail_letters(viewer: Viewer, letter_ids: Iterable[int]) -> dict[str, int]:
    """Mail the copies that wait; answers how many were sent and how many failed. For the job.

    Each copy is claimed before it leaves, so that it leaves at most once; one that stays "sending" was
    interrupted, and a person decides.
    """
    counts = {"sent": 0, "failed": 0}
    queued = LetterDelivery.objects.filter(letter__in=list(letter_ids), state=DeliveryState.QUEUED)
    for copy in queued.select_related("letter"):
        claimed = LetterDelivery.objects.filter(pk=copy.pk, state=DeliveryState.QUEUED).update(
            state=DeliveryState.SENDING
        )
        if claimed:
            counts["sent" if _mail(viewer, copy) else "failed"] += 1
    return counts


def _mail(viewer: Viewer, copy: LetterDelivery) -> bool:
    school = copy.letter.school_id
    reply_to = letter_settings_for([school], viewer.today)[school].contact_email
    try:
        if _recipient(viewer, copy, copy.letter.student_id) is None:
            raise MailNotSent(GONE)
        send_mail(
            [copy.address],
            copy.subject,
            copy.text,
            attachment=(f"letter-{copy.paper['reference']}.pdf", kept(copy.pdf_sha256), "application/pdf"),
            reply_to=reply_to,
        )
        copy.state, copy.result = DeliveryState.SENT, f"taken by the mail server {_clock()}"
    except MailNotSent as problem:
        copy.state, copy.result = DeliveryState.FAILED, str(problem)[:200]
    with writing():
        copy.save(update_fields=["state", "result"])
        audit.record(
            viewer,
            "attendance.mail_letter",
            "letter",
            copy.letter_id,
            data_classes=[DataClass.ATTENDANCE],
        )
    return copy.state is DeliveryState.SENT


def _clock() -> str:
    return f"{timezone.localtime():%Y-%m-%d %H:%M}"


def letter_file(viewer: Viewer, delivery_id: int, *, reason: str = "") -> bytes:
    """The PDF of one copy exactly as it left. Raises NotVisible, NotAllowed (confidential), FileDamaged."""
    copy = (
        LetterDelivery.objects.filter(pk=delivery_id, letter__in=letters_in_scope(viewer))
        .select_related("letter")
        .first()
    )
    if copy is None:
        raise NotVisible
    _open(viewer, [copy], reason)
    return kept(copy.pdf_sha256)


def print_letters(viewer: Viewer, school_id: int, *, reason: str = "") -> bytes:
    """One PDF with every copy of the school that waits for paper. Raises NotAllowed, NotVisible (none)."""
    if not may_decide(viewer, school_id):
        raise NotAllowed("printing this school's letters")
    copies = list(_to_print(school_id))
    if not copies:
        raise NotVisible
    _open(viewer, copies, reason)
    return pdf(LETTER, {"letters": [copy.paper for copy in copies]})


def _to_print(school_id: int) -> QuerySet[LetterDelivery]:
    return LetterDelivery.objects.filter(
        letter__school=school_id, state=DeliveryState.TO_PRINT
    ).select_related("letter")


def _open(viewer: Viewer, copies: Iterable[LetterDelivery], reason: str) -> None:
    """Let a file with a confidential address out only as policy says, and record that it was opened."""
    hidden = [copy for copy in copies if copy.confidential]
    if any(not opens_confidential_address(viewer, copy.letter.school_id, reason=reason) for copy in hidden):
        raise NotAllowed("printing a confidential address")
    if hidden:
        audit.record(
            viewer,
            "record.read",
            "letter",
            hidden[0].letter_id if len(hidden) == 1 else "",
            data_classes=[DataClass.CUSTODY],
            fields=["confidential_address"],
            count=len(hidden),
            reason=reason[:300],
        )


def mark_mailed(viewer: Viewer, school_id: int) -> int:
    """Note that every printed copy of the school was handed to the post; answers how many."""
    if not may_decide(viewer, school_id):
        raise NotAllowed("sending this school's letters")
    with writing():
        count = _to_print(school_id).update(
            state=DeliveryState.MAILED, result=f"handed to the post {_clock()} by {viewer.name}"[:200]
        )
        if count:
            audit.record(
                viewer,
                "attendance.mark_mailed",
                "school",
                school_id,
                data_classes=[DataClass.ATTENDANCE],
                count=count,
            )
    return count


def print_instead(viewer: Viewer, delivery_id: int, *, reason: str = "") -> int:
    """Print a copy whose mail failed (or was interrupted): same words, other channel; answers its id.

    Raises NotVisible, NotAllowed, and Refused for a copy that left, or whose contact may not be written to
    any more.
    """
    with writing():
        failed = LetterDelivery.objects.filter(pk=delivery_id).first()
        if failed is None:
            raise NotVisible
        letter = letter_to_decide(viewer, failed.letter_id)
        failed.refresh_from_db()
        to = _recipient(viewer, failed, letter.student_id)
        if failed.state not in (DeliveryState.FAILED, DeliveryState.SENDING):
            raise Refused([error("attendance.letter.copy", "this copy is on its way", "leave it as it is")])
        if _printed_since(failed):
            told = "this copy was printed instead already"
            raise Refused([error("attendance.letter.printed", told, "find it among the copies to print")])
        if to is None:
            raise Refused([error("attendance.letter.recipient", GONE, "ask the registrar about the contact")])
        if to.confidential and not opens_confidential_address(viewer, letter.school_id, reason=reason):
            raise NotAllowed("printing a confidential address")
        paper = failed.paper | {"to": [failed.addressee, *to.address]}
        digest = keep(pdf(LETTER, {"letters": [paper]}))
        party = f"{failed.addressee} ({failed.relation})"
        adult = failed.contact_id is None
        disclosure = disclose(viewer, letter, party, Channel.PRINT, digest, adult=adult)
        failed.state = DeliveryState.FAILED
        failed.result = f"{failed.result or 'interrupted'}; printed instead"
        failed.save(update_fields=["state", "result"])
        failed.pk, failed._state.adding = None, True
        failed.channel, failed.address = Channel.PRINT, ", ".join(to.address)
        failed.state, failed.result, failed.paper = DeliveryState.TO_PRINT, "", paper
        failed.pdf_sha256, failed.disclosure_id, failed.at = digest, disclosure, timezone.now()
        failed.account_id, failed.by_name = viewer.account_id, viewer.name
        failed.confidential = to.confidential
        failed.save()
        audit.record(
            viewer,
            "attendance.print_letter",
            "letter",
            letter.pk,
            data_classes=[DataClass.ATTENDANCE, *([DataClass.CUSTODY] if to.confidential else [])],
            reason=reason[:300],
        )
    return failed.pk


def _printed_since(copy: LetterDelivery) -> bool:
    later = LetterDelivery.objects.filter(letter=copy.letter_id, pk__gt=copy.pk, channel=Channel.PRINT)
    return later.filter(contact_id=copy.contact_id).exists()


def _recipient(viewer: Viewer, copy: LetterDelivery, student_id: int) -> Recipient | None:
    """Whom the copy is for, while they still have the right to it."""
    found = recipients_of(viewer, [student_id], viewer.today).get(student_id, ())
    return next((one for one in found if one.contact_id == copy.contact_id), None)
