"""Whose rules the attendance of schools follows, when a source tells the state of their district."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from firstbell.attendance.models import AttendanceSettings
from firstbell.attendance.rules.rule_set import rule_set, rules_of_state, states, unloaded_findings
from firstbell.attendance.services.recompute import recompute_schools
from firstbell.kernel.finding import Finding, warning
from firstbell.platform import audit
from firstbell.platform.access import Viewer
from firstbell.platform.writing import writing

#: settings that hold from the begin
FIRST_DAY = date(2000, 7, 1)
TELL = "say it with --state and its two letters, as --state TX"


def follow_state(viewer: Viewer, schools: Iterable[int], state: str) -> list[Finding]:
    """Have schools whose rules nobody chose follow those of ``state`` (two letters).

    What the district has set, for a school or for all, stays; days of schools that now follow other rules
    are derived anew. Tells when no rule is loaded for the state, and when the state is not known or is none:
    then the house's first rule set holds.
    """
    ids = sorted(set(schools))
    default = AttendanceSettings(begin=FIRST_DAY).rules
    with writing():
        rows = AttendanceSettings.objects.order_by("begin")
        chosen = {row.school_id for row in rows if row.school_id is None or row.rules != default}
        if None in chosen:
            return []
        if state not in states():
            told = set(rows.values_list("school_id", flat=True))
            return [_unknown(state, default)] if ids and not told.issuperset(ids) else []
        name = rules_of_state(state)
        _follow(viewer, [one for one in ids if one not in chosen], name)
    return unloaded_findings([rule_set(name)])


def _follow(viewer: Viewer, schools: list[int], name: str) -> None:
    """Write the rules into the schools' settings."""
    rows = AttendanceSettings.objects.filter(school__in=schools)
    known = set(rows.values_list("school_id", flat=True))
    moved = set(rows.exclude(rules=name).values_list("school_id", flat=True))
    rows.exclude(rules=name).update(rules=name)
    fresh = [school for school in schools if school not in known]
    AttendanceSettings.objects.bulk_create(
        AttendanceSettings(school_id=school, begin=FIRST_DAY, rules=name) for school in fresh
    )
    if moved or fresh:
        audit.record(
            viewer, "attendance.follow_state", "school", "", count=len(moved) + len(fresh), reason=name
        )
        recompute_schools(moved | set(fresh))


def _unknown(state: str, default: str) -> Finding:
    label = rule_set(default).table.label
    said = f"names the state {state[:20]!r}, which is none" if state else "does not tell the district's state"
    return warning(
        "attendance.rules.state_unknown",
        f"the source {said}: attendance is counted by {default} ({label})",
        TELL,
        column="state",
    )
