"""A password is set by the person alone: a keeper hands over a link that works once."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from firstbell.kernel.finding import Refused, error
from firstbell.platform.access import NotVisible, Viewer
from firstbell.platform.accounts.write import require_keeper
from firstbell.platform.audit import record
from firstbell.platform.models import Account
from firstbell.platform.writing import writing


def password_link(viewer: Viewer, account_id: int) -> str:
    """The path of a page on which the account's owner chooses a new password, once, within a day.

    It stops working when it was used, when somebody signs in to the account, or after a day. Raises
    NotAllowed unless the viewer keeps accounts, NotVisible where there is none, Refused for a closed
    account or one's own.
    """
    require_keeper(viewer)
    with writing():
        account = Account.objects.filter(pk=account_id).first()
        if account is None:
            raise NotVisible
        if not account.is_active:
            raise Refused([error("account.closed", "this account is closed", "reopen it first")])
        if account_id == viewer.account_id:
            raise Refused(
                [
                    error(
                        "account.own",
                        "this is your own account",
                        "change your password from the menu with your name",
                    )
                ]
            )
        record(viewer, "account.password_link", "account", account_id, fields=["password"])
    key = default_token_generator.make_token(account)
    parts = {"uidb36": user_pk_to_url_str(account), "key": key}
    return reverse("account_reset_password_from_key", kwargs=parts)
