"""What a OneRoster package has no word for, so that what the district has there stays."""

from __future__ import annotations

from firstbell.exchange.rules.oneroster_words import METADATA
from firstbell.formats.oneroster import Package

_ADDRESS = ("address", "city", "state", "postal_code", "confidential")
#: table -> columns for which neither version has a word
_ALWAYS: dict[str, tuple[str, ...]] = {
    "agencies": ("short_name", "address", "phone", "website"),
    "schools": ("short_name", "level", "grades", "address", "phone", "website"),
    "periods": ("order",),
    "rooms": ("seats",),
    "student_directories": _ADDRESS,
    "student_demographics": ("home_language",),
    "contacts": ("language", *_ADDRESS),
    "staff": ("sex", "birth_date", "hire_date", "end_date", *_ADDRESS),
    # rights and custody are decided here; a file sets them once, when a relation is new
    "student_contacts": (
        "has_rights",
        "primary",
        "lives_with",
        "emergency",
        "may_pick_up",
        "portal_access",
    ),
    "school_enrollments": (
        "entry_code",
        "exit_code",
        "program",
        "track",
        "ada_eligible",
        "residence_district",
    ),
}
#: columns of a person -> the word of users.csv that would say it
_NAMES = {
    "suffix": "suffix",
    "preferred_first_name": "preferredGivenName",
    "preferred_middle_name": "preferredMiddleName",
    "preferred_last_name": "preferredFamilyName",
}


def silent(package: Package) -> dict[str, frozenset[str]]:
    """By table, the columns of which the package says nothing."""
    found = {table: set(columns) for table, columns in _ALWAYS.items()}
    for table in ("students", "contacts", "staff"):
        unsaid = {column for column, word in _NAMES.items() if not _says(package, "users", word)}
        found[table] = found.get(table, set()) | unsaid
    if not _says(package, "courses", "description"):
        found["courses"] = {"description"}
    return {table: frozenset(columns) for table, columns in found.items()}


def _says(package: Package, file: str, word: str) -> bool:
    sheet = package.sheets.get(file)
    return sheet is not None and bool({word, METADATA + word} & set(sheet.columns))
