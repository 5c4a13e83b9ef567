"""Roles given by hand, who may confirm them, and whether anybody would be left to keep accounts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from firstbell.people.data.accounts import GrantRow
from firstbell.people.models import RoleGrant, School, StaffAssignment
from firstbell.people.selectors.viewer import in_force, running
from firstbell.platform.access import POLICY, NotAllowed, NotVisible, Viewer
from firstbell.platform.accounts import ACCOUNT_KEEPERS, KEEPERS

#: who confirms a grant: those who keep accounts, the privacy officer, and the superintendent
CONFIRMERS = (*KEEPERS, "superintendent")


def waiting_grants(viewer: Viewer) -> list[GrantRow]:
    """Grants that wait for a second person. Raises NotAllowed unless the viewer is one who confirms."""
    if not viewer.holds(*CONFIRMERS):
        raise NotAllowed("confirming grants")
    rows = RoleGrant.objects.filter(granted_by_id__isnull=False, confirmed_by_id=None)
    return [row for row in grant_rows(viewer, rows) if row.state == "waiting"]


def grant_row(viewer: Viewer, grant_id: int) -> GrantRow:
    """A grant that has not ended. Raises NotAllowed unless the viewer keeps accounts, NotVisible."""
    if not viewer.holds(*ACCOUNT_KEEPERS):
        raise NotAllowed("granting roles")
    found = grant_rows(viewer, RoleGrant.objects.filter(pk=grant_id))
    if not found or found[0].state in ("ended", "withdrawn"):
        raise NotVisible
    return found[0]


def schools_to_grant(viewer: Viewer) -> list[tuple[int, str]]:
    """Schools at which a role can be granted. Raises NotAllowed unless the viewer keeps accounts."""
    if not viewer.holds(*ACCOUNT_KEEPERS):
        raise NotAllowed("granting roles")
    return list(School.objects.filter(ended_on=None).order_by("name").values_list("pk", "name"))


def others_who_confirm(viewer: Viewer, account_ids: Iterable[int | None] = ()) -> bool:
    """Whether anybody besides these accounts could confirm a grant today."""
    posts = _posts(viewer, CONFIRMERS)
    grants = _granted(viewer, CONFIRMERS)
    people = get_user_model().objects.filter(Q(Exists(posts)) | Q(Exists(grants)), is_active=True)
    return bool(people.exclude(pk__in=[number for number in account_ids if number]).exists())


def keeper_remains(viewer: Viewer, *, closing: int = 0, untying: int = 0, ending: int = 0) -> bool:
    """Whether somebody active would keep accounts today if an account were closed, or untied from its
    person, or a grant ended."""
    posts = Q(Exists(_posts(viewer, ACCOUNT_KEEPERS))) & ~Q(pk=untying)
    grants = Q(Exists(_granted(viewer, ACCOUNT_KEEPERS).exclude(pk=ending)))
    keepers = get_user_model().objects.filter(posts | grants, is_active=True)
    return bool(keepers.exclude(pk=closing).exists())


def _posts(viewer: Viewer, roles: tuple[str, ...]) -> QuerySet[StaffAssignment]:
    return StaffAssignment.objects.filter(
        running(viewer.today), role__in=roles, staff__account=OuterRef("pk")
    )


def _granted(viewer: Viewer, roles: tuple[str, ...]) -> QuerySet[RoleGrant]:
    return RoleGrant.objects.filter(in_force(viewer.today), role__in=roles, account=OuterRef("pk"))


def grant_rows(viewer: Viewer, rows: QuerySet[RoleGrant]) -> list[GrantRow]:
    """Grants as pages show them, the latest first. Two queries; the caller answers for who sees them."""
    found = list(rows.select_related("account", "school").order_by("-begin", "-pk"))
    people = {number for row in found for number in (row.granted_by_id, row.confirmed_by_id) if number}
    names = dict(get_user_model().objects.filter(pk__in=people).values_list("pk", "username"))
    return [
        GrantRow(
            id=row.pk,
            account_id=row.account_id,
            username=row.account.username,
            role=row.role,
            label=POLICY.label(row.role) if row.role in POLICY.roles else row.role,
            school=row.school.name if row.school else "",
            begin=row.begin,
            end=None if row.end and row.end < row.begin else row.end,
            reason=row.reason,
            granted_by=names.get(row.granted_by_id or 0, "the installation"),
            confirmed_by=names.get(row.confirmed_by_id or 0, ""),
            state=_state(row, viewer),
            may_confirm=viewer.holds(*CONFIRMERS)
            and viewer.account_id not in (row.granted_by_id, row.account_id),
        )
        for row in found
    ]


def _state(row: RoleGrant, viewer: Viewer) -> str:
    if row.end is not None and row.end < viewer.today:
        # one that is ended takes the day before as its last day; on its first day it was in force for hours
        return "withdrawn" if row.end < row.begin - timedelta(days=1) else "ended"
    if row.granted_by_id and not row.confirmed_by_id:
        return "waiting"
    return "later" if row.begin > viewer.today else "in_force"
