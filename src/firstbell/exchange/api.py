"""The door of the exchange room."""

from firstbell.exchange.selectors.counts import kept_counts
from firstbell.exchange.selectors.import_runs import (
    IMPORTERS,
    import_run,
    import_runs,
    import_sources,
    last_applied,
    last_import_at,
    runs_waiting,
)
from firstbell.exchange.services.bring_in import ImportResult, bring_in, import_file
from firstbell.exchange.services.decide import (
    carry_out,
    confirm_run,
    dismiss_run,
    receive_import,
)
from firstbell.exchange.services.export_oneroster import (
    PARTS,
    ExportResult,
    Recipient,
    export_oneroster,
)
from firstbell.exchange.services.read_edfi import read_edfi
from firstbell.exchange.services.read_oneroster import read_oneroster
from firstbell.exchange.services.waiting_files import clear_waiting, too_large

__all__ = [
    "IMPORTERS",
    "PARTS",
    "ExportResult",
    "ImportResult",
    "Recipient",
    "bring_in",
    "carry_out",
    "clear_waiting",
    "confirm_run",
    "dismiss_run",
    "export_oneroster",
    "import_file",
    "import_run",
    "import_runs",
    "import_sources",
    "kept_counts",
    "last_applied",
    "last_import_at",
    "read_edfi",
    "read_oneroster",
    "receive_import",
    "runs_waiting",
    "too_large",
]
