"""A staff member's page: the post for everybody who works here, dates and more for whom the policy says."""

from __future__ import annotations

from firstbell.people.data.views import Fact, PostRow, ScheduleRow, StaffPage
from firstbell.people.models import SectionStaff, Staff, StaffAssignment
from firstbell.people.selectors.find import sees_staff
from firstbell.people.selectors.scope import sections_in_scope
from firstbell.people.selectors.student_record import meetings_of
from firstbell.people.selectors.viewer import running
from firstbell.platform.access import DataClass, NotVisible, Scope, Viewer


def staff_page(viewer: Viewer, staff_id: int) -> StaffPage:
    """Name, e-mail and posts of a staff member, and those sections that the viewer reaches too.

    Dates of posts are for those whose role opens the status of this person. Raises NotVisible.
    A constant number of queries.
    """
    if not sees_staff(viewer):
        raise NotVisible
    person = Staff.objects.filter(pk=staff_id).first()
    if person is None:
        raise NotVisible
    posts = list(
        StaffAssignment.objects.filter(staff=person)
        .select_related("school")
        .order_by("-primary", "-begin", "pk")
    )
    own = viewer.account_id is not None and person.account_id == viewer.account_id
    dated = own or _sees_status(viewer, {post.school_id for post in posts})
    now = [
        post
        for post in posts
        if post.begin <= viewer.today and (post.end is None or post.end >= viewer.today)
    ]
    shown = posts if dated else now
    return StaffPage(
        id=person.pk,
        name=person.display_name,
        facts=_facts(person, own=own),
        posts=tuple(
            PostRow(
                title=post.title or post.role.replace("_", " ").capitalize(),
                school_id=post.school_id,
                school=post.school.name if post.school else "District",
                begin=post.begin if dated else None,
                end=post.end if dated else None,
                running=post in now,
            )
            for post in shown
        ),
        sections=tuple(_sections(viewer, staff_id)),
        dated=dated,
        working=bool(now),
    )


def _sees_status(viewer: Viewer, schools: set[int | None]) -> bool:
    """Whether a role opens the dates of a person who has, or had, a post at one of ``schools``."""
    return bool(viewer.purpose) or any(
        cell.shows("begin")
        and (
            Scope.DISTRICT in cell.scopes
            or (Scope.BUILDING in cell.scopes and held.school_id is not None and held.school_id in schools)
        )
        for held, cell in viewer.cells(DataClass.STAFF)
    )


def _facts(person: Staff, *, own: bool) -> tuple[Fact, ...]:
    facts = [Fact("email", "E-mail", person.email, DataClass.STAFF)]
    if own:
        facts += [
            Fact("local_id", "Local ID", person.local_id, DataClass.STAFF),
            Fact("phone", "Phone", person.mobile or person.phone, DataClass.STAFF),
            Fact("hire_date", "Hired", str(person.hire_date or ""), DataClass.STAFF),
        ]
    return tuple(facts)


def _sections(viewer: Viewer, staff_id: int) -> list[ScheduleRow]:
    """Sections the person has today, of those that the viewer reaches."""
    links = list(
        SectionStaff.objects.filter(
            running(viewer.today),
            staff=staff_id,
            section__in=sections_in_scope(viewer, DataClass.ENROLLMENT),
        )
        .select_related("section__offering__session", "staff")
        .order_by("section__title", "pk")
    )
    meetings = meetings_of({link.section_id for link in links})
    return [
        ScheduleRow(
            section_id=link.section_id,
            title=link.section.title,
            code=link.section.code,
            session=link.section.offering.session.name,
            begin=link.begin,
            end=link.end,
            meetings=", ".join(period for period, _ in meetings.get(link.section_id, ())),
            rooms=", ".join(dict.fromkeys(room for _, room in meetings.get(link.section_id, ()) if room))
            or link.section.location,
            teachers=link.staff.display_name,
            homeroom=link.section.homeroom,
        )
        for link in links
    ]
