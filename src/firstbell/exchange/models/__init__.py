"""Tables of the exchange room."""

from firstbell.exchange.models.delivery import ImportRun, KeptRecordRow

__all__ = ["ImportRun", "KeptRecordRow"]
