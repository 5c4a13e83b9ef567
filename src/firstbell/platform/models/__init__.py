"""The tables of the ground floor: accounts, the audit chain, disclosures, jobs."""

from firstbell.platform.models.account import Account
from firstbell.platform.models.audit import AuditEntry, AuditHead
from firstbell.platform.models.disclosure import DisclosedStudent, Disclosure
from firstbell.platform.models.job import Job, ScheduledRun, Worker
from firstbell.platform.models.second_factor import SecondFactorReset

__all__ = [
    "Account",
    "AuditEntry",
    "AuditHead",
    "DisclosedStudent",
    "Disclosure",
    "Job",
    "ScheduledRun",
    "SecondFactorReset",
    "Worker",
]
