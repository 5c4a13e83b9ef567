"""No row, no data: every way out writes its disclosure in the transaction that reads what goes out."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from firstbell.kernel.finding import Finding, Refused, error
from firstbell.platform.access import Viewer
from firstbell.platform.audit import record
from firstbell.platform.disclosure.bases import bases
from firstbell.platform.disclosure.data import Release
from firstbell.platform.models import DisclosedStudent, Disclosure
from firstbell.platform.request_id import current_request_id


def record_disclosure(viewer: Viewer, release: Release, student_ids: Iterable[int]) -> int:
    """Enter a release, or a refused request, into the log of every student concerned; returns its number.

    Writes the audit row as well. Raises Refused, naming the field, when party, purpose or basis is missing.
    """
    findings = list(_gaps(release))
    if findings:
        raise Refused(findings)
    students = sorted(set(student_ids))
    now = timezone.now()
    with transaction.atomic(savepoint=False):
        disclosure = Disclosure.objects.create(
            party=release.party,
            basis=release.basis,
            purpose=release.purpose,
            data_classes=" ".join(release.data_classes),
            fields=" ".join(release.fields),
            requested_at=release.requested_at or now,
            released_at=None if release.refused_reason else release.released_at or now,
            refused_reason=release.refused_reason,
            channel=release.channel,
            agreement=release.agreement,
            redisclosure_terms=release.redisclosure_terms,
            file_hash=release.file_hash,
            exempt=bases()[release.basis].exempt,
            student_count=len(students),
            actor_id=viewer.account_id,
            request_id=current_request_id(),
        )
        DisclosedStudent.objects.bulk_create(
            [DisclosedStudent(student_id=student, disclosure=disclosure) for student in students],
            batch_size=5000,
        )
        record(
            viewer,
            "disclosure.refuse" if release.refused_reason else "disclosure.release",
            "disclosure",
            disclosure.pk,
            data_classes=release.data_classes,
            fields=release.fields,
            count=len(students),
            agreement=release.agreement,
        )
    return disclosure.pk


def _gaps(release: Release) -> Iterable[Finding]:
    for name in ("party", "purpose", "channel"):
        if not getattr(release, name).strip():
            yield error(
                f"disclosure.{name}_missing",
                f"A disclosure cannot be recorded without its {name}.",
                f"Name the {name}; nothing has left.",
                column=name,
            )
    if release.basis not in bases():
        yield error(
            "disclosure.basis_unknown",
            f"{release.basis!r} is not a ground on which records may go out.",
            f"Use one of: {', '.join(bases())}.",
            column="basis",
        )
