"""Sign-ins as a whole: whose role demands a second factor, who has none, who is left over."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, OuterRef, Q

from firstbell.people.data.accounts import SignInCounts
from firstbell.people.models import RoleGrant, StaffAssignment
from firstbell.people.selectors.viewer import in_force, running
from firstbell.platform.access import POLICY, DataClass, NotAllowed, Viewer
from firstbell.platform.accounts import second_factor_set_up

#: roles that see more than their own, their wards' or their own sections' rows
NEEDING = tuple(role for role in POLICY.roles if POLICY.needs_second_factor(role))


def demanded(viewer: Viewer) -> Q:
    """Accounts whose roles of today demand a second factor."""
    posts = StaffAssignment.objects.filter(
        running(viewer.today), role__in=NEEDING, staff__account=OuterRef("pk")
    )
    grants = RoleGrant.objects.filter(in_force(viewer.today), role__in=NEEDING, account=OuterRef("pk"))
    return Q(Exists(posts)) | Q(Exists(grants))


def sign_in_counts(viewer: Viewer) -> SignInCounts:
    """Counts of active accounts. Raises NotAllowed unless security findings are open. One query."""
    if not viewer.shows_everywhere(DataClass.SECURITY, "second_factor"):
        raise NotAllowed("reading about sign-ins")
    found = (
        get_user_model()
        .objects.filter(demanded(viewer), is_active=True)
        .annotate(factor=second_factor_set_up())
        .aggregate(
            demanded=Count("pk"),
            without=Count("pk", filter=Q(factor=False)),
            never=Count("pk", filter=Q(last_login=None)),
        )
    )
    return SignInCounts(found["demanded"], found["without"], found["never"])
