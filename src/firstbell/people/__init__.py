"""People: who is in the district, where they belong, and from when to when.

Agencies and schools keep calendars and bell schedules; students, contacts and staff are held
with what identifies them, what describes them and how to reach them kept apart (as Ed-Fi 6
does), because each is seen by different eyes. Belonging is always dated: an enrolment is never
overwritten, a correction closes the old version and adds a new one, so that any roster can be
asked "as of that day" and "as known on that day". Everything other rooms decide (attendance,
marks, access, money) hangs on these dates.
"""
