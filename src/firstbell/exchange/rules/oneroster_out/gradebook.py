"""Line items, results and resources that were kept, and marks of grading periods as line items."""

from __future__ import annotations

from firstbell.exchange.data import KeptRecord
from firstbell.exchange.rules.oneroster_in.kept import RENAMED
from firstbell.exchange.rules.oneroster_out.book import Book
from firstbell.exchange.rules.oneroster_words import KEPT_FILES, derived_id
from firstbell.formats.oneroster import layout
from firstbell.people.data import SessionKind, SessionRecord

_BACK = {new: old for old, new in RENAMED.items()}


def write(book: Book) -> None:
    """The gradebook and resource files that have rows."""
    for file, kind in KEPT_FILES.items():
        records = book.kept.get(kind, ())
        if records and file in layout(book.version).files:
            _kept(book, file, kind, list(records))
    if book.kept.get("period_grades"):
        _PeriodGrades(book).write(book.kept["period_grades"])


# kept as it came -----------------------------------------------------------------------------------


def _kept(book: Book, file: str, kind: str, records: list[KeptRecord]) -> None:
    columns = layout(book.version).columns(file)
    rows = book.open(file)
    targets = {column.name: book.written(column.target) for column in columns if column.refers}
    required = [column.name for column in columns if column.required and column.name != "sourcedId"]
    short = 0
    for record in records:
        row = {name: str(value) for name, value in record.payload.items()}
        if file == "lineItems" and not row.get("schoolSourcedId"):
            of_class = book.written("classes").get(row.get("classSourcedId", ""), {})
            row["schoolSourcedId"] = of_class.get("schoolSourcedId", "")
        if book.version == "1.1":
            row = {_BACK.get(name, name): value for name, value in row.items()}
        for name, known in targets.items():
            if row.get(name) and row[name] not in known:
                row[name] = ""
        if any(not row.get(name) for name in required):
            short += 1
            continue
        book.extend(file, row)
        book.put(file, record.key, row)
    if short:
        book.warn(
            "export.required_value_missing",
            f"{short:,} rows lack a value that OneRoster {book.version} requires and were left out",
            "nothing to do where what they belong to does not leave; else export as 1.2, or fill the values",
            file=file,
        )
    if not rows:
        book.drop(file)


# marks of grading periods --------------------------------------------------------------------------


class _PeriodGrades:
    """One line item for each class and grading period, one result for each mark."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.table = book.words.table["period_grades"]
        self.sessions = {record.key: record for record in book.roster.sessions or ()}
        self.category = derived_id("category", self.table["category"])
        self.classes = book.open("classes")
        self.users = book.open("users")
        self.unplaced = 0
        self.times: dict[tuple[str, str], int] = {}

    def write(self, records: list[KeptRecord]) -> None:
        """Line items and results of the marks."""
        book = self.book
        book.put("categories", self.category, {"title": self.table["category"]})
        book.open("lineItems")
        book.open("results")
        for record in records:
            if not self._put(record):
                self.unplaced += 1
        if self.unplaced:
            book.warn(
                "export.mark_unplaced",
                f"{self.unplaced:,} marks have no class, session or score to stand under and were left out",
                "nothing to do, unless marks are missed",
                file="results",
            )

    def _put(self, record: KeptRecord) -> bool:
        book, mark = self.book, record.payload
        session = self.sessions.get(str(mark.get("session", "")))
        of_class = str(mark.get("section", ""))
        student = record.student or str(mark.get("student", ""))
        score, letter = str(mark.get("numeric", "") or ""), str(mark.get("letter", "") or "")
        if session is None or session.kind is SessionKind.SCHOOL_YEAR:
            return False
        if of_class not in self.classes or student not in self.users:
            return False
        if not score and (book.version == "1.1" or not letter):
            return False
        kind = str(mark.get("type", "") or "")
        item = derived_id("line item", of_class, session.key, kind)
        self._line_item(item, of_class, session, kind)
        book.put(
            "results",
            self._result_id(item, student),
            {
                "lineItemSourcedId": item,
                "studentSourcedId": student,
                "scoreStatus": "fully graded",
                "score": score,
                "scoreDate": session.end.isoformat(),
                "comment": str(mark.get("comment", "") or ""),
                "textScore": letter,
                "classSourcedId": of_class,
            },
        )
        return True

    def _result_id(self, item: str, student: str) -> str:
        """The id of a mark; one that repeats for the same student is counted."""
        times = self.times[item, student] = self.times.get((item, student), 0) + 1
        return derived_id("result", item, student, *([str(times)] if times > 1 else []))

    def _line_item(self, own: str, of_class: str, session: SessionRecord, kind: str) -> None:
        if own in self.book.open("lineItems"):
            return
        name = _BACK["academicSessionSourcedId"] if self.book.version == "1.1" else "academicSessionSourcedId"
        self.book.put(
            "lineItems",
            own,
            {
                "title": session.name,
                "description": kind,
                "assignDate": session.begin.isoformat(),
                "dueDate": session.end.isoformat(),
                "classSourcedId": of_class,
                "categorySourcedId": self.category,
                name: session.key,
                "resultValueMin": self.table["minimum"],
                "resultValueMax": self.table["maximum"],
                "schoolSourcedId": self.classes[of_class]["schoolSourcedId"],
            },
        )
