"""Who an account is in these tests: its role is its username."""

from firstbell.platform.access import RoleHeld, Viewer


def by_username(account, today):
    roles = () if account.username == "nobody" else (RoleHeld(account.username, 1),)
    return Viewer(account_id=account.pk, name=account.username, today=today, roles=roles)
