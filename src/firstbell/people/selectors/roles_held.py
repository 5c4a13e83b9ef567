"""Why accounts hold the roles they hold today.

The same rows as ``viewer_for`` reads, with what they say; a test holds the two together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from firstbell.people.data.accounts import RoleWhy
from firstbell.people.models import (
    RoleGrant,
    SectionStaff,
    StaffAssignment,
    Student,
    StudentContact,
    Substitution,
)
from firstbell.people.selectors.viewer import (
    TEACHING,
    begun_or_open,
    in_force,
    is_adult,
    of_age_if_born_by,
    running,
)
from firstbell.platform.access import POLICY

Found = dict[int, list[RoleWhy]]


def roles_held(accounts: Iterable[int], today: date) -> dict[int, tuple[RoleWhy, ...]]:
    """For each account the roles of today, each with its reason. Six queries."""
    ids = list(accounts)
    found: Found = defaultdict(list)
    _posts(found, StaffAssignment.objects.filter(running(today), staff__account__in=ids))
    _sections(found, ids, today)
    _relations(found, ids, today)
    for grant in RoleGrant.objects.filter(in_force(today), account__in=ids).select_related("school"):
        _add(
            found,
            grant.account_id,
            grant.role,
            f"granted: {grant.reason}" if grant.reason else "granted",
            school=grant.school.name if grant.school else "",
            begin=grant.begin,
            end=grant.end,
        )
    for account, born in Student.objects.filter(account__in=ids).values_list(
        "account_id", "demographics__birth_date"
    ):
        grown = born is not None and is_adult(born, today)
        _add(found, account, "eligible_student" if grown else "student", "an own record")
    return {account: tuple(found.get(account, ())) for account in ids}


def holding(role: str, today: date) -> Q:
    """Accounts that hold ``role`` today, in a query over accounts."""
    mine = {"account": OuterRef("pk")}
    staff = {"staff__account": OuterRef("pk")}
    found = Q(Exists(RoleGrant.objects.filter(in_force(today), role=role, **mine)))
    found |= Q(Exists(StaffAssignment.objects.filter(running(today), role=role, **staff)))
    if role == "teacher":
        found |= Q(Exists(SectionStaff.objects.filter(running(today), position__in=TEACHING, **staff)))
    elif role == "substitute":
        found |= Q(Exists(Substitution.objects.filter(day=today, **staff)))
    elif role == "guardian":
        found |= Q(
            Exists(
                StudentContact.objects.filter(
                    begun_or_open(today),
                    contact__account=OuterRef("pk"),
                    has_rights=True,
                    portal_access=True,
                )
            )
        )
    elif role in ("student", "eligible_student"):
        grown = Q(demographics__birth_date__lte=of_age_if_born_by(today))
        own = Student.objects.filter(**mine)
        adults = own.filter(grown)
        found |= Q(Exists(adults)) if role == "eligible_student" else Q(Exists(own)) & ~Q(Exists(adults))
    return found


def _add(found: Found, account: int, role: str, why: str, **more: Any) -> None:
    if role in POLICY.roles:
        found[account].append(RoleWhy(role, POLICY.label(role), why, **more))


def _posts(found: Found, posts: QuerySet[StaffAssignment]) -> None:
    for post in posts.select_related("staff", "school").order_by("-primary", "pk"):
        _add(
            found,
            post.staff.account_id or 0,
            post.role,
            f"post: {post.title}" if post.title else "a post",
            school=post.school.name if post.school else "",
            begin=post.begin,
            end=post.end,
        )


def _sections(found: Found, ids: list[int], today: date) -> None:
    taught = SectionStaff.objects.filter(running(today), staff__account__in=ids, position__in=TEACHING)
    for account, school, number in (
        taught.order_by().values_list("staff__account_id", "section__school__name").annotate(Count("section"))
    ):
        _add(found, account, "teacher", _many(number, "section") + " taught", school=school)
    stands_in = Substitution.objects.filter(day=today, staff__account__in=ids)
    for account, school, number in (
        stands_in.order_by()
        .values_list("staff__account_id", "section__school__name")
        .annotate(Count("section"))
    ):
        words = f"stands in for {_many(number, 'section')} today"
        _add(found, account, "substitute", words, school=school, begin=today, end=today)


def _relations(found: Found, ids: list[int], today: date) -> None:
    links = StudentContact.objects.filter(
        begun_or_open(today), contact__account__in=ids, has_rights=True, portal_access=True
    )
    for account, number in links.order_by().values_list("contact__account_id").annotate(Count("student")):
        _add(found, account, "guardian", f"has rights to {_many(number, 'student')}")


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
