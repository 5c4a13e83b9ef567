"""Writes of the people room, one verb a file: one transaction, rules asked, audit and event written."""
