"""The door of the exchange room."""

from firstbell.exchange.selectors.counts import kept_counts
from firstbell.exchange.services.bring_in import ImportResult, bring_in, import_file
from firstbell.exchange.services.export_oneroster import (
    PARTS,
    ExportResult,
    Recipient,
    export_oneroster,
)
from firstbell.exchange.services.read_edfi import read_edfi
from firstbell.exchange.services.read_oneroster import read_oneroster

__all__ = [
    "PARTS",
    "ExportResult",
    "ImportResult",
    "Recipient",
    "bring_in",
    "export_oneroster",
    "import_file",
    "kept_counts",
    "read_edfi",
    "read_oneroster",
]
