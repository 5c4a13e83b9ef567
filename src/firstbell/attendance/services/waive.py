"""Waiving a roll that can no longer be taken."""

from __future__ import annotations

from datetime import date

from firstbell.attendance.models import RollWaiver
from firstbell.attendance.selectors.meeting import meeting_for
from firstbell.attendance.services.holding import hold_roll
from firstbell.kernel.finding import Refused, error
from firstbell.platform import audit
from firstbell.platform.access import DataClass, NotAllowed, Viewer
from firstbell.platform.writing import writing


def waive_roll(viewer: Viewer, section_id: int, day: date, slot: int, *, reason: str) -> None:
    """Say that a roll need not be taken any more, and why. Office only.

    Raises NotVisible, NotAllowed, and Refused without a reason.
    """
    with writing():
        hold_roll(section_id, day, slot)
        if not meeting_for(viewer, section_id, day, slot).as_office:
            raise NotAllowed("waiving rolls")
        if not reason.strip():
            raise Refused(
                [error("act.reason", "a waiver needs a reason", "say in a few words why", column="reason")]
            )
        RollWaiver.objects.update_or_create(
            section_id=section_id,
            day=day,
            slot=slot,
            defaults={"reason": reason, "account_id": viewer.account_id},
        )
        audit.record(
            viewer, "attendance.waive_roll", "section", section_id, data_classes=[DataClass.ATTENDANCE]
        )
