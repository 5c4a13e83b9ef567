"""The sign-in form in plain words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    """Username and password; labels above the fields, and nothing that stops a password safe."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        for name, attributes in (
            ("login", {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
            ("password", {"autocomplete": "current-password"}),
        ):
            self.fields[name].widget.attrs.pop("placeholder", None)
            self.fields[name].widget.attrs.update(attributes)
        self.fields["login"].label = "Username"
        self.fields["password"].help_text = ""
