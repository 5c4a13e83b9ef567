"""Who may sign in."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import ASCIIUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; usernames and e-mail addresses are kept in lower case: case never tells two apart."""

    def create_account(
        self, username: str, password: str | None = None, *, email: str = "", **fields: Any
    ) -> Account:
        """Make an account; without ``password`` it can be entered by single sign-on or a passkey only."""
        account = self.model(username=username.lower(), email=email.lower(), **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> Account:
        """The account of that username, in any case."""
        return self.get(username=(username or "").lower())


class Account(AbstractBaseUser):
    """One person's (or one program's) way in.

    What it may see is decided by today's roles, never by the account. The person behind it is
    the knowledge of the people room, which points here.
    """

    username = models.CharField(max_length=150, unique=True, validators=[ASCIIUsernameValidator()])
    email = models.EmailField(blank=True, default="")
    display_name = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=12, default="en")
    is_active = models.BooleanField(default=True)
    is_demonstration = models.BooleanField(
        default=False, help_text="A persona of the demonstration district: may be entered with one click."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    deactivated_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(username=Lower("username")),
                name="account_username_lower_case",
            ),
            models.UniqueConstraint(Lower("email"), condition=~models.Q(email=""), name="account_email_once"),
        ]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """The name shown on screen; the username where none is known."""
        return self.display_name or self.username

    def get_short_name(self) -> str:
        """The name shown where room is short."""
        return self.get_full_name()
