"""The sections of a school, for whoever reaches them."""

from __future__ import annotations

from datetime import date

from firstbell.people.data.places import SectionChoice
from firstbell.people.models import School, SectionEnrollment
from firstbell.people.selectors.scope import sections_in_scope
from firstbell.people.selectors.section_choice import choices_of, narrowed
from firstbell.platform.access import DataClass, NotVisible, Viewer

MOST = 500


def sections_of_school(
    viewer: Viewer, school_id: int, day: date, *, text: str = "", period: str = ""
) -> tuple[str, list[SectionChoice]]:
    """The school's name, and its sections that meet in a session around ``day`` and that the viewer reaches.

    At most ``MOST``, by title. ``text`` begins the title, code or teacher's name. Raises NotVisible for a
    school that is not there or of whose sections the viewer reaches none.
    """
    name = School.objects.filter(pk=school_id, ended_on=None).values_list("name", flat=True).first()
    mine = sections_in_scope(viewer, DataClass.ENROLLMENT, field="section").filter(school=school_id)
    if name is None or not mine.exists():
        raise NotVisible
    rows = mine.filter(ended_on=None, offering__session__begin__lte=day, offering__session__end__gte=day)
    return name, choices_of(narrowed(rows, text, period), SectionEnrollment.objects.none(), day, MOST)
