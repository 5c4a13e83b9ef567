"""A student's own facts, to be corrected: only those that the viewer may change stand on the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from typing import Any

from django import forms

from firstbell.people.data import Demographics, Directory, Openings, PersonName
from firstbell.people.web.acting import ActForm
from firstbell.people.web.forms_registrar import SEXES
from firstbell.platform.access import DataClass

PLACE = ("address", "city", "state", "postal_code")
NAMES = {
    "first_name": "first",
    "middle_name": "middle",
    "last_name": "last",
    "suffix": "suffix",
    "preferred_first": "preferred_first",
    "preferred_last": "preferred_last",
}
#: the field of the access table that decides over a field of the form, where the names differ
DECIDES = {
    "preferred_first": "preferred_name",
    "preferred_last": "preferred_name",
    "city": "address",
    "state": "address",
    "postal_code": "address",
    "mobile": "phone",
}
HISPANIC = {"": None, "yes": True, "no": False}


class StudentForm(ActForm):
    """Name, description and home."""

    first_name = forms.CharField(label="Legal first name", max_length=80)
    middle_name = forms.CharField(max_length=80, required=False)
    last_name = forms.CharField(label="Legal last name", max_length=80)
    suffix = forms.CharField(max_length=20, required=False)
    preferred_first = forms.CharField(label="Preferred first name", max_length=80, required=False)
    preferred_last = forms.CharField(label="Preferred last name", max_length=80, required=False)
    state_id = forms.CharField(label="State ID", max_length=40, required=False)
    birth_date = forms.DateField(required=False)
    sex = forms.ChoiceField(choices=SEXES, required=False)
    hispanic = forms.ChoiceField(
        label="Hispanic or Latino",
        choices=(("", "Not answered"), ("yes", "Yes"), ("no", "No")),
        required=False,
    )
    american_indian = forms.BooleanField(label="American Indian or Alaska Native", required=False)
    asian = forms.BooleanField(label="Asian", required=False)
    black = forms.BooleanField(label="Black or African American", required=False)
    pacific_islander = forms.BooleanField(label="Native Hawaiian or other Pacific Islander", required=False)
    white = forms.BooleanField(label="White", required=False)
    home_language = forms.CharField(max_length=60, required=False)
    birth_city = forms.CharField(label="City of birth", max_length=80, required=False)
    birth_state = forms.CharField(label="State of birth", max_length=60, required=False)
    birth_country = forms.CharField(label="Country of birth", max_length=60, required=False)
    address = forms.CharField(label="Street address", max_length=300, required=False)
    city = forms.CharField(max_length=80, required=False)
    state = forms.CharField(max_length=40, required=False)
    postal_code = forms.CharField(label="ZIP code", max_length=20, required=False)
    phone = forms.CharField(label="Home phone", max_length=40, required=False)
    mobile = forms.CharField(label="Mobile phone", max_length=40, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    confidential = forms.BooleanField(
        label="The address is confidential", required=False, help_text="Masked on every page and file."
    )
    reason = forms.CharField(label="Why", max_length=300, required=False)

    def __init__(
        self,
        *args: Any,
        name: PersonName,
        described: Demographics,
        home: Directory,
        state_id: str,
        open_to: Openings,
        **kwargs: Any,
    ) -> None:
        self.name, self.described, self.home = name, described, home
        words = {None: "", True: "yes", False: "no"}
        kwargs["initial"] = {
            **asdict(described),
            **asdict(home),
            **{field: getattr(name, part) for field, part in NAMES.items()},
            "hispanic": words[described.hispanic],
            "state_id": state_id,
        }
        super().__init__(*args, **kwargs)
        #: columns that the viewer does not see and that stay as they are
        self.hidden_columns: tuple[str, ...] = ()
        hides_address = home.confidential and not open_to.shows(DataClass.CUSTODY, "address")
        if hides_address:
            self.hidden_columns = PLACE
        for field in list(self._described()):
            opens = open_to.may_write(DataClass.CONTACT, DECIDES.get(field, field))
            if not opens or (hides_address and field in PLACE):
                del self.fields[field]

    def _described(self) -> Iterator[str]:
        return (name for name in self.base_fields if name not in ("form_id", "seen", "reason"))

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields as the page shows them."""
        parts = (
            ("Name", (*NAMES, "state_id")),
            (
                "Description",
                (
                    "birth_date",
                    "sex",
                    "hispanic",
                    "american_indian",
                    "asian",
                    "black",
                    "pacific_islander",
                    "white",
                    "home_language",
                    "birth_city",
                    "birth_state",
                    "birth_country",
                ),
            ),
            ("Home", (*PLACE, "phone", "mobile", "email", "confidential")),
            ("Why", ("reason",)),
        )
        found = [(title, [self[name] for name in names if name in self.fields]) for title, names in parts]
        return [(title, fields) for title, fields in found if fields]

    def changes(self) -> dict[str, Any]:
        """For the service: everything as it stands, with what was typed over it."""
        asked = dict(self.values)
        if "hispanic" in asked:
            asked["hispanic"] = HISPANIC[asked["hispanic"]]
        named = {NAMES[field]: value for field, value in asked.items() if field in NAMES}
        described = {k: v for k, v in asked.items() if k in Demographics.__slots__}
        home = {k: v for k, v in asked.items() if k in Directory.__slots__}
        return {
            "name": replace(self.name, **named) if named else None,
            "demographics": replace(self.described, **described) if described else None,
            "directory": replace(self.home, **home) if home else None,
            "state_id": asked.get("state_id"),
            "reason": asked.get("reason", ""),
        }
