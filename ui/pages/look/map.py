"""Map: a score, the status of a treaty or the accreditation of institutions, for every state in a year, on equal tiles."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from kb.model import scores
from kb.model.scores.entry import Score
from ui.answers import panel
from ui.charts import figures, palette, tilegrid
from ui.charts.figures import Chart
from ui.frame import words
from ui.frame.page import Page, View
from ui.widgets import controls

READING = """
- **Tiles**: every state has one tile of the same size, placed by geography as far as a grid allows. The grid was drawn for
  this project and is under its MIT licence. A former state stands where its continuator does, or next to it.
- **Dashed outline**: the state was in the system in that year and there is no value for it. No tile: it was not in the
  system. The European Union, the Cook Islands and Niue join treaties but are not states of the system, and have no tile.
- **Party with reservations**: at least one statement that is a reservation, in whole or part, made by the end of the year
  and not withdrawn as a whole by then. A reservation without a known year counts from the start.
- The years of a treaty end with the year in which its status page was read; some pages are older than others.
- **Scores** are explained on the page Methods; intervals show when a tile is pointed at.
- **Accreditation** was recorded in some years only (2000, 2005, 2010, yearly from 2015); nothing is filled in between.
"""
_SHOW = {"treaty": "Treaty status", "score": "Score", "institutions": "National institutions"}
_SCORES = {score.name: score for score in scores.shown("map")}
_PARTY, _RESERVED, _SIGNED, _LEFT, _NONE = "party", "party with reservations", "signed only", "left", "not joined"
_STATUS = (
    (_PARTY, palette.BLUE),
    (_RESERVED, palette.OCHRE),
    (_SIGNED, "#9fd0ea"),
    (_LEFT, palette.VERMILION),
)
_ACCREDITED = (
    ("A: full compliance", palette.BLUE),
    ("B: partial compliance", palette.SKY),
    ("C: no compliance", palette.OCHRE),
    ("none or C", palette.PURPLE),
    ("none", palette.MISSING),
)
_LETTERS = {status.partition(":")[0].replace(" ", "_"): status for status, _ in _ACCREDITED}


def draw(view: View) -> None:
    show = controls.choice(view, "show", "Show", _SHOW, horizontal=True)
    {"treaty": _treaty, "score": _score, "institutions": _institutions}[show](view)


def _treaty(view: View) -> None:
    first, second = st.columns([2, 3])
    with first:
        code = controls.treaty(view, "CAT")
    treaties = view.look_up("treaties")
    fact = treaties[treaties["code"] == code].iloc[0]
    newest = (panel.panel(view).span("breadth") or (1946, 2025))[1]
    if pd.notna(fact["as_of"]):
        newest = min(newest, fact["as_of"].year)  # what happened after the status page was read is not known
    opened = int(fact["opened"])
    with second:
        year = controls.year(view, min(opened, newest - 1), newest, newest)
    status = view.ask("adoption-map", treaty=code, year=year)
    statements = view.ask("ruds", treaty=code)
    rows = status.assign(category=_categories(status, _reserving(statements, year)))
    counts = rows["category"].value_counts()
    figures.picture(
        view,
        tilegrid.categories_chart,
        {"tiles": tilegrid.of_categories(rows, dict(_STATUS))},
        _STATUS,
        ("name:state", "category:status", "signed", "joined"),
        title=f"{code}: status at the end of {year} (n = {len(rows)} states of the system)",
        alternative="; ".join(
            f"{what}: {words.count(int(counts.get(what, 0)), 'state')}" for what in (*dict(_STATUS), _NONE)
        )
        + ". A dashed outline is a state that has neither signed nor joined."
        + (
            " No statements to this treaty were read: its reservations are not known."
            if pd.isna(fact["statements"])
            else ""
        ),
        rows=rows.drop(columns="status").rename(columns={"category": "status"}),
    )
    _first(view, code, year)


def _reserving(statements: pd.DataFrame, year: int) -> set[str]:
    """The states with a reservation that stands at the end of a year."""
    made = statements["year"].isna() | (statements["year"] <= year)
    stands = statements["withdrawn"].isna() | (statements["withdrawn"] > year)
    reserves = statements["kind"].str.contains("reservation", na=False)
    return set(statements.loc[(made & stands).astype(bool) & reserves, "iso3"])


def _categories(status: pd.DataFrame, reserving: set[str]) -> pd.Series:
    said = status["status"].map({"party": _PARTY, "left": _LEFT, "signed": _SIGNED, "none": _NONE})
    return said.mask((said == _PARTY) & status["iso3"].isin(reserving), _RESERVED)


def _first(view: View, code: str, year: int) -> None:
    """When the states of each region first became bound: who came first."""
    acts = view.ask("treaty-timeline", treaty=code)
    region = view.look_up("states").set_index("iso3")["region"]
    joined = acts[(acts["event"] == "RATIFIED") & (acts["year"] <= year)].sort_values(["year", "date", "iso3"])
    joined = joined.drop_duplicates("iso3")[["iso3", "name", "year", "date"]].reset_index(drop=True)
    joined = joined.assign(region=joined["iso3"].map(region).fillna("no region"), order=joined.index + 1)
    counted = joined.groupby(["region", "year"]).cumcount()
    figures.picture(
        view,
        _first_chart,
        {"joined": joined.assign(place=counted)},
        title=f"{code}: the year in which each state first became bound, by region (n = {len(joined)} states, to {year})",
        alternative=_first_words(joined),
        rows=joined,
    )


def _first_chart() -> Chart:
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("joined"))
        .mark_square(size=24, opacity=1)
        .encode(
            x=alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1), scale=alt.Scale(zero=False)),
            y=alt.Y(
                "region:N",
                title=None,
                sort=list(palette.REGIONS),
                scale=alt.Scale(padding=0.12),
                axis=alt.Axis(ticks=False, domain=False),
            ),
            yOffset="place:Q",
            color=alt.Color("region:N", scale=palette.colours(palette.REGIONS), legend=None),
            tooltip=[
                alt.Tooltip("name:N", title="state"),
                alt.Tooltip("year:Q", format="d"),
                alt.Tooltip("order:Q", title="place among all"),
            ],
        )
        .properties(width="container", height=420)
    )
    return chart


def _first_words(joined: pd.DataFrame) -> str:
    if joined.empty:
        return "No state had joined by then."
    first = joined.drop_duplicates("region").sort_values("order")
    among = joined.head(20)["region"].value_counts()
    return (
        "One square is one state. First of each region: "
        + ", ".join(f"{r['region']} {r['name']} in {r['year']}" for r in first.to_dict("records"))
        + f". Among the first {min(20, len(joined))}: "
        + ", ".join(f"{region} {n}" for region, n in among.items())
        + "."
    )


def _score(view: View) -> None:
    left, right = st.columns([2, 3])
    with left:
        measure = controls.choice(view, "score", "Score", {name: one.title for name, one in _SCORES.items()})
    score = _SCORES[measure]
    title = score.title
    found = panel.panel(view)
    first, last = found.span(measure) or (1946, 2025)
    with right:
        year = controls.year(view, first, last, last)
    low, high = score.interval or (None, None)
    rows = found.of_year(year)
    view.cite("scores-and-components", from_year=year, to_year=year)
    rows = pd.DataFrame(
        {
            "iso3": rows["iso3"],
            "name": rows["name"],
            "region": rows["region"],
            "value": rows[measure].astype("Float64"),
            "interval": [
                words.interval(v, a, b)
                for v, a, b in zip(
                    rows[measure],
                    rows[low] if low else [None] * len(rows),
                    rows[high] if high else [None] * len(rows),
                    strict=True,
                )
            ],
        }
    )
    domain, diverging = _colours(score, found.rows[measure])
    valued = rows.dropna(subset=["value"])
    figures.picture(
        view,
        tilegrid.values_chart,
        {"tiles": tilegrid.of_values(rows, domain, diverging)},
        title,
        domain,
        diverging,
        ("name:state", "region", f"interval:{title}"),
        title=f"{title}, {year} (n = {len(valued)} of {len(rows)} states)",
        alternative=_extremes(valued, len(rows)),
        rows=rows,
    )
    view.go("", "Which states promise more than they do: the scatter and the ranking", year=str(year))


def _colours(score: Score, values: pd.Series) -> tuple[tuple[float, float], bool]:
    """The ends of the scale of colours, those of the values where the score has none, and whether 0 lies in its middle."""
    lowest, highest = score.scale
    if lowest is None or highest is None:
        return (float(values.min()), float(values.max())), False
    return (float(lowest), float(highest)), lowest == -highest


def _extremes(valued: pd.DataFrame, states: int) -> str:
    ordered = valued.sort_values("value")
    low, high = ordered.head(3), ordered.tail(3).iloc[::-1]
    said = [
        ", ".join(f"{r['name']} {words.number(float(r['value']))}" for r in part.to_dict("records"))
        for part in (high, low)
    ]
    return (
        f"Highest: {said[0]}. Lowest: {said[1]}. Without a value, dashed: {words.count(states - len(valued), 'state')}."
    )


def _institutions(view: View) -> None:
    every = view.ask("accreditation-history")
    years = sorted(int(y) for y in every["year"].dropna().unique())
    year = controls.year(view, years[0], years[-1], years[-1])
    held = every[(every["year"] == year) & every["site"].str.endswith("-nhri")]
    # Where two sources speak of one year, the better status is the one that some source vouches for.
    held = held.sort_values(["iso3", "status"]).drop_duplicates("iso3").set_index("iso3")
    in_system = panel.panel(view).of_year(year)[["iso3", "name", "region"]]
    if in_system.empty:
        in_system = view.look_up("states").query("system_to == 9999")[["iso3", "name", "region"]]
    rows = in_system.assign(
        category=in_system["iso3"].map(held["status"]).map(_LETTERS).fillna(tilegrid.NO_VALUE),
        source=in_system["iso3"].map(held["source"]),
    )
    counts = rows["category"].value_counts()
    nearest = "" if year in years else f" Years on record: {', '.join(map(str, years))}."
    figures.picture(
        view,
        tilegrid.categories_chart,
        {"tiles": tilegrid.of_categories(rows, dict(_ACCREDITED))},
        _ACCREDITED,
        ("name:state", "category:status", "source"),
        title=f"Accreditation of national human rights institutions, {year} (n = {int(len(rows) - counts.get(tilegrid.NO_VALUE, 0))} states with a status)",
        alternative="; ".join(f"{what}: {words.count(int(n), 'state')}" for what, n in counts.items()) + "." + nearest,
        rows=rows,
    )
    sites = view.ask("receptor-sites")
    figures.table(
        view,
        sites.drop(columns=["site"]),
        title=f"Receptor sites: {len(sites)} in {sites['iso3'].nunique()} states",
        query="receptor-sites",
        height=420,
    )


PAGE = Page(
    path="map",
    title="Map",
    icon=":material/grid_view:",
    section="Look",
    order=25,
    answers="Who is party, who scores how, and where do institutions exist, in any year?",
    reading=READING,
    draw=draw,
)
