"""Applying a roster: the order of things, references, the brake and the record of what was done."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from firstbell.kernel.finding import Finding, Refused, any_refuses, error
from firstbell.people.data import Roster, RosterDifference
from firstbell.people.models import (
    CourseOffering,
    Revision,
    RosterAct,
    SchoolEnrollment,
    SectionEnrollment,
    SectionStaff,
    SourceKey,
)
from firstbell.people.models.source import sourced_id
from firstbell.people.services.apply_roster import belonging, satellites
from firstbell.people.services.apply_roster.brake import brake_findings
from firstbell.people.services.apply_roster.comparison import (
    BATCH,
    RowPlan,
    Tally,
    check_texts,
    spoken,
    text_limits,
)
from firstbell.people.services.apply_roster.keyed import KINDS, Kind
from firstbell.people.services.holding import hold_roster
from firstbell.people.services.name_words import index_people
from firstbell.platform import audit
from firstbell.platform.access import Viewer
from firstbell.platform.rows import insert_rows
from firstbell.platform.writing import writing

MOST_FINDINGS = 200
MOST_IN_QUERY = 900
#: numbers by which a person is known: an empty one in a source takes none away
UNEMPTIED = frozenset({"local_id", "state_id"})
DATED: dict[str, Any] = {
    "school_enrollments": SchoolEnrollment,
    "section_enrollments": SectionEnrollment,
    "section_staff": SectionStaff,
}


class Held(Refused):
    """The roster would end too many; it waits for a person. Carries the whole difference."""

    def __init__(self, difference: RosterDifference) -> None:
        super().__init__(difference.findings)
        self.difference = difference


@dataclass
class Application:
    """One roster on its way into the district."""

    viewer: Viewer
    roster: Roster
    source: str
    today: date
    now: datetime
    act: RosterAct
    ids: dict[str, dict[str, int]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=dict)
    #: ids of people whose names or numbers changed, by kind
    renamed: dict[str, set[int]] = field(default_factory=dict)
    #: rows that a delta ends, by list: what belongs to them ends with them
    gone: dict[str, set[int]] = field(default_factory=dict)
    _foreign: dict[str, set[uuid.UUID]] = field(default_factory=dict)

    def refer(self, kind: str, key: str) -> int | None:
        """Row id of a record of this source; an empty key is no reference."""
        if not key:
            return None
        found = self.ids.get(kind, {}).get(key)
        if found is None and len(self.findings) < MOST_FINDINGS:
            self.findings.append(
                error(
                    "reference.missing_target_record",
                    f"{kind} {key} is referred to but not in the source",
                    "add the record to the source, or remove the reference to it",
                    column=key[:80],
                )
            )
        return found

    def identify(self, kind: str, source_key: str, natural: tuple[Any, ...]) -> uuid.UUID:
        """The id under which a dated row leaves: the source's own where it is opaque, else a new one."""
        own = sourced_id(kind, f"{self.source}:{source_key}:{natural}")
        try:
            adopted = uuid.UUID(source_key)
        except ValueError:
            return own
        return adopted if str(adopted) == source_key and adopted not in self.foreign(kind) else own

    def foreign(self, kind: str) -> set[uuid.UUID]:
        """Ids of dated rows that other sources brought; never given twice."""
        if kind not in self._foreign:
            rows = DATED[kind].objects.exclude(source=self.source)
            self._foreign[kind] = set(rows.values_list("sourced_id", flat=True))
        return self._foreign[kind]

    def refuse_if_needed(self) -> None:
        """Raise Refused when a finding so far refuses the whole."""
        if any_refuses(self.findings):
            raise Refused(self.findings)

    def silent(self, table: str) -> frozenset[str]:
        """The columns of a table that the source has no word for."""
        return self.roster.silent.get(table, frozenset())

    def whole(self, table: str, kind: str) -> set[int]:
        """Rows of ``kind`` of whose belonging in ``table`` a delta says everything."""
        ids = self.ids.get(kind, {})
        return {ids[key] for key in self.roster.whole.get(table, ()) if key in ids}

    def tally(self, kind: str) -> Tally:
        """The counts of a kind."""
        return self.tallies.setdefault(kind, Tally(kind))

    def difference(self) -> RosterDifference:
        """What was done so far."""
        return RosterDifference(tuple(t.difference() for t in self.tallies.values()), tuple(self.findings))


def apply_roster(
    viewer: Viewer, roster: Roster, *, source: str, dry_run: bool = False, confirm: bool = False
) -> RosterDifference:
    """Make the district what ``roster`` says, all or nothing, and tell what changed.

    ``source`` names where the keys come from (``"oneroster:sis"``); the same source later finds its
    own rows again. ``dry_run`` does all of it and takes it back. Raises Refused with findings when a
    reference, a text or a span cannot be, and Held when a complete roster would end too many people,
    sections or any school and ``confirm`` is not given; in both cases nothing has changed.
    """
    with writing():
        hold_roster()
        act = RosterAct.objects.create(
            verb="import", account_id=viewer.account_id, actor_name=viewer.name, source=source
        )
        application = Application(viewer, roster, source, viewer.today, timezone.now(), act)
        _apply(application)
        difference = application.difference()
        brakes = brake_findings(application.tallies, active=_active(application)) if roster.complete else []
        if brakes:
            difference = RosterDifference(difference.kinds, (*difference.findings, *brakes))
            if not (confirm or dry_run):
                raise Held(difference)
        if dry_run or difference.changes == 0:
            # an import that changes nothing leaves no act behind either
            transaction.set_rollback(True)
        else:
            audit.record(
                viewer,
                action="roster.apply",
                object_kind="roster_act",
                object_id=act.pk,
                count=difference.changes,
                reason=source,
            )
    return difference


def _active(application: Application) -> dict[str, int]:
    return {kind: tally.active_before for kind, tally in application.tallies.items()}


def _apply(application: Application) -> None:
    for kind in KINDS:
        _apply_kind(application, kind)
        if kind.name == "course_offerings":
            _offering_schools(application)
        application.refuse_if_needed()
    satellites.apply(application)
    application.refuse_if_needed()
    belonging.apply(application)
    application.refuse_if_needed()
    index_people(application.renamed)


def _offering_schools(application: Application) -> None:
    """A section's school is its offering's; answered without asking the database again."""
    records = application.roster.course_offerings or ()
    schools = application.ids.get("schools", {})
    by_offering = {record.key: schools[record.school] for record in records if record.school in schools}
    known = application.ids.get("course_offerings", {})
    if len(by_offering) < len(known):
        school_of = dict(CourseOffering.objects.values_list("id", "school_id"))
        by_offering = {key: school_of[row] for key, row in known.items() if row in school_of} | by_offering
    application.ids["offering_school"] = by_offering


def _apply_kind(application: Application, kind: Kind) -> None:
    """Compare the records of one keyed kind with the table and write the difference."""
    known = dict(
        SourceKey.objects.filter(source=application.source, kind=kind.kind).values_list("key", "object_id")
    )
    ids = application.ids.setdefault(kind.name, dict(known))
    records: list[Any] | None = getattr(application.roster, kind.name)
    if records is None:
        return
    merge = _KeyedMerge(application, kind, known)
    for record in _parents_first(records):
        merge.take(record, ids)
    application.refuse_if_needed()
    merge.write(ids)
    merge.end_missing(records)


def _parents_first(records: Iterable[Any]) -> list[Any]:
    """Records in an order in which a parent precedes its children."""
    rows = list(records)
    if not rows or not hasattr(rows[0], "parent"):
        return rows
    by_key = {row.key: row for row in rows}
    done: dict[str, Any] = {}
    for row in rows:
        chain = []
        while row is not None and row.key not in done and row not in chain:
            chain.append(row)
            row = by_key.get(row.parent)
        for link in reversed(chain):
            done[link.key] = link
    return list(done.values())


class _KeyedMerge:
    """The difference of one keyed kind."""

    def __init__(self, application: Application, kind: Kind, known: dict[str, int]) -> None:
        self.application = application
        self.kind = kind
        self.known = known
        self.tally = application.tally(kind.name)
        self.limits = text_limits(kind.model)
        self.fields: tuple[str, ...] = ()
        self.rows: dict[int, tuple[Any, ...]] = {}
        self.natural: list[dict[tuple[Any, ...], int]] = []
        self.plan = RowPlan(kind.model, ())
        self.new_keys: list[tuple[str, uuid.UUID]] = []
        self.linked: list[tuple[str, int]] = []
        self.revisions: list[Revision] = []
        self.taken: set[uuid.UUID] = set()
        #: rows that this source already names by some key
        self.claimed = set(known.values())
        self.seen: set[str] = set()
        self.silent = application.silent(kind.name)

    def _prepare(self, columns: dict[str, Any]) -> None:
        """Read the table once, when the first record tells which columns matter."""
        self.fields = (*columns, "ended_on")
        self.plan.fields = self.fields
        for row in self.kind.model.objects.values_list("id", *self.fields):
            self.rows[row[0]] = row[1:]
        self.tally.active_before = sum(
            1 for i in self.known.values() if i in self.rows and self.rows[i][-1] is None
        )
        self.taken = set(self.kind.model.objects.values_list("sourced_id", flat=True))
        for names in self.kind.natural:
            places = [self.fields.index(name) for name in names]
            found: dict[tuple[Any, ...], list[int]] = {}
            for row, values in self.rows.items():
                found.setdefault(tuple(values[place] for place in places), []).append(row)
            # a number that two rows share tells neither
            self.natural.append({key: rows[0] for key, rows in found.items() if all(key) and len(rows) == 1})

    def _match(self, record: Any, columns: dict[str, Any]) -> int | None:
        """The row this record is: by the source's key, else by an exact identifier."""
        row = self.known.get(record.key)
        if row is not None:
            return row
        for names, rows in zip(self.kind.natural, self.natural, strict=True):
            row = rows.get(tuple(columns[name] for name in names))
            if row is not None and row not in self.claimed:
                return row
        return None

    def take(self, record: Any, ids: dict[str, int]) -> None:
        """Compare one record."""
        if record.key in self.seen:
            self.application.findings.append(
                error(
                    "reference.duplicate_sourced_id",
                    f"{self.kind.name} {record.key} stands in the source twice",
                    "keep one of the two records",
                    column=record.key[:80],
                )
            )
            return
        self.seen.add(record.key)
        columns = self.kind.columns(record, self.application.refer)
        if not self.fields:
            self._prepare(columns)
        values = (*columns.values(), None)
        row = self._match(record, columns)
        if row is not None and record.key not in self.known:
            self.linked.append((record.key, row))
            self.known[record.key] = row
            self.claimed.add(row)
        if row is not None:
            ids[record.key] = row
            self._compare(record, row, values)
            return
        self._check(record, values)
        sourced = self._sourced_id(record)
        if self._needs_id_at_once(record):
            new = self.kind.model(sourced_id=sourced, changed_at=self.application.now, **columns)
            new.save(force_insert=True)
            ids[record.key] = new.pk
            self.linked.append((record.key, new.pk))
        else:
            self.plan.create.append((sourced, self.application.now, *columns.values()))
            self.new_keys.append((record.key, sourced))
        self.tally.added += 1
        self.tally.note(f"+ {self.kind.label(record)}")

    def _needs_id_at_once(self, record: Any) -> bool:
        """Whether rows of the same kind may refer to this one."""
        return hasattr(record, "parent")

    def _compare(self, record: Any, row: int, values: tuple[Any, ...]) -> None:
        before = self.rows.get(row)
        if before is not None:
            values = spoken(self.fields, values, before, self.silent, UNEMPTIED)
        if before == values:
            self.tally.unchanged += 1
            return
        self._check(record, values)
        self.plan.update.append(
            self.kind.model(
                id=row, changed_at=self.application.now, **dict(zip(self.fields, values, strict=True))
            )
        )
        self.tally.changed += 1
        self.tally.note(f"~ {self.kind.label(record)}")
        changed = {
            name: (old, new)
            for name, old, new in zip(self.fields, before or values, values, strict=True)
            if old != new
        }
        self.revisions.append(self._revision(row, changed))
        self.rows[row] = values

    def _revision(self, row: int, changed: dict[str, tuple[Any, Any]]) -> Revision:
        return Revision(
            kind=self.kind.kind,
            object_id=row,
            account_id=self.application.viewer.account_id,
            source=self.application.source,
            before={name: _json(old) for name, (old, _) in changed.items()},
            after={name: _json(new) for name, (_, new) in changed.items()},
        )

    def _check(self, record: Any, values: tuple[Any, ...]) -> None:
        label = f"{self.kind.name} {self.kind.label(record)}"
        self.application.findings.extend(check_texts(self.limits, self.fields, values, label))

    def _sourced_id(self, record: Any) -> uuid.UUID:
        """The source's id where it is opaque and free, else a new one of our own."""
        try:
            adopted = uuid.UUID(record.key)
        except ValueError:
            adopted = None
        if adopted is None or adopted in self.taken or str(adopted) != record.key:
            adopted = sourced_id(self.kind.kind, f"{self.application.source}:{record.key}")
            if adopted in self.taken:
                adopted = uuid.uuid4()
        self.taken.add(adopted)
        return adopted

    def write(self, ids: dict[str, int]) -> None:
        """Write rows and remember the source's keys for them."""
        self.plan.columns = ("sourced_id", "changed_at", *self.fields[:-1])
        self.plan.fields = (*self.fields, "changed_at")
        self.plan.write()
        rows = self._ids_of_new()
        for key, sourced in self.new_keys:
            ids[key] = rows[sourced]
            self.linked.append((key, rows[sourced]))
        Revision.objects.bulk_create(self.revisions, batch_size=BATCH)
        source, kind = self.application.source, self.kind.kind
        insert_rows(
            SourceKey,
            ("source", "kind", "key", "object_id"),
            ((source, kind, key, row) for key, row in self.linked),
        )
        if self.kind.kind in ("student", "contact", "staff"):
            touched = {row for _, row in self.linked} | {int(new.pk) for new in self.plan.update}
            if touched:
                self.application.renamed[self.kind.kind] = touched

    def _ids_of_new(self) -> dict[uuid.UUID, int]:
        """Row ids of what was just inserted, by the opaque ids given to it."""
        rows = self.kind.model.objects.all()
        if len(self.new_keys) <= MOST_IN_QUERY:
            rows = rows.filter(sourced_id__in=[sourced for _, sourced in self.new_keys])
        return dict(rows.values_list("sourced_id", "id"))

    def end_missing(self, records: list[Any]) -> None:
        """End what a complete source no longer speaks of, or what a delta ends by key."""
        if not self.fields and self.known:
            self.tally.active_before = self.kind.model.objects.filter(
                id__in=list(self.known.values())[:BATCH], ended_on=None
            ).count()
        if self.application.roster.complete:
            present = {record.key for record in records}
            gone = [row for key, row in self.known.items() if key not in present]
        else:
            named = {key for name, key in self.application.roster.ended if name == self.kind.name}
            gone = [self.known[key] for key in named if key in self.known]
        if not gone:
            return
        still = {row for key, row in self.application.ids[self.kind.name].items() if row not in set(gone)}
        gone = [row for row in gone if row not in still]
        if not self.application.roster.complete:
            self.application.gone[self.kind.name] = set(gone)
        for start in range(0, len(gone), BATCH):
            rows = self.kind.model.objects.filter(id__in=gone[start : start + BATCH], ended_on=None)
            ended = list(rows.values_list("id", flat=True))
            rows.update(ended_on=self.application.today, changed_at=self.application.now)
            Revision.objects.bulk_create(
                [self._revision(row, {"ended_on": (None, self.application.today)}) for row in ended]
            )
            self.tally.end(ended)
            for row in ended[:3]:
                self.tally.note(f"- {self.kind.kind} {row}")


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
