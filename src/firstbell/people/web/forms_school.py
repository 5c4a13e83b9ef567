"""What is asked about a school's days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from firstbell.kernel.grade_level import GradeLevel
from firstbell.people.data import DayType
from firstbell.people.web.acting import ActForm
from firstbell.platform.ui import Form


class OnDay(Form):
    """A date."""

    day = forms.DateField(required=False, label="On")


class WhichDay(Form):
    """A date, a track and a grade: which bells ring."""

    day = forms.DateField(required=False, label="Day")
    track = forms.ChoiceField(required=False)
    grade = forms.ChoiceField(required=False)

    def __init__(
        self, *args: Any, tracks: Sequence[str], levels: Sequence[GradeLevel], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "track": [("", "First track"), *((track, f"Track {track}") for track in tracks)],
            "grade": [("", "The school's day"), *((level.value, level.label) for level in levels)],
        }
        for name, options in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
            field.choices = options
        if len(tracks) < 2:
            del self.fields["track"]
        if len(levels) < 2:
            del self.fields["grade"]


class DayForm(ActForm):
    """What a day is to be."""

    day_type = forms.ChoiceField(
        label="The day is a", choices=[(kind.value, kind.label) for kind in DayType], widget=forms.RadioSelect
    )
    letter = forms.CharField(
        label="Cycle letter",
        max_length=4,
        required=False,
        help_text="A, B or a number; empty where every day is alike. The letters of other days stay.",
    )
    track = forms.ChoiceField(required=False)
    note = forms.CharField(
        label="Note", max_length=200, required=False, help_text="Families and staff read it in the calendar."
    )
    reason = forms.CharField(label="Why is it changed?", max_length=300)

    def __init__(self, *args: Any, tracks: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["track"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", "All tracks"), *((track, f"Track {track}") for track in tracks)]
        if len(tracks) < 2:
            del self.fields["track"]
