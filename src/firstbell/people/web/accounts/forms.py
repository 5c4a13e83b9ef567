"""What the accounts' pages ask for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from firstbell.people.api import FROM_THE_ROSTER
from firstbell.people.web.acting import ActForm
from firstbell.platform.access import POLICY
from firstbell.platform.ui import Form

ANY = ("", "Any")


class FindAccounts(Form):
    """Which accounts to list."""

    q = forms.CharField(
        required=False, max_length=80, label="Username or name", widget=forms.TextInput({"type": "search"})
    )
    kind = forms.ChoiceField(
        required=False,
        label="Who",
        choices=[
            ANY,
            ("staff", "Staff"),
            ("contact", "Parents and guardians"),
            ("student", "Students"),
            ("none", "Nobody behind it"),
        ],
    )
    role = forms.ChoiceField(
        required=False,
        label="Role today",
        choices=[ANY, *((role, POLICY.label(role)) for role in POLICY.roles)],
    )
    factor = forms.ChoiceField(
        required=False,
        label="Second factor",
        choices=[ANY, ("none", "Demanded, not set up"), ("set", "Set up")],
    )
    state = forms.ChoiceField(required=False, label="State")

    def __init__(self, *args: Any, days: int, roles: bool, **kwargs: Any) -> None:
        """``days`` without a sign-in make an account dormant; ``roles``: whether the viewer sees them."""
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [  # type: ignore[attr-defined]  # a choice field
            ("active", "May sign in"),
            ("never", "Never signed in"),
            ("dormant", f"No sign-in for {days} days"),
            ("held", "Held back by wrong passwords"),
            ("closed", "Closed"),
            ("all", "All"),
        ]
        if not roles:
            del self.fields["role"]


class NewAccount(ActForm):
    """A new account. It opens nothing until it is tied to a person or granted a role."""

    username = forms.CharField(max_length=150, help_text="Letters, digits, dot, dash. Case does not matter.")
    display_name = forms.CharField(max_length=200, label="Name", help_text="As shown on screen.")
    email = forms.EmailField(
        required=False,
        label="E-mail",
        help_text="The district's own sign-in finds the account by it, where it is connected.",
    )


class Reason(ActForm):
    """Why something is done."""

    reason = forms.CharField(max_length=280, widget=forms.Textarea(attrs={"rows": 2}))


class FactorReason(Reason):
    """How one made sure who is asking."""

    reason = forms.CharField(
        max_length=280,
        label="How did you make sure who is asking?",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FindPerson(Form):
    """Whom to tie an account to."""

    q = forms.CharField(
        max_length=100, label="Name or number", widget=forms.TextInput({"type": "search"}), required=False
    )


class Grant(ActForm):
    """A role for a time."""

    role = forms.ChoiceField()
    school = forms.ChoiceField(required=False, help_text="For roles that hold at a school.")
    begin = forms.DateField(label="First day")
    end = forms.DateField(
        required=False,
        label="Last day",
        help_text="It ends by itself. Only a keeper of accounts may have none.",
    )
    reason = forms.CharField(
        max_length=280, label="What is it for?", widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, schools: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = [(role, POLICY.label(role)) for role in POLICY.roles if role not in FROM_THE_ROSTER]
        self.fields["role"].choices = [("", "Choose"), *roles]  # type: ignore[attr-defined]  # a choice field
        listed = [(str(number), name) for number, name in schools]
        self.fields["school"].choices = [("", "The district"), *listed]  # type: ignore[attr-defined]
