"""The viewer of these tests: whoever is signed in, on the small district's day."""

from firstbell.people.api import viewer_for
from firstbell.people.testing import TODAY


def on_the_day(account, today):
    return viewer_for(account, TODAY)
