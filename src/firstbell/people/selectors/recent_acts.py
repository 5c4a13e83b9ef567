"""What was done lately to the enrolments of the viewer's students."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from firstbell.people.data.views import RecentAct, act_words
from firstbell.people.models import RosterAct
from firstbell.people.selectors.scope import students_in_scope
from firstbell.platform.access import DataClass, Viewer

SINCE = timedelta(days=14)


def recent_acts(viewer: Viewer, *, most: int = 12) -> list[RecentAct]:
    """The newest acts on students whose enrolments the viewer may write, of the last two weeks. One query."""
    if not viewer.may(DataClass.ENROLLMENT, write=True):
        return []
    acts = (
        RosterAct.objects.filter(
            at__gte=timezone.now() - SINCE,
            student__in=students_in_scope(viewer, DataClass.ENROLLMENT, write=True),
        )
        .select_related("student", "undone_by")
        .order_by("-pk")[:most]
    )
    return [
        RecentAct(
            id=act.pk,
            at=act.at,
            student_id=act.student_id or 0,
            student=act.student.display_name if act.student else "",
            words=act_words(act.verb),
            by=act.actor_name,
            undone=hasattr(act, "undone_by"),
        )
        for act in acts
    ]
