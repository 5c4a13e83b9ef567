"""The rules of attendance as pure functions: what a code says, whose word counts, what a day is worth.

Nothing here knows a database, a clock or a request. A figure that the law sets comes from a dated
table through a ``RuleSet``; what a table does not say is refused, never guessed.
"""
