"""Forms of the attendance pages."""

from __future__ import annotations

from datetime import date

from django import forms

from firstbell.platform.ui import Form


class DayForm(Form):
    """A day to look at."""

    day = forms.DateField(label="Day", required=False)

    def day_or(self, today: date) -> date:
        """The day asked for, else ``today``."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["day"] or today
        return today
