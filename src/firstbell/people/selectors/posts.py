"""Who holds a post today: the colleague to turn to."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from firstbell.people.data.views import Colleague
from firstbell.people.models import StaffAssignment
from firstbell.people.selectors.find import sees_staff
from firstbell.people.selectors.viewer import running
from firstbell.platform.access import Viewer


def posts_at(
    viewer: Viewer, roles: Iterable[str], schools: Iterable[int] | None = None
) -> dict[int | None, tuple[Colleague, ...]]:
    """Colleagues in these roles today, by school (None: the district's); nobody for who may not look
    colleagues up. One query.
    """
    if not sees_staff(viewer):
        return {}
    rows = StaffAssignment.objects.filter(running(viewer.today), role__in=list(roles))
    if schools is not None:
        rows = rows.filter(Q(school__in=list(schools)) | Q(school=None))
    found: dict[int | None, list[Colleague]] = {}
    for row in rows.select_related("staff").order_by("-primary", "staff__last_name", "pk"):
        title = row.title or row.role.replace("_", " ").capitalize()
        found.setdefault(row.school_id, []).append(Colleague(row.staff_id, row.staff.spoken_name, title))
    return {school: tuple(people) for school, people in found.items()}
