"""Lists of the accounts' pages."""

from __future__ import annotations

from django.urls import reverse

from firstbell.platform.ui import BadgeColumn, Column, DateColumn, MomentColumn, Table

FACTOR = {"set": ("set up", "good"), "missing": ("missing", "warn"), "none": ("not asked for", "neutral")}
GRANT = {
    "waiting": ("waits for a second person", "warn"),
    "in_force": ("in force", "good"),
    "later": ("begins later", "info"),
    "ended": ("ended", "neutral"),
    "withdrawn": ("ended before its first day", "neutral"),
}


#: what the audit chain says of an account, as people say it
ACTS = {
    "session.begin": "Signed in",
    "session.end": "Signed out",
    "session.refuse": "Refused at sign-in",
    "session.end_all": "Sessions ended",
    "password.set": "Password chosen",
    "second_factor.add": "Second factor set up",
    "second_factor.remove": "Second factor removed",
    "second_factor.ask_reset": "Reset of the second factor asked for",
    "second_factor.reset": "Second factor reset",
    "account.create": "Account made",
    "account.deactivate": "Closed",
    "account.reopen": "Reopened",
    "account.password_link": "Password link handed out",
    "account.link": "Tied to a person",
    "account.unlink": "Untied from a person",
    "role.ask": "Role asked for",
    "role.confirm": "Role confirmed",
    "role.decline": "Role turned down",
    "role.grant_alone": "Role granted by the only keeper",
    "role.revoke": "Role ended",
}


class Accounts(Table):
    """Who may sign in."""

    username = Column("Username", head=True, link=lambda row: reverse("account", args=[row.id]))
    name = Column("Name")
    role_words = Column("Roles today")
    factor_state = BadgeColumn("Second factor", states=FACTOR)
    last_sign_in = DateColumn("Last sign-in", empty="never")
    active = BadgeColumn("State", states={True: ("may sign in", "good"), False: ("closed", "neutral")})


class Roles(Table):
    """Roles held today, each with its reason."""

    label = Column("Role", head=True, sortable=False)
    why = Column("Because of", sortable=False)
    school = Column("School", sortable=False)
    begin = DateColumn("Since", sortable=False)
    end = DateColumn("Until", sortable=False)


class Grants(Table):
    """Roles given by hand."""

    label = Column("Role", head=True, sortable=False)
    school = Column("School", sortable=False)
    begin = DateColumn("First day", sortable=False)
    end = DateColumn("Last day", sortable=False)
    reason = Column("What for", sortable=False)
    granted_by = Column("Asked by", sortable=False)
    confirmed_by = Column("Confirmed by", sortable=False)
    state = BadgeColumn("State", states=GRANT, sortable=False)


class Events(Table):
    """What happened to the account."""

    at = MomentColumn("When", head=True, sortable=False)
    action = Column("What", sortable=False)
    by = Column("By", sortable=False)
    reason = Column("Reason", sortable=False)

    def render_action(self, value: str) -> str:
        """In words; an act without words as the chain names it."""
        return ACTS.get(value, value)


class Sessions(Table):
    """Browsers that are signed in."""

    begun_at = MomentColumn("Since", head=True, empty="not known", sortable=False)
    ways = Column("Opened with", empty="not known", sortable=False)
