"""The door of the exchange room."""

from firstbell.exchange.selectors.counts import kept_counts
from firstbell.exchange.services.bring_in import ImportResult, bring_in
from firstbell.exchange.services.read_edfi import read_edfi

__all__ = ["ImportResult", "bring_in", "kept_counts", "read_edfi"]
