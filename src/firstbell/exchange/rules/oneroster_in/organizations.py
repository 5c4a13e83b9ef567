"""Orgs as agencies and schools; academic sessions."""

from __future__ import annotations

from datetime import date

from firstbell.exchange.data import KeptRecord
from firstbell.exchange.rules.oneroster_in.draft import Draft, cell
from firstbell.exchange.rules.oneroster_words import EXTRA_FILES
from firstbell.formats.delimited import Row
from firstbell.people.data import AgencyKind, AgencyRecord, SchoolRecord, SessionKind, SessionRecord

_KINDS = frozenset(kind.value for kind in AgencyKind)
_SESSION_KINDS = frozenset(kind.value for kind in SessionKind)
_ORG = ("name", "type", "identifier", "parentSourcedId")
_SESSION = ("title", "type", "startDate", "endDate", "parentSourcedId", "schoolYear")


def take(draft: Draft) -> None:
    """Agencies, schools and sessions of the package."""
    _orgs(draft)
    for row in draft.package.rows("academicSessions"):
        _session(draft, row)
    for row in draft.package.ended("academicSessions"):
        draft.end(("sessions",), row)


def _orgs(draft: Draft) -> None:
    rows = {row["sourcedId"]: row for row in draft.package.rows("orgs")}
    kinds = draft.words.table["orgs"]["in"]
    for own, row in rows.items():
        if row["type"] == "school":
            draft.schools.add(own)
        elif row["type"] in kinds:
            draft.agencies.add(own)
    for own, row in rows.items():
        if own in draft.schools:
            _school(draft, row, rows)
        elif own in draft.agencies:
            _agency(draft, row, rows)
        else:
            _unplaced(draft, row)
    for row in draft.package.ended("orgs"):
        draft.end(("schools", "agencies"), row)


def _agency_above(draft: Draft, row: Row, rows: dict[str, Row]) -> str:
    """The nearest agency above an org: a department may hang under a school, a school under a department."""
    seen = {row["sourcedId"]}
    parent = row["parentSourcedId"]
    while parent and parent not in seen:
        above = rows.get(parent)
        if parent in draft.agencies or above is None:
            return parent
        seen.add(parent)
        parent = above["parentSourcedId"]
    return ""


def _agency(draft: Draft, row: Row, rows: dict[str, Row]) -> None:
    kind = AgencyKind(draft.words.table["orgs"]["in"][row["type"]])
    exact = cell(row, "kind")
    if exact in _KINDS and draft.words.table["orgs"]["out"].get(exact) == row["type"]:
        kind = AgencyKind(exact)
    draft.add(
        "agencies",
        AgencyRecord(
            key=row["sourcedId"],
            name=row["name"],
            kind=kind,
            state_id=row["identifier"],
            parent=_agency_above(draft, row, rows),
        ),
    )
    draft.keep_rest("orgs", row, _ORG)


def _school(draft: Draft, row: Row, rows: dict[str, Row]) -> None:
    agency = _agency_above(draft, row, rows)
    if not agency:
        districts = sorted(own for own in draft.agencies if rows[own]["type"] == "district")
        if len(districts) != 1:
            draft.refuse(
                "semantic.school_without_district",
                "the school has no district above it, and the package has not exactly one",
                "name the district in parentSourcedId",
                file="orgs.csv",
                row=row.number,
            )
            return
        agency = districts[0]
        draft.warn(
            "semantic.school_without_district",
            "the school names no district and was put under the only one",
            "name the district in parentSourcedId",
            file="orgs.csv",
            row=row.number,
        )
    draft.add(
        "schools",
        SchoolRecord(key=row["sourcedId"], name=row["name"], agency=agency, state_id=row["identifier"]),
    )
    draft.keep_rest("orgs", row, _ORG)


def _unplaced(draft: Draft, row: Row) -> None:
    draft.warn(
        "semantic.org_type_unplaced",
        f"an org of type {row['type'][:40]} has no place here; it is kept beside the roster",
        "nothing to do, unless schools hang on it",
        file="orgs.csv",
        row=row.number,
        column="type",
    )
    draft.kept.append(
        KeptRecord(
            kind=EXTRA_FILES["orgs"], key=row["sourcedId"], payload={k: row[k] for k in _ORG if row[k]}
        )
    )


def _session(draft: Draft, row: Row) -> None:
    kind = SessionKind(row["type"]) if row["type"] in _SESSION_KINDS else SessionKind.TERM
    end = draft.last_day(row["endDate"])
    begin = date.fromisoformat(row["startDate"])
    if end is None or end < begin:
        draft.refuse(
            "semantic.empty_span",
            "no day lies between startDate and endDate, because ends are exclusive",
            "write the day after the last day, or set the source to inclusive ends",
            file="academicSessions.csv",
            row=row.number,
        )
        return
    draft.add(
        "sessions",
        SessionRecord(
            key=row["sourcedId"],
            name=row["title"],
            kind=kind,
            school_year=int(row["schoolYear"]),
            begin=begin,
            end=end,
            parent=row["parentSourcedId"],
            school=cell(row, "schoolSourcedId"),
        ),
    )
    draft.keep_rest("academicSessions", row, _SESSION)
