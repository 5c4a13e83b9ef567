"""The first page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from firstbell.platform.web.pages import PageRequest, page


@page()
def home(request: PageRequest) -> HttpResponse:
    """Where a viewer may go from here."""
    return render(request, "overview/home.html")
