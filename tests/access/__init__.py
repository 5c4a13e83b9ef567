"""The access walk: every operation of the house, as everybody, at everybody's rows.

What should happen stands in ``expected.yaml`` and in the access matrix; ``world`` is a district in which
every role has a row it reaches, one it reached yesterday, one it is barred from and one of another
building; ``sentinels`` are values planted in those rows, so that a page that shows too much is caught
without anybody having thought of that page. How to add a page: docs/how-to/add-a-page.md.
"""
