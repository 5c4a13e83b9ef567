"""Taking an act on enrolments back, by another act: nothing is erased."""

from __future__ import annotations

from firstbell.kernel.finding import Refused, error
from firstbell.people.data import EnrollmentStatus
from firstbell.people.data.events import EnrollmentChanged
from firstbell.people.models import RosterAct, SchoolEnrollment, SectionEnrollment
from firstbell.people.rules.enrollment import Stay
from firstbell.people.selectors.scope import students_in_scope
from firstbell.people.services.acts import Act, columns_of
from firstbell.people.services.enroll import refuse_overlap
from firstbell.people.services.holding import hold_for_act
from firstbell.platform.access import DataClass, NotVisible, Viewer
from firstbell.platform.events import publish
from firstbell.platform.writing import writing

TABLES = (SchoolEnrollment, SectionEnrollment)


def undo(viewer: Viewer, act_id: int) -> int:
    """Take back what the act ``act_id`` did. Answers the new act's id.

    Raises Refused when a later act built on it (undo that one first), when it was undone already, when what
    it ended would now run beside a later enrolment, or when it is an import; NotVisible for someone else's
    student.
    """
    with writing():
        past = RosterAct.objects.filter(pk=act_id).first()
        if past is None or past.student_id is None:
            raise NotVisible
        if (
            not students_in_scope(viewer, DataClass.ENROLLMENT, write=True)
            .filter(pk=past.student_id)
            .exists()
        ):
            raise NotVisible
        hold_for_act(past.student_id)
        _refuse(past)
        _refuse_overlap(past, past.student_id)
        act = Act(viewer, "undo", past.student_id, f"undoes {past.verb}")
        act.row.undoes = past
        act.row.save(update_fields=["undoes"])
        since = []
        for model in TABLES:
            for row in model.objects.filter(recorded_in=past):
                since.append(getattr(row, "entry", None) or getattr(row, "begin", None))
                act.close(row)
            for row in model.objects.filter(superseded_in=past):
                model.objects.create(**columns_of(row), recorded_in=act.row, recorded_at=act.now)
        days = [day for day in since if day is not None]
        if days:
            publish(EnrollmentChanged(past.student_id, min(days)))
        return act.finish().pk


def _refuse_overlap(past: RosterAct, student_id: int) -> None:
    """What the act ended comes back: it must not run beside what came since."""
    rows = SchoolEnrollment.objects
    back = [
        Stay(row.entry, row.exit, EnrollmentStatus(row.status)) for row in rows.filter(superseded_in=past)
    ]
    gone = rows.filter(recorded_in=past).values_list("pk", flat=True)
    refuse_overlap(student_id, *back, leaving_out=list(gone))


def _refuse(past: RosterAct) -> None:
    if RosterAct.objects.filter(undoes=past).exists():
        raise Refused([error("act.undone", "this was undone already", "look at the history below")])
    for model in TABLES:
        if model.objects.filter(recorded_in=past, superseded_at__isnull=False).exists():
            raise Refused(
                [
                    error(
                        "act.built_on",
                        "a later change builds on this one",
                        "undo the later change first, or correct the enrollment",
                    )
                ]
            )
