"""Forms whose mistakes are told where they were made, with what was typed kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from firstbell.kernel.finding import Finding


class Form(forms.Form):
    """A form of the house: every field drawn by ``{% form_rows form %}``.

    ``optional`` is said beside the label of each field that may stay empty; dates use the browser's own
    picker and are read as ISO dates.
    """

    error_css_class = "form-row--error"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = forms.DateInput(
                    format="%Y-%m-%d", attrs={"type": "date", **field.widget.attrs}
                )
            elif isinstance(field, forms.TimeField):
                field.widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", **field.widget.attrs})

    def add_findings(self, findings: Iterable[Finding]) -> None:
        """Put a room's refusals beside the fields they name (``column``), the others at the top."""
        for finding in findings:
            sentence = f"{finding.message[:1].upper()}{finding.message[1:]}: {finding.next_step}."
            self.add_error(finding.column if finding.column in self.fields else None, sentence)
