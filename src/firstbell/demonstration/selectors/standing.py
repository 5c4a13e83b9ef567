"""Whether this installation holds a demonstration, a real district, or nothing yet."""

from __future__ import annotations

from django.contrib.auth import get_user_model

from firstbell.demonstration.models import DemonstrationDistrict
from firstbell.people.api import people_counts


def demonstration() -> DemonstrationDistrict | None:
    """The demonstration in this database; None where there is none."""
    return DemonstrationDistrict.objects.first()


def is_empty() -> bool:
    """Whether nobody has put a district or an account into this database."""
    return not any(people_counts().values()) and not get_user_model().objects.exists()
