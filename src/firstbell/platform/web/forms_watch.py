"""What is asked of the log and of the jobs."""

from __future__ import annotations

from django import forms

from firstbell.platform.audit import LogFilter, act_kinds
from firstbell.platform.data import JobState
from firstbell.platform.ui import Form

#: what an act was done to, as far as one asks for it by number
OBJECTS = ("student", "contact", "staff", "account", "school", "section", "import_run", "disclosure", "job")
#: job states as people say them: (word, tone)
JOB_STATES = {
    JobState.WAITING: ("waiting", "info"),
    JobState.RUNNING: ("under way", "info"),
    JobState.DONE: ("done", "good"),
    JobState.REFUSED: ("refused", "warn"),
    JobState.FAILED: ("failed", "bad"),
    JobState.LOST: ("lost", "bad"),
}


class AskLog(Form):
    """Which lines of the log."""

    who = forms.CharField(
        required=False, max_length=100, label="Who", widget=forms.TextInput({"type": "search"})
    )
    begin = forms.DateField(required=False, label="From")
    end = forms.DateField(required=False, label="To")
    kind = forms.ChoiceField(required=False, label="What", choices=[("", "Everything"), *act_kinds().items()])
    object_kind = forms.ChoiceField(
        required=False,
        label="Done to",
        choices=[("", "Anything"), *((one, one.replace("_", " ").capitalize()) for one in OBJECTS)],
    )
    object_id = forms.RegexField(
        required=False,
        label="Its number",
        regex=r"^[0-9A-Za-z:._ -]*$",
        max_length=200,
        error_messages={"invalid": "A number has digits only"},
    )

    def clean(self) -> dict[str, object]:
        """A number alone tells nothing: it needs its kind."""
        asked: dict[str, object] = super().clean() or {}
        if asked.get("object_id") and not asked.get("object_kind"):
            self.add_error("object_kind", "Say what the number belongs to")
        if (
            (begin := self.cleaned_data.get("begin"))
            and (end := self.cleaned_data.get("end"))
            and end < begin
        ):
            self.add_error("end", "The last day lies before the first")
        return asked

    @property
    def asked(self) -> LogFilter:
        """What was asked for; everything where nothing was, or not rightly."""
        if not (self.is_bound and self.is_valid()):
            return LogFilter()
        return LogFilter(**{name: value for name, value in self.cleaned_data.items() if value})


class AskJobs(Form):
    """Which jobs."""

    state = forms.ChoiceField(
        required=False,
        label="Outcome",
        choices=[("", "Every job"), *((state.value, words[0]) for state, words in JOB_STATES.items())],
    )
