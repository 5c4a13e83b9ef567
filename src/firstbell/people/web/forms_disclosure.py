"""What is asked about a release of records."""

from __future__ import annotations

from typing import Any

from django import forms

from firstbell.people.web.acting import ActForm
from firstbell.platform.access import DataClass
from firstbell.platform.disclosure import bases

#: how records leave by hand
CHANNELS = {
    "letter": "Letter",
    "email": "E-mail",
    "fax": "Fax",
    "in_person": "In person",
    "phone": "Telephone",
    "other_system": "Another system",
}
#: classes of a student's records (D1 to D12); a counselor's notes never leave as such
RECORDS = tuple(DataClass)[:12]


class DisclosureForm(ActForm):
    """Who got what, when, and what for."""

    party = forms.CharField(
        label="To whom", max_length=300, help_text="The person and the organization, not only one of them."
    )
    basis = forms.ChoiceField(label="Ground", help_text="34 CFR 99.31.")
    purpose = forms.CharField(
        label="What for",
        max_length=1000,
        help_text="Their legitimate interest. In an emergency: the threat, and who got the records.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    data_classes = forms.MultipleChoiceField(
        label="Which records",
        choices=[(one.value, one.words[:1].upper() + one.words[1:]) for one in RECORDS],
        widget=forms.CheckboxSelectMultiple,
    )
    channel = forms.ChoiceField(label="How", choices=tuple(CHANNELS.items()))
    requested_on = forms.DateField(label="Asked for on")
    released_on = forms.DateField(label="Released on", required=False, help_text="Empty when refused.")
    refused_reason = forms.CharField(label="Refused because", required=False, max_length=500)
    agreement = forms.CharField(label="Number of the agreement", required=False, max_length=100)
    redisclosure_terms = forms.CharField(
        label="Whether others may get it from them", required=False, max_length=500
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            ("", "Choose"),
            *((code, basis.label) for code, basis in bases().items()),
        ]

    @property
    def values(self) -> dict[str, Any]:
        """What was entered, the records as classes."""
        found = super().values
        return {**found, "data_classes": [DataClass(code) for code in found["data_classes"]]}
