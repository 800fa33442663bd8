"""Organization: an intergovernmental or non-governmental organization, and what ties two states."""

from __future__ import annotations

from ui.pages.look.organization import between, intergovernmental, nongovernmental
from ui.view.page import Page, View
from ui.widgets import controls

READING = """
- **Member**: full members count; associates and observers are shown apart. A spell is a run of years; most sources know
  years only, and before 1965 some looked every five years.
- **Carried forward**: no source has seen the membership as late as the year shown, and none has seen it end. The year in
  which it was last observed stands beside it. The widest source ends in 2014.
- **Suspended**: the state stays a member. Suspensions are on record for few organizations; none shown is not none.
- **Rules** on accession and suspension come from one study of 75 organizations; for all others they are not on record.
- **Overlap**: members that both organizations have, as a part of all that either has (0 to 1).
- **Non-governmental organizations** are known by the seat of their headquarters, and few by their members: what is listed
  is not all there is.
- That two states share organizations says that they meet there, not that one influences the other.
"""
_SHOW = {"igo": "An IGO", "ingo": "An INGO", "tie": "What ties two states"}


def draw(view: View) -> None:
    show = controls.choice(view, "show", "Show", _SHOW, horizontal=True)
    {"igo": intergovernmental.draw, "ingo": nongovernmental.draw, "tie": between.draw}[show](view)


PAGE = Page(
    path="organization",
    title="Organization",
    icon=":material/groups:",
    section="Look",
    order=50,
    answers="Who belongs to an organization, since when, under which rules, and which organizations tie two states?",
    reading=READING,
    draw=draw,
)
