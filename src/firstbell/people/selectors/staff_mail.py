"""Where staff are written to about their work: the teachers of a section on a day, the posts of a school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from firstbell.people.models import SectionStaff, Staff, StaffAssignment, Substitution
from firstbell.people.selectors.viewer import running


@dataclass(frozen=True, slots=True)
class StaffMail:
    """A staff member's mailbox at work and language. For jobs; shown to nobody."""

    email: str
    language: str


def section_mail(sections: Iterable[int], day: date) -> dict[int, tuple[StaffMail, ...]]:
    """Mailboxes of who takes each section on ``day``: its substitutes, else its teachers. Two queries."""
    ids = list(sections)
    found: dict[int, list[StaffMail]] = defaultdict(list)
    for stand_in in Substitution.objects.filter(section__in=ids, day=day).select_related("staff__account"):
        found[stand_in.section_id] += _mail(stand_in.staff)
    covered = set(found)
    teachers = SectionStaff.objects.filter(running(day), section__in=ids).exclude(position="aide")
    for link in teachers.select_related("staff__account").order_by("-position", "id"):
        if link.section_id not in covered:
            found[link.section_id] += _mail(link.staff)
    return {section: tuple(dict.fromkeys(some)) for section, some in found.items()}


def post_mail(schools: Iterable[int], role: str, day: date) -> dict[int, tuple[StaffMail, ...]]:
    """Mailboxes of who holds a post of ``role`` at each school on ``day``. One query."""
    found: dict[int, list[StaffMail]] = defaultdict(list)
    posts = StaffAssignment.objects.filter(running(day), school__in=list(schools), role=role)
    for post in posts.select_related("staff__account").order_by("id"):
        if post.school_id is not None:
            found[post.school_id] += _mail(post.staff)
    return {school: tuple(dict.fromkeys(some)) for school, some in found.items()}


def _mail(staff: Staff) -> list[StaffMail]:
    account = staff.account
    email = staff.email or (account.email if account else "")
    return [StaffMail(email, account.language if account else "en")] if email else []
