"""The last good facts of this installation."""

from __future__ import annotations

from kb.facts import snapshot
from kb.refresh.places import Places
from kb.refresh.publish.generation import Good
from kb.refresh.record import history
from kb.versions import home


def last_good() -> Good:
    """What the shipped snapshot and the refreshes since have left."""
    places = Places(home.home())
    return Good(places, history.state(places), snapshot.SNAPSHOT)
