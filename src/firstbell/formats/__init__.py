"""Pure codecs: bytes to plain rows and back, for each published format, without database or Django.

A reader lists findings with file, row and column; it never guesses and never half-reads.
"""
