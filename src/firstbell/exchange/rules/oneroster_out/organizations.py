"""Agencies and schools as orgs; academic sessions, and the terms that classes need but the roster lacks."""

from __future__ import annotations

from firstbell.exchange.rules.oneroster_out.book import Book
from firstbell.exchange.rules.oneroster_words import derived_id, exclusive
from firstbell.people.data import AgencyRecord, SessionKind, SessionRecord

_OF_CLASSES = (SessionKind.TERM, SessionKind.SEMESTER)


def write(book: Book, *, service_centers: bool) -> None:
    """Orgs and academic sessions."""
    _orgs(book, service_centers=service_centers)
    book.open("academicSessions")
    for record in book.roster.sessions or ():
        put_session(book, record.key, record, record.parent)


def _orgs(book: Book, *, service_centers: bool) -> None:
    table = book.words.table["orgs"]
    left_out = () if service_centers else table["on_request"]
    every = {record.key: record for record in book.roster.agencies or ()}
    book.open("orgs")
    for agency in every.values():
        if agency.kind.value in left_out:
            continue
        word = table["out"][agency.kind.value]
        book.put(
            "orgs",
            agency.key,
            {
                "name": agency.name,
                "type": word,
                "identifier": agency.state_id,
                "parentSourcedId": _above(every, agency.parent, left_out),
                "kind": "" if table["in"].get(word) == agency.kind.value else agency.kind.value,
            },
        )
    for school in book.roster.schools or ():
        book.put(
            "orgs",
            school.key,
            {
                "name": school.name,
                "type": "school",
                "identifier": school.state_id,
                "parentSourcedId": _above(every, school.agency, left_out),
            },
        )


def _above(every: dict[str, AgencyRecord], key: str, left_out: tuple[str, ...] | list[str]) -> str:
    """The nearest agency from ``key`` upwards that leaves."""
    seen: set[str] = set()
    while key in every and key not in seen:
        if every[key].kind.value not in left_out:
            return key
        seen.add(key)
        key = every[key].parent
    return ""


def put_session(book: Book, own: str, record: SessionRecord, parent: str) -> None:
    """Write one session."""
    book.put(
        "academicSessions",
        own,
        {
            "title": record.name,
            "type": record.kind.value,
            "startDate": record.begin.isoformat(),
            "endDate": exclusive(record.end),
            "parentSourcedId": parent,
            "schoolYear": str(record.school_year),
            "schoolSourcedId": record.school,
        },
    )


class Terms:
    """The terms or semesters of a class: OneRoster lets classes refer to no other sessions."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.sessions = {record.key: record for record in book.roster.sessions or ()}
        self.children: dict[str, list[SessionRecord]] = {}
        for record in self.sessions.values():
            if record.kind in _OF_CLASSES:
                self.children.setdefault(record.parent, []).append(record)

    def of(self, keys: tuple[str, ...], school: str) -> list[str]:
        """Ids of the sessions that a class in ``keys`` meets in: earlier ones first, each once."""
        out: dict[str, None] = {}
        for key in keys:
            session = self.sessions.get(key)
            if session is None:
                continue
            for own in self._terms(session, school):
                out[own] = None
        return list(out)

    def _terms(self, session: SessionRecord, school: str) -> list[str]:
        if session.kind in _OF_CLASSES:
            return [session.key]
        if session.kind is SessionKind.SCHOOL_YEAR:
            found = [r for r in self.children.get(session.key, ()) if r.school in ("", school)]
            if found:
                found.sort(key=lambda r: (r.begin, r.end, r.key))
                return [r.key for r in found]
        above = self.sessions.get(session.parent)
        if session.kind is SessionKind.GRADING_PERIOD and above and above.kind in _OF_CLASSES:
            return [above.key]
        return [self._made(session)]

    def _made(self, session: SessionRecord) -> str:
        """A term as long as a session that no class may refer to."""
        own_id = session.key
        own = derived_id("term", own_id)
        is_year = session.kind is SessionKind.SCHOOL_YEAR
        put_session(self.book, own, _as_term(session), own_id if is_year else session.parent)
        return own


def _as_term(session: SessionRecord) -> SessionRecord:
    return SessionRecord(
        key=session.key,
        name=session.name,
        kind=SessionKind.TERM,
        school_year=session.school_year,
        begin=session.begin,
        end=session.end,
        school=session.school,
    )
