"""The door of the exchange room."""

from firstbell.exchange.selectors.counts import kept_counts
from firstbell.exchange.services.bring_in import ImportResult, bring_in

__all__ = ["ImportResult", "bring_in", "kept_counts"]
