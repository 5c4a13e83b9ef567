"""The district itself."""

from __future__ import annotations

from firstbell.people.data import AgencyKind
from firstbell.people.models import Agency


def district_name() -> str:
    """The name on every page; empty before anything was set up. A public fact: no viewer is asked."""
    return (
        Agency.objects.filter(kind=AgencyKind.DISTRICT).order_by("pk").values_list("name", flat=True).first()
        or ""
    )
