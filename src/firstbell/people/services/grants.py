"""Roles given by hand: one person asks, another confirms, and neither is the one who receives it.

Nobody grants themselves data (security specification, B3.7). Posts, sections and relations give roles
without anybody's asking; a grant is for what no roster knows. While nobody else could confirm, the only
keeper of accounts may make one other person a keeper alone, so that there are two; that is recorded as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.db.models import Q

from firstbell.kernel.finding import Finding, Refused, error
from firstbell.people.data.accounts import NewGrant
from firstbell.people.models import RoleGrant, School
from firstbell.people.selectors.grants import CONFIRMERS, others_who_confirm
from firstbell.people.services.keeping import hold_keeping, refuse_unless_kept
from firstbell.platform.access import POLICY, DataClass, NotAllowed, NotVisible, Scope, Viewer
from firstbell.platform.accounts import ACCOUNT_KEEPERS
from firstbell.platform.audit import record
from firstbell.platform.writing import writing

#: roles that follow from the roster alone: who teaches, whose child, whose own record
FROM_THE_ROSTER = frozenset({"student", "eligible_student", "guardian", "teacher", "substitute"})


def ask_grant(viewer: Viewer, grant: NewGrant) -> tuple[int, bool]:
    """Ask for a role; answers the grant's number and whether it is in force already.

    Raises NotAllowed unless the viewer keeps accounts, NotVisible where there is no such account, Refused
    for one's own account, a role that follows from the roster or is held already, a span in the past or
    without an end, a missing reason or school.
    """
    if not viewer.holds(*ACCOUNT_KEEPERS):
        raise NotAllowed("granting roles")
    with writing():
        hold_keeping()
        account = get_user_model().objects.filter(pk=grant.account_id).first()
        if account is None:
            raise NotVisible
        findings = list(_faults(viewer, grant, active=account.is_active))
        if findings:
            raise Refused(findings)
        alone = grant.role in ACCOUNT_KEEPERS and not others_who_confirm(
            viewer, (viewer.account_id, grant.account_id)
        )
        row = RoleGrant.objects.create(
            account=account,
            role=grant.role,
            school_id=grant.school_id,
            begin=grant.begin,
            end=grant.end,
            granted_by_id=None if alone else viewer.account_id,
            reason=f"first second keeper: {grant.reason}"[:300] if alone else grant.reason,
        )
        _record(viewer, "role.grant_alone" if alone else "role.ask", row)
    return row.pk, alone


def confirm_grant(viewer: Viewer, grant_id: int) -> None:
    """Put a grant into force that somebody else asked for somebody else.

    Raises NotAllowed unless the viewer is one who confirms, NotVisible where no such grant waits, Refused
    for one's own request or account.
    """
    with writing():
        row = _waiting(viewer, grant_id)
        if viewer.account_id in (row.granted_by_id, row.account_id):
            raise Refused(
                [
                    error(
                        "grant.second_person",
                        "it takes a second person: who asked, or who receives the role, cannot confirm",
                        "ask another keeper of accounts, the privacy officer or the superintendent",
                    )
                ]
            )
        if not row.account.is_active:
            raise Refused(
                [error("grant.closed", "this account is closed", "reopen it first, or turn it down")]
            )
        row.confirmed_by_id = viewer.account_id
        row.save(update_fields=["confirmed_by_id"])
        _record(viewer, "role.confirm", row)


def decline_grant(viewer: Viewer, grant_id: int) -> None:
    """Take a request back, or turn it down. Raises as ``confirm_grant``; one's own may be taken back."""
    with writing():
        row = _waiting(viewer, grant_id)
        _record(viewer, "role.decline", row)
        row.delete()


def revoke_grant(viewer: Viewer, grant_id: int, *, reason: str) -> None:
    """End a grant at once: the next request of its account is without the role. One person is enough.

    Raises NotAllowed unless the viewer keeps accounts, NotVisible where no such grant is in force, Refused
    without a reason, and where nobody would be left who keeps accounts.
    """
    if not viewer.holds(*ACCOUNT_KEEPERS):
        raise NotAllowed("ending roles")
    with writing():
        hold_keeping()
        row = RoleGrant.objects.filter(pk=grant_id).first()
        if row is None or (row.end is not None and row.end < viewer.today):
            raise NotVisible
        if not reason.strip():
            raise Refused(
                [error("grant.reason", "ending a role needs a reason", "write why", column="reason")]
            )
        if row.role in ACCOUNT_KEEPERS:
            refuse_unless_kept(viewer, ending=grant_id, column="reason")
        row.end = viewer.today - timedelta(days=1)
        row.save(update_fields=["end"])
        _record(viewer, "role.revoke", row, reason=reason)


def _waiting(viewer: Viewer, grant_id: int) -> RoleGrant:
    if not viewer.holds(*CONFIRMERS):
        raise NotAllowed("confirming grants")
    hold_keeping()
    row = RoleGrant.objects.filter(pk=grant_id, granted_by_id__isnull=False).select_related("account").first()
    if row is None or (row.end is not None and row.end < viewer.today):
        raise NotVisible
    if row.confirmed_by_id is not None:
        raise Refused(
            [
                error(
                    "grant.over",
                    "somebody confirmed this role already",
                    "end the grant on the account's page if it is wrong",
                )
            ]
        )
    return row


def needs_school(role: str) -> bool:
    """Whether a role reaches a building, so that a grant must name it."""
    return any(Scope.BUILDING in POLICY.cell(role, item).scopes for item in DataClass) and not any(
        Scope.DISTRICT in POLICY.cell(role, item).scopes for item in DataClass
    )


def _faults(viewer: Viewer, grant: NewGrant, *, active: bool) -> Iterator[Finding]:
    if grant.account_id == viewer.account_id:
        yield error("grant.own", "nobody grants a role to themselves", "ask another keeper of accounts")
    if not active:
        yield error("grant.closed", "this account is closed", "reopen it first")
    yield from _role_faults(grant)
    yield from _span_faults(viewer, grant)
    if not grant.reason.strip():
        yield error("grant.reason", "a grant needs a reason", "write what it is for", column="reason")
    if _granted_already(viewer, grant):
        yield error(
            "grant.twice",
            "the account has this role there by a grant already, or a request for it waits",
            "end that grant, or take the request back, first",
            column="role",
        )


def _role_faults(grant: NewGrant) -> Iterator[Finding]:
    if grant.role not in POLICY.roles or grant.role in FROM_THE_ROSTER:
        yield error(
            "grant.role",
            "this role follows from the roster and is not granted",
            "give the person the section, the relation or the post",
            column="role",
        )
    elif needs_school(grant.role) and grant.school_id is None:
        yield error("grant.school", "this role holds at a school", "choose the school", column="school")
    if grant.school_id is not None and not School.objects.filter(pk=grant.school_id, ended_on=None).exists():
        yield error("grant.school", "there is no such school", "choose another", column="school")


def _span_faults(viewer: Viewer, grant: NewGrant) -> Iterator[Finding]:
    """Every grant ends by itself but a keeper's: the district would be locked out on the day it ends."""
    if grant.begin < viewer.today:
        yield error("grant.span", "the first day has passed", "choose today or later", column="begin")
    if grant.end is None and grant.role not in ACCOUNT_KEEPERS:
        yield error("grant.end", "a grant has a last day", "enter when it ends", column="end")
    if grant.end is not None and grant.end < grant.begin:
        yield error("grant.span", "the last day lies before the first", "correct it", column="end")


def _granted_already(viewer: Viewer, grant: NewGrant) -> bool:
    same = RoleGrant.objects.filter(
        account=grant.account_id, role=grant.role, school=grant.school_id, begin__lte=grant.end or date.max
    )
    later = Q(end__isnull=True) | Q(end__gte=max(grant.begin, viewer.today))
    return same.filter(later).exists()


def _record(viewer: Viewer, action: str, row: RoleGrant, *, reason: str = "") -> None:
    record(
        viewer,
        action,
        "account",
        row.account_id,
        data_classes=[DataClass.SECURITY],
        fields=[f"role:{row.role}"],
        reason=reason or row.reason,
    )
