"""OneRoster 1.1 and 1.2 CSV packages, read and written by one engine over tables.

A package is a zip with a manifest that says for each file of the version whether it is a snapshot
(bulk), a list of changes (delta) or absent. Files, columns, vocabularies and rules stand in
``tables/``; the engine knows none of them by name. Reading lists every fault it finds, stage by
stage, and drops passwords; writing gives the same bytes for the same rows.
"""

from firstbell.formats.oneroster.delta import changes
from firstbell.formats.oneroster.layout import VERSIONS, Layout, layout
from firstbell.formats.oneroster.package import Mode, Package, Sheet
from firstbell.formats.oneroster.reader import read_package
from firstbell.formats.oneroster.writer import Tables, write_package

__all__ = [
    "VERSIONS",
    "Layout",
    "Mode",
    "Package",
    "Sheet",
    "Tables",
    "changes",
    "layout",
    "read_package",
    "write_package",
]
