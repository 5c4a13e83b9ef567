"""Forms of the attendance pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from firstbell.attendance.data import AttendanceCode, CodeKind, NoteKind, ReasonClass, StudentDay
from firstbell.attendance.web.tables.days import BANDS
from firstbell.attendance.web.tables.letters import LETTER_STATES
from firstbell.attendance.web.tables.rolls import STATES
from firstbell.platform.ui import Form


class DayForm(Form):
    """A day to look at."""

    day = forms.DateField(label="Day", required=False)

    def day_or(self, today: date) -> date:
        """The day asked for, else ``today``."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["day"] or today
        return today


class SchoolForm(Form):
    """A list of one's schools narrowed to one of them."""

    school = forms.TypedChoiceField(required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, schools: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "All schools"), *((str(key), name) for key, name in schools)]
        self.fields["school"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def asked(self) -> dict[str, Any]:
        """What was asked for; what cannot be read is left out."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return dict(self.cleaned_data)


class BoardForm(SchoolForm):
    """The board narrowed: school, period, state, day."""

    period = forms.CharField(required=False, max_length=40)
    state = forms.ChoiceField(
        required=False,
        label="Roll",
        choices=[("", "Any"), *((key, word) for key, (word, _) in STATES.items())],
    )
    day = forms.DateField(required=False)
    paused = forms.BooleanField(required=False, widget=forms.HiddenInput)


class ReasonForm(Form):
    """An act that needs a reason."""

    reason = forms.CharField(max_length=300, help_text="In a few words; it stays with the record.")


class OfficeMark(Form):
    """The office's word for a student's day or one class of it; an empty code clears it."""

    WHOLE_DAY = "day"
    code = forms.CharField(
        required=False,
        max_length=3,
        help_text="The letter of the code. Leave it empty to clear the office's word.",
    )
    of = forms.ChoiceField(label="For")
    comment = forms.CharField(required=False, max_length=300)
    reason = forms.CharField(
        required=False,
        max_length=300,
        label="Why this closed day must change",
        help_text="Goes to the record.",
    )

    def __init__(self, *args: Any, day: StudentDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        self.places = [
            (self.WHOLE_DAY, "Whole day"),
            *(
                (f"{one.section_id}/{one.slot}", f"{one.period or one.section}, {one.section}")
                for one in day.meetings
            ),
        ]
        self.fields["of"].choices = self.places  # type: ignore[attr-defined]  # a choice field
        self.fields["code"].widget.attrs |= {
            "autofocus": True,
            "autocapitalize": "characters",
            "autocomplete": "off",
            "list": "codes",
        }
        if day.closed:
            self.fields["reason"].required = True
        else:
            self.fields["reason"].widget = forms.HiddenInput()

    def clean_code(self) -> str:
        """The code, whether its letters or its key was typed."""
        typed = self.cleaned_data["code"].strip()
        if not typed:
            return ""
        for code in self.day.codes:
            if typed.upper() == code.code.upper():
                return code.code
        for code in self.day.codes:
            if typed.lower() == code.key.lower():
                return code.code
        known = ", ".join(code.code for code in self.day.codes)
        raise forms.ValidationError(f"“{typed}” is no code on this day. Use one of {known}.")


class SignOut(Form):
    """A student leaves: what stands for the classes missed."""

    after = forms.ChoiceField(label="Classes missed after leaving")

    def __init__(self, *args: Any, day: StudentDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        absent = [code for code in day.codes if code.kind is CodeKind.ABSENT]
        first = sorted(absent, key=lambda code: code.reason is not ReasonClass.EXCUSED)
        self.fields["after"].choices = [  # type: ignore[attr-defined]  # a choice field
            (code.code, f"{code.code} {code.title()}") for code in first
        ]


def code_choices(codes: Iterable[AttendanceCode]) -> list[tuple[str, str]]:
    """Codes for a choice: the letter first, so that typing it chooses."""
    return [(code.code, f"{code.code} {code.title()}") for code in codes]


class AcceptAbsence(Form):
    """A family's report becomes the office's word under a code."""

    code = forms.ChoiceField()

    def __init__(self, *args: Any, codes: Iterable[AttendanceCode], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usable = [code for code in codes if code.future]
        self.fields["code"].choices = code_choices(usable)  # type: ignore[attr-defined]  # a choice field


class DeclineAbsence(Form):
    """Why a report is declined."""

    reason = forms.CharField(max_length=300)


class WithdrawAbsence(Form):
    """Why an absence is taken back."""

    reason = forms.CharField(max_length=300)
    lock_reason = forms.CharField(
        required=False,
        max_length=300,
        label="Why closed days must change",
        help_text="Only where a day of it lies in a closed period.",
    )


class EnterAbsence(Form):
    """An absence that the office knows of."""

    begin = forms.DateField(label="First day")
    end = forms.DateField(label="Last day", required=False, help_text="Empty: the first day only.")
    periods = forms.MultipleChoiceField(
        required=False,
        label="Only these periods",
        help_text="None chosen: whole days.",
        widget=forms.CheckboxSelectMultiple,
    )
    code = forms.ChoiceField()
    reason = forms.ChoiceField(required=False)
    comment = forms.CharField(required=False, max_length=300)
    lock_reason = forms.CharField(
        required=False,
        max_length=300,
        label="Why closed days must change",
        help_text="Only where a day of it lies in a closed period.",
    )

    def __init__(
        self,
        *args: Any,
        codes: Iterable[AttendanceCode],
        reasons: Sequence[tuple[str, str]],
        periods: Sequence[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = code_choices(codes)  # type: ignore[attr-defined]  # a choice field
        self.fields["reason"].choices = [("", "None named"), *reasons]  # type: ignore[attr-defined]
        choices = [(str(slot), name) for slot, name in periods]
        self.fields["periods"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["periods"]

    def clean(self) -> dict[str, Any]:
        """A school without periods has none to choose."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned.setdefault("periods", [])
        return cleaned


class ReportAbsence(Form):
    """A family's report."""

    begin = forms.DateField(label="First day")
    end = forms.DateField(label="Last day", required=False, help_text="Empty: the first day only.")
    reason = forms.ChoiceField(required=False)
    comment = forms.CharField(
        required=False,
        max_length=300,
        label="Anything the school should know",
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, reasons: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", "Choose"), *reasons]  # type: ignore[attr-defined]


class CaseNoteForm(Form):
    """What was done in a case."""

    kind = forms.ChoiceField(
        label="What", choices=[(kind.value, kind.value.capitalize()) for kind in NoteKind]
    )
    at = forms.DateTimeField(
        required=False,
        label="When",
        help_text="Empty: now.",
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
    )
    text = forms.CharField(
        label="What was said or agreed", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class WatchForm(Form):
    """Which bands of the watch list."""

    band = forms.ChoiceField(
        required=False,
        choices=[("", "All to watch"), *((key, word) for key, (word, _) in BANDS.items() if key != "fine")],
    )

    def bands(self) -> tuple[str, ...]:
        """The bands asked for."""
        if self.is_bound and self.is_valid() and self.cleaned_data["band"]:
            return (self.cleaned_data["band"],)
        return ("severe", "chronic", "at_risk")


class LettersForm(SchoolForm):
    """Letters narrowed: school, state."""

    state = forms.ChoiceField(
        required=False,
        choices=[("", "Waiting"), *((key, word) for key, (word, _) in LETTER_STATES.items())],
    )


class Conference(Form):
    """When and where the conference of a letter is."""

    at = forms.DateTimeField(
        label="When", widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
    )
    place = forms.CharField(max_length=200)


class OpenReason(Form):
    """Why something confidential is opened."""

    reason = forms.CharField(
        max_length=300, help_text="It is kept with your name in the record of who read what."
    )
