"""The bridge: the whole district on one page, each figure with a way to who can act on it.

Every room adds its panel here through its ``api``; a panel says what is, what is usual and what
waits for whom.
"""
