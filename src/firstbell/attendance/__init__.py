"""Attendance: from a teacher's roll call to the figure the state pays for.

The submission is the record that attendance was taken; no submission means "not taken", never
"all present". What the office knows outranks what the teacher saw, and both are kept. From the
period rows comes the pupil-day, and from pupil-days come average daily attendance, chronic absence
and the truancy sequence, each by its own dated rule, none derived from another.
"""
