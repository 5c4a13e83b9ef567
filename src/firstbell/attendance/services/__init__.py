"""Writes of the attendance room, one verb a file: one transaction, rules asked, audit written."""
