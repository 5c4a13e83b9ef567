"""What the exchange room's pages ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from firstbell.exchange.web.words import FORMATS, STATES
from firstbell.platform.ui import Form

#: what is asked about the sources of each kind of file
HABITS = {"oneroster": ("lenient_headers", "inclusive_ends"), "sds": ("lenient_headers", "slashed_dates")}


class ChooseRuns(Form):
    """Which imports to list."""

    source = forms.ChoiceField(required=False, label="Source")
    state = forms.ChoiceField(
        required=False,
        label="State",
        choices=[("", "Every state"), *((state, words[0]) for state, words in STATES.items())],
    )

    def __init__(self, *args: Any, sources: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", "Every source"), *((one, one) for one in sources)]  # type: ignore[attr-defined]  # a ChoiceField


class NewImport(Form):
    """A file to bring in, and how its source writes."""

    format = forms.ChoiceField(label="What kind of file", choices=tuple(FORMATS.items()))
    source = forms.RegexField(
        label="Name of the source",
        regex=r"^[a-z0-9][a-z0-9:._-]{0,63}$",
        help_text="The same name each time: by it the source finds its own rows again.",
        error_messages={"invalid": "Use small letters, digits and hyphens, for instance: sis"},
    )
    file = forms.FileField(label="The zip", widget=forms.FileInput(attrs={"accept": ".zip,application/zip"}))
    lenient_headers = forms.TypedChoiceField(
        label="Columns",
        required=False,
        empty_value=None,
        coerce=lambda text: text == "yes",
        choices=(("", "As last time"), ("no", "Exactly as the standard says"), ("yes", "In any order")),
    )
    inclusive_ends = forms.TypedChoiceField(
        label="Last days (OneRoster)",
        required=False,
        empty_value=None,
        coerce=lambda text: text == "yes",
        choices=(
            ("", "As last time"),
            ("no", "The day after, as the standard says"),
            ("yes", "The last day itself"),
        ),
    )
    slashed_dates = forms.TypedChoiceField(
        label="Dates (School Data Sync)",
        required=False,
        empty_value=None,
        coerce=lambda text: text == "yes",
        choices=(("", "As last time"), ("no", "2026-07-01"), ("yes", "7/1/2026")),
    )

    def __init__(self, *args: Any, sources: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = ", ".join(sources)
        if known:
            self.fields["source"].help_text += f" Known: {known}."

    @property
    def habits(self) -> dict[str, bool]:
        """The habits of the source that were said."""
        asked = HABITS.get(self.cleaned_data["format"], ())
        return {name: value for name in asked if (value := self.cleaned_data[name]) is not None}


class Decide(Form):
    """Why a held file is right, or wrong."""

    reason = forms.CharField(
        label="Your reason",
        max_length=500,
        error_messages={"required": "The reason is missing: say in a few words why this is right."},
        help_text="It is kept with the import and in the audit log. Write no names.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, held: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = held
