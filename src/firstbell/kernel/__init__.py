"""The words every room speaks: school years, spans of dates, grade levels, findings, exact numbers.

Plain values without a database, a clock or a framework. Whatever two rooms must mean
in the same way has its one definition here.
"""
