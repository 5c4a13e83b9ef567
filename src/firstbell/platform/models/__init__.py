"""The tables of the ground floor: accounts, the audit chain, disclosures, jobs."""

from firstbell.platform.models.account import Account

__all__ = ["Account"]
