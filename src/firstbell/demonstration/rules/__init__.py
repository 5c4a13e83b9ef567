"""How an invented district comes about: pure functions of a size, a seed and a day.

Every subject (a family, a student's absences, a section's rolls) draws from a stream of chance of
its own, so that what happened before a day is the same whichever later day the district is asked for.
"""
