"""Parts of people's pages that other rooms' pages about a student use too."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from firstbell.people.data import StudentCard, StudentTab

register = template.Library()


@register.inclusion_tag("platform/ui/tabs.html", takes_context=True)
def student_tabs(context: template.Context, card: StudentCard) -> dict[str, Any]:
    """The sides of a student's record that are open to the viewer, from every room."""
    tabs: tuple[StudentTab, ...] = import_string(settings.FIRSTBELL_STUDENT_TABS)
    path = context["request"].path
    links = []
    for tab in tabs:
        if tab.opens(card.openings):
            url = reverse(tab.route, args=[card.id])
            links.append((url, tab.words, url == path))
    return {"links": links, "label": "Record of this student"}
