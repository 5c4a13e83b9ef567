"""What is asked about contacts, their rights, orders of a court, and programmes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from firstbell.people.data import ContactDraft, ContactRights, ProgramKind
from firstbell.people.web.acting import ActForm

LIVES_WITH = (("", "Not known"), ("yes", "Yes"), ("no", "No"))
#: relations as offices say them; any other word may be typed
RELATIONS = (
    "Mother",
    "Father",
    "Guardian",
    "Stepmother",
    "Stepfather",
    "Grandmother",
    "Grandfather",
    "Foster parent",
    "Aunt",
    "Uncle",
    "Sibling",
    "Caseworker",
    "Emergency contact",
)
RIGHTS = (
    "relation",
    "order",
    "primary",
    "lives_with",
    "has_rights",
    "portal_access",
    "may_pick_up",
    "emergency",
    "begin",
    "end",
)
PLACE = ("address", "city", "state", "postal_code")


class RightsForm(ActForm):
    """What a contact is to a student, and may do."""

    relation = forms.CharField(
        label="Relation to the student", max_length=60, help_text=f"For instance {', '.join(RELATIONS[:5])}."
    )
    order = forms.IntegerField(label="Called as number", min_value=1, max_value=99, initial=1)
    primary = forms.BooleanField(label="Call first", required=False)
    lives_with = forms.ChoiceField(label="Lives with the student", choices=LIVES_WITH, required=False)
    has_rights = forms.BooleanField(
        label="Has the rights of a parent: may see the records", required=False, initial=True
    )
    portal_access = forms.BooleanField(label="May sign in to see this student", required=False, initial=True)
    may_pick_up = forms.BooleanField(label="May pick the student up", required=False, initial=True)
    emergency = forms.BooleanField(label="Call in an emergency", required=False)
    begin = forms.DateField(label="From", required=False, help_text="Empty: always.")
    end = forms.DateField(label="To", required=False, help_text="The last day; empty while it lasts.")

    def rights(self) -> ContactRights:
        """The rights as they were described."""
        asked = {name: self.cleaned_data[name] for name in RIGHTS}
        lives: dict[str, bool | None] = {"yes": True, "no": False}
        return ContactRights(**(asked | {"lives_with": lives.get(asked["lives_with"])}))


class NewContactForm(RightsForm):
    """A new contact with the rights that go with it."""

    first_name = forms.CharField(max_length=80)
    last_name = forms.CharField(max_length=80)
    mobile = forms.CharField(label="Mobile phone", max_length=40, required=False)
    phone = forms.CharField(label="Other phone", max_length=40, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    language = forms.CharField(
        max_length=12, required=False, help_text="Code of the language for letters: en, es, zh …"
    )
    address = forms.CharField(label="Street address", max_length=300, required=False)
    city = forms.CharField(max_length=80, required=False)
    state = forms.CharField(max_length=40, required=False)
    postal_code = forms.CharField(label="ZIP code", max_length=20, required=False)
    confidential = forms.BooleanField(
        label="The address is confidential", required=False, help_text="Masked on every page and file."
    )

    PERSON = (
        "first_name",
        "last_name",
        "mobile",
        "phone",
        "email",
        "language",
        "address",
        "city",
        "state",
        "postal_code",
        "confidential",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields((*self.PERSON, *RIGHTS))

    def draft(self) -> ContactDraft:
        """The person as described."""
        return ContactDraft(**{name: self.cleaned_data.get(name, "") for name in self.PERSON})


class EditContactForm(NewContactForm):
    """Who a contact is and how to reach them, without the rights."""

    reason = forms.CharField(max_length=300, required=False, label="Note")

    def __init__(self, *args: Any, hides_address: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in (*RIGHTS, *(PLACE if hides_address else ())):
            del self.fields[name]


class ChangeRightsForm(RightsForm):
    """Other rights, with the reason."""

    reason = forms.CharField(label="Why", max_length=300, help_text="For instance the paper that was shown.")


class LinkForm(RightsForm):
    """Somebody who is a contact already."""


class CourtOrderForm(ActForm):
    """An order of a court about a contact and the student."""

    contact = forms.ChoiceField()
    bars_access = forms.BooleanField(
        label="Bars this person: no contact, no release, no records",
        required=False,
        initial=True,
        help_text="It works at once: whoever is signed in sees nothing from the next click on.",
    )
    reference = forms.CharField(label="Court and case number", max_length=120)
    begin = forms.DateField(label="In force from")
    end = forms.DateField(label="To", required=False, help_text="The last day; empty while it lasts.")
    note = forms.CharField(
        max_length=500, required=False, widget=forms.Textarea({"rows": 3}), label="What the office must know"
    )

    def __init__(self, *args: Any, contacts: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["contact"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", "Choose"), *((str(key), name) for key, name in contacts)]


class EndForm(ActForm):
    """Something that ends, with the reason."""

    last_day = forms.DateField(label="Last day")
    reason = forms.CharField(label="Why", max_length=300)


class ProgramForm(ActForm):
    """A programme that a student joins."""

    kind = forms.ChoiceField(label="Program")
    name = forms.CharField(
        max_length=120, required=False, help_text="Needed for another program than those listed."
    )
    detail = forms.CharField(max_length=200, required=False, help_text="Level, code or service.")
    begin = forms.DateField(label="From")
    end = forms.DateField(label="To", required=False)

    def __init__(self, *args: Any, kinds: Sequence[tuple[ProgramKind, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - tells the type checker
        field.choices = [("", "Choose"), *((kind.value, words) for kind, words in kinds)]
