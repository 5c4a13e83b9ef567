"""What imports are called on pages."""

from __future__ import annotations

FORMATS = {
    "oneroster": "OneRoster CSV, 1.1 or 1.2",
    "sds": "Microsoft School Data Sync CSV",
    "edfi": "Ed-Fi bulk XML",
}
WEIGHTS = {"error": ("must be mended", "bad"), "warning": ("worth a look", "warn")}
#: state -> (word, tone)
STATES = {
    "held": ("held", "bad"),
    "dry_run": ("shown, not applied", "info"),
    "applied": ("applied", "good"),
    "unchanged": ("nothing new", "good"),
    "refused": ("refused", "warn"),
    "failed": ("failed", "bad"),
    "dismissed": ("dismissed", "neutral"),
    "waiting": ("waiting", "info"),
    "running": ("under way", "info"),
}
#: what a state means for who reads it: (sentence, tone)
SAID = {
    "held": (
        "Nothing was changed. This file would end so many that somebody must look and decide first.",
        "bad",
    ),
    "dry_run": ("Nothing was changed: this is what the file would do.", "info"),
    "applied": ("The file was applied, all of it.", "good"),
    "unchanged": ("Everything was as the file says already; nothing was changed.", "good"),
    "refused": ("Nothing was changed. Mend what the findings say and bring the file in again.", "warn"),
    "failed": (
        "The program failed and nothing half-done was kept. Bring the file in again; if it fails again, "
        "the log on the server says why.",
        "bad",
    ),
    "dismissed": ("Somebody decided against this file; nothing was changed.", "info"),
}
DECIDED = {"confirmed": "Confirmed", "applied": "Applied", "dismissed": "Dismissed"}


def kind_of_file(format_name: str) -> str:
    """``OneRoster``."""
    return FORMATS.get(format_name, format_name).split(" CSV")[0].split(" bulk")[0]


def by_words(name: str) -> str:
    """Who brought a file in: a person by name, or the command."""
    return "the command" if name.startswith("job import:") else name


def kind_words(kind: str) -> str:
    """``section_enrollments`` -> ``Section enrollments``."""
    return kind.replace("_", " ").capitalize()
