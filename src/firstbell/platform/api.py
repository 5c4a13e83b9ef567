"""The doors of the ground floor.

Other rooms stand on one door behind one handle; the ground floor is plumbing and has a door for
each pipe, entered directly: ``platform.access`` (policy, viewer), ``platform.writing`` and
``platform.reading`` (transactions, who waits for whom), ``platform.audit`` (record, verify),
``platform.disclosure``, ``platform.events``, ``platform.jobs``, ``platform.accounts``,
``platform.rows`` (many rows at once), ``platform.files`` (kept evidence), ``platform.printing`` (PDF),
``platform.mail``, ``platform.ui`` and ``platform.web.pages`` (what makes a view a page). Everything else
in here is private.
"""
