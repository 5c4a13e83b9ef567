"""What people's pages ask for."""

from __future__ import annotations

from django import forms

from firstbell.people.data import OpeningReason
from firstbell.platform.ui import Form


class AsOf(Form):
    """A day on which something was true, and one on which it was known."""

    of = forms.DateField(required=False, label="True on")
    known_on = forms.DateField(required=False, label="As known on")


class OpenField(Form):
    """Why a masked field is opened."""

    code = forms.ChoiceField(
        label="What is it about?",
        choices=[("", "Choose"), *((one.value, one.label) for one in OpeningReason)],
    )
    reason = forms.CharField(
        label="Your reason",
        max_length=280,
        help_text="The privacy officer reads it. Write no names and no details of the record.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ChooseSection(Form):
    """Which sections to list."""

    q = forms.CharField(
        required=False,
        max_length=60,
        label="Title, code or teacher",
        widget=forms.TextInput({"type": "search"}),
    )
    period = forms.CharField(required=False, max_length=60, label="Period")
