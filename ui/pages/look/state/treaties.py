"""What a state has signed, joined and left, and what it has not joined."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ui.charts import figures, palette
from ui.charts.figures import Chart
from ui.view import words
from ui.view.page import View

_MARKS = ("signed", "joined", "left", "procedure accepted", "derogation")
_EVENTS = {
    "SIGNED": "signed",
    "RATIFIED": "joined",
    "WITHDREW_FROM": "left",
    "ACCEPTED": "procedure accepted",
    "DEROGATED_FROM": "derogation",
}


def draw(view: View, iso3: str, name: str, year: int) -> None:
    """The timeline of acts, the list of treaties, what is not joined, and procedures."""
    treaties = view.ask("state-commitments", iso3=iso3)
    events = view.ask("state-timeline", iso3=iso3)
    acts = events.assign(act=events["event"].map(_EVENTS))
    figures.picture(
        view,
        _chart,
        {"acts": acts[["treaty", "year", "act"]], "spells": _spells(treaties)},
        title=f"{name}: acts under treaties (n = {words.count(len(acts), 'act')})",
        alternative=_words(name, treaties, acts),
        rows=acts,
    )
    figures.table(
        view,
        treaties,
        title=f"{name}: all {words.count(len(treaties), 'treaty', 'treaties')}",
        query="state-commitments",
    )
    missing = view.ask("what-is-not-joined", iso3=iso3)
    figures.table(
        view,
        missing,
        title=f"{name} is not party to {words.count(len(missing), 'treaty', 'treaties')}",
        query="what-is-not-joined",
    )
    accepted = view.ask("procedures-accepted", iso3=iso3)
    figures.table(
        view,
        accepted.drop(columns=["iso3", "name", "fact"]),
        title=f"{name}: optional procedures accepted or excluded (n = {len(accepted)})",
        query="procedures-accepted",
    )


def _spells(treaties: pd.DataFrame) -> pd.DataFrame:
    """The years in which the state is bound, as bars to the year in which the treaty was last read where open.

    A treaty never joined keeps an empty row.
    """
    ends = treaties["left"].fillna(treaties["as_of"].dt.year.astype("Int64")).where(treaties["joined"].notna())
    return pd.DataFrame({"treaty": treaties["treaty"], "from": treaties["joined"], "to": ends})


def _chart() -> Chart:
    colours = alt.Scale(
        domain=list(_MARKS), range=[palette.OCHRE, palette.BLUE, palette.VERMILION, palette.GREEN, palette.PURPLE]
    )
    by_treaty = alt.Y(
        "treaty:N", title=None, sort="ascending", axis=alt.Axis(labelLimit=110, grid=True, labelOverlap=False)
    )
    bars = (
        alt.Chart(alt.NamedData("spells"))
        .mark_bar(height=6, opacity=0.35, color=palette.BLUE)
        .encode(x=alt.X("from:Q", title=None), x2="to:Q", y=by_treaty)
    )
    marks = (
        alt.Chart(alt.NamedData("acts"))
        .mark_point(size=70, filled=True, opacity=1)
        .encode(
            x=alt.X("year:Q", title=None, scale=alt.Scale(zero=False), axis=alt.Axis(format="d")),
            y=by_treaty,
            color=alt.Color("act:N", scale=colours, title=None, legend=palette.legend(_MARKS)),
            shape=alt.Shape("act:N", scale=palette.shapes(_MARKS), title=None),
            tooltip=["treaty:N", alt.Tooltip("year:Q", format="d"), "act:N"],
        )
    )
    return alt.layer(bars, marks).properties(width="container", height=alt.Step(20))


def _words(name: str, treaties: pd.DataFrame, acts: pd.DataFrame) -> str:
    party = treaties[treaties["status"] == "party"]
    signed = treaties.loc[treaties["status"] == "signed", "treaty"]
    joined = party.dropna(subset=["joined"]).sort_values("joined")
    text = f"{name} is party to {len(party)} of the {len(treaties)} treaties in the data"
    if len(joined):
        text += f", from {joined['treaty'].iloc[0]} in {joined['joined'].iloc[0]} to {joined['treaty'].iloc[-1]} in {joined['joined'].iloc[-1]}"
    if len(signed):
        text += f"; signed and not joined: {', '.join(signed)}"
    return text + f". A bar runs while it is bound; marks are its {len(acts)} acts."
