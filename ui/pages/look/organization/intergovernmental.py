"""An intergovernmental organization: its rules, its members over time, and which others have members like its own."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from kb.model.shape import OPEN
from ui.answers import panel
from ui.charts import figures, palette, stack, tilegrid
from ui.charts.figures import Chart
from ui.view import words
from ui.view.page import View
from ui.widgets import controls

_FULL, _CARRIED, _SUSPENDED, _ASSOCIATE, _OBSERVER = (
    "full member",
    "carried forward",
    "suspended",
    "associate",
    "observer",
)
_STANDINGS = (
    (_FULL, palette.BLUE),
    (_CARRIED, palette.SKY),
    (_SUSPENDED, palette.VERMILION),
    (_ASSOCIATE, palette.OCHRE),
    (_OBSERVER, palette.PURPLE),
)
#: Up to so many states have their spells drawn one below the other; the table lists them all in any case.
_MOST_BARS = 70


def draw(view: View) -> None:
    """The organization that the URL names, in a year."""
    last = (panel.panel(view).span("igo_count") or (1946, 2025))[1]
    known = view.look_up("organizations", year=last)
    first, second = st.columns([2, 3])
    with first:
        options = {row["code"]: f"{row['code']}: {row['name']}" for row in known.to_dict("records")}
        code = controls.choice(view, "organization", "Organization", options, "COE", label_of="IO")
    history = view.ask("organization-history", io=code)
    # Where there is no suspension, none has an open end.
    history = history.assign(suspended_to=history["suspended_to"].where(history["suspended_from"].notna()))
    began = int(history["from_year"].min()) if len(history) else last - 1
    with second:
        year = controls.year(view, min(began, last - 1), last, last)
    organizations = view.ask("organizations", year=year)
    _who({str(k): v for k, v in organizations[organizations["code"] == code].iloc[0].items()}, year)
    _members(view, code, history, year)
    _growth(view, code, history, last)
    _spells(view, code, history, last)
    _peers(view, code, organizations, year)


def _who(fact: dict[str, Any], year: int) -> None:
    st.subheader(str(fact["name"]))
    life = words.years(fact["founded"], fact["ended"])
    kind = fact["kind"] if pd.notna(fact["kind"]) else "kind not stated"
    rule = fact["accession_rule"]
    suspend = fact["can_suspend"]
    said = (
        "not on record" if pd.isna(suspend) else "its rules allow it" if suspend else "its rules do not provide for it"
    )
    st.markdown(f"{kind.capitalize()} · {life} · {words.count(int(fact['members']), 'full member')} in {year}")
    st.markdown(
        f"**Accession:** {rule if pd.notna(rule) else 'rule not on record'}.  \n**Suspending a member:** {said}."
    )


def _standing(rows: pd.DataFrame, year: int) -> pd.Series:
    """In which standing each spell that covers a year is; an open spell last seen before it is carried forward."""
    standing = rows["status"].map({"full": _FULL, "associate": _ASSOCIATE, "observer": _OBSERVER}).astype("object")
    unseen = rows["last_observed"].isna() | (rows["last_observed"] < year)
    old = ((rows["to_year"] == OPEN) & unseen).astype(bool)
    suspended = ((rows["suspended_from"] <= year) & (rows["suspended_to"] >= year)).fillna(False).astype(bool)
    full = rows["status"] == "full"
    return standing.mask(full & old, _CARRIED).mask(full & suspended, _SUSPENDED)


def _of_year(history: pd.DataFrame, year: int) -> pd.DataFrame:
    rows = history[((history["from_year"] <= year) & (history["to_year"] >= year)).astype(bool)]
    order = {"full": 0, "associate": 1, "observer": 2}
    rows = rows.assign(standing=_standing(rows, year), rank=rows["status"].map(order))
    return rows.sort_values(["iso3", "rank"]).drop_duplicates("iso3").drop(columns="rank")


def _members(view: View, code: str, history: pd.DataFrame, year: int) -> None:
    members = _of_year(history, year)
    view.cite("organization-members", io=code, year=year)
    rows = (
        panel.panel(view)
        .of_year(year)[["iso3", "name", "region"]]
        .merge(members[["iso3", "standing", "from_year", "last_observed", "suspended_from"]], on="iso3", how="left")
    )
    rows = rows.assign(category=rows["standing"].fillna("not a member"))
    counts = members["standing"].value_counts()
    outside = sorted(set(members["iso3"]) - set(rows["iso3"]))
    figures.picture(
        view,
        tilegrid.categories_chart,
        {"tiles": tilegrid.of_categories(rows, dict(_STANDINGS))},
        _STANDINGS,
        (
            "name:state",
            "category:standing",
            "from_year:since",
            "last_observed:last observed",
            "suspended_from:suspended",
        ),
        title=f"{code}: members in {year} (n = {len(members)} states)",
        alternative="; ".join(f"{what}: {words.count(int(n), 'state')}" for what, n in counts.items())
        + ". A dashed outline is a state that is none of these."
        + (f" Not states of the system, and without a tile: {', '.join(outside)}." if outside else ""),
        rows=rows.drop(columns="category").dropna(subset=["standing"]),
    )


def _growth(view: View, code: str, history: pd.DataFrame, last: int) -> None:
    years = range(int(history["from_year"].min()), last + 1) if len(history) else range(0)
    held = pd.concat([_of_year(history, year).assign(year=year) for year in years]) if years else history
    counts = held.groupby(["year", "standing"]).size() if years else pd.Series(dtype="int64")
    drawn = stack.filled(counts, "states")
    total = drawn.groupby("year")["states"].sum()
    carried = held.loc[held["standing"] == _CARRIED, "year"] if years else pd.Series(dtype="int64")
    figures.picture(
        view,
        stack.chart,
        {"counts": drawn},
        "states",
        _STANDINGS,
        title=f"{code}: members over time (states; n = {history['iso3'].nunique()} that ever belonged)",
        alternative=(
            f"From {total.iloc[0]} in {total.index[0]} to {total.iloc[-1]} in {total.index[-1]}." if len(total) else ""
        )
        + (f" From {carried.min()} on some memberships are carried forward." if len(carried) else ""),
    )


def _spells(view: View, code: str, history: pd.DataFrame, last: int) -> None:
    states = history["iso3"].nunique()
    ends = history["to_year"].clip(upper=last)
    # What no source has seen is drawn pale: from the last observation to the end of the spell.
    seen = history["last_observed"].fillna(history["from_year"]).clip(upper=ends)
    suspended = history.dropna(subset=["suspended_from"])
    bars = history.assign(
        to=seen + 1, carried=ends + 1, standing=history["status"].map({"full": _FULL}).fillna(history["status"])
    )
    if states <= _MOST_BARS:
        figures.picture(
            view,
            _spells_chart,
            {
                "spells": bars,
                "suspensions": suspended.assign(until=suspended["suspended_to"].clip(upper=last) + 1),
            },
            title=f"{code}: spells of membership (n = {len(history)} spells of {states} states)",
            alternative="A bar runs over the years in which a source saw the membership, pale where it is carried "
            f"forward; {words.count(len(suspended), 'suspension')} marked.",
            rows=history,
        )
    else:
        st.caption(f"Spells are drawn for organizations of up to {_MOST_BARS} states; this one has had {states}.")
    figures.table(
        view,
        history,
        title=f"{code}: all {words.count(len(history), 'spell')}",
        query="organization-history",
        height=360,
    )


def _spells_chart() -> Chart:
    names = [_FULL, _ASSOCIATE, _OBSERVER]
    colour = alt.Color(
        "standing:N",
        title=None,
        scale=alt.Scale(domain=names, range=[dict(_STANDINGS)[name] for name in names]),
        legend=palette.legend(names),
    )
    y = alt.Y(
        "name:N", title=None, sort=alt.EncodingSortField("from_year", op="min"), axis=alt.Axis(labelOverlap=False)
    )
    base = alt.Chart(alt.NamedData("spells")).encode(
        y=y,
        color=colour,
        tooltip=["name:N", "standing:N", "from_year:Q", "last_observed:Q", "suspended_from:Q", "source:N"],
    )
    years = alt.X("from_year:Q", title=None, axis=alt.Axis(format="d"), scale=alt.Scale(zero=False))
    pale = base.mark_bar(height=8, opacity=0.3).encode(x=years, x2="carried:Q")
    solid = base.mark_bar(height=8).encode(x=years, x2="to:Q")
    marks = (
        alt.Chart(alt.NamedData("suspensions"))
        .mark_bar(height=8, color=palette.VERMILION)
        .encode(y=y, x="suspended_from:Q", x2="until:Q", tooltip=["name:N", "suspended_from:Q", "suspended_to:Q"])
    )
    return alt.layer(pale, solid, marks).properties(width="container", height=alt.Step(13))


def _peers(view: View, code: str, organizations: pd.DataFrame, year: int) -> None:
    peers = view.ask("organization-peers", io=code, year=year)
    own = int(organizations.loc[organizations["code"] == code, "members"].iloc[0])
    rows = peers.assign(overlap=(peers["shared"] / (peers["members"] + own - peers["shared"])).astype("float64"))
    rows = rows.sort_values(["overlap", "code"], ascending=[False, True]).reset_index(drop=True)
    figures.picture(
        view,
        _peers_chart,
        {"peers": rows.head(15).round({"overlap": 3})},
        title=f"{code}: organizations with the most similar membership, {year} (overlap 0 to 1; 15 of {len(rows)})",
        alternative="; ".join(
            f"{r['name']}: {r['shared']} shared of {r['members']}" for r in rows.head(4).to_dict("records")
        )
        + f". {code} has {words.count(own, 'full member')}.",
        rows=rows,
    )


def _peers_chart() -> Chart:
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("peers"))
        .mark_bar(color=palette.BLUE)
        .encode(
            x=alt.X(
                "overlap:Q",
                title="overlap",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format=".2f"),
            ),
            y=alt.Y("code:N", title=None, sort="-x", axis=alt.Axis(labelOverlap=False, labelLimit=90)),
            tooltip=["name:N", "shared:Q", "members:Q", alt.Tooltip("overlap:Q", format=".2f")],
        )
        .properties(width="container", height=alt.Step(18))
    )
    return chart
