"""A record of what was done that cannot be mended in secret.

Every write, sensitive read, export and refused attempt adds a row. Each row carries a code made
with a key that is not in the database, over the row and the code before it; so a changed, removed,
inserted or reordered row breaks the chain at that place, and ``verify`` says where. The last row
is sealed in the head. What the database alone cannot show (the whole chain replaced, or rewritten
by somebody who holds the key) shows against *signed heads* kept elsewhere.

``record`` in the transaction of the act itself: on PostgreSQL the chain is held from there to the
commit, so ``platform.writing`` writes the rows of an act last. If the row cannot be written, the act
does not happen. Fields are named, their values never.
"""

from firstbell.platform.audit.data import Act, AuditLine, LogFilter, SignedHead
from firstbell.platform.audit.heads import read_heads, signed_head, write_head
from firstbell.platform.audit.read import LOG_READERS, audit_lines
from firstbell.platform.audit.record import record, record_many
from firstbell.platform.audit.verify import verify
from firstbell.platform.audit.words import act_kinds, act_words

__all__ = [
    "LOG_READERS",
    "Act",
    "AuditLine",
    "LogFilter",
    "SignedHead",
    "act_kinds",
    "act_words",
    "audit_lines",
    "read_heads",
    "record",
    "record_many",
    "signed_head",
    "verify",
    "write_head",
]
