"""Organization: an intergovernmental or non-governmental organization, and what ties two states."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from ui import controls, figures, palette, panel, tilegrid, words
from ui.figures import Chart
from ui.page import Page, View

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
_TIES = (
    ("headquarters", palette.BLUE),
    ("member", palette.SKY),
    ("national committee", palette.OCHRE),
    ("participant", palette.PURPLE),
    ("section", palette.GREEN),
)
_KINDS = ("universal", "regional", "other", "kind not stated")
#: Up to so many states have their spells drawn one below the other; the table lists them all in any case.
_MOST_BARS = 70


def draw(view: View) -> None:
    show = controls.choice(view, "show", "Show", _SHOW, horizontal=True)
    {"igo": _igo, "ingo": _ingo, "tie": _tie}[show](view)


def _igo(view: View) -> None:
    last = (panel.panel(view).span("igo_count") or (1946, 2025))[1]
    known = view.look_up("organizations", year=last)
    first, second = st.columns([2, 3])
    with first:
        options = {row["code"]: f"{row['code']}: {row['name']}" for row in known.to_dict("records")}
        code = controls.choice(view, "organization", "Organization", options, "COE")
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
    old = (rows["last_observed"].isna() | (rows["last_observed"] < year)).astype(bool)
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
    counts = pd.DataFrame(
        [
            {"year": year, "until": year + 1, "standing": standing, "states": int(n)}
            for year in years
            for standing, n in _of_year(history, year)["standing"].value_counts().items()
        ],
        columns=["year", "until", "standing", "states"],
    )
    total = counts.groupby("year")["states"].sum()
    carried = counts.loc[counts["standing"] == _CARRIED, "year"]
    figures.picture(
        view,
        _growth_chart,
        {"counts": counts},
        title=f"{code}: members over time (states; n = {history['iso3'].nunique()} that ever belonged)",
        alternative=(
            f"From {total.iloc[0]} in {total.index[0]} to {total.iloc[-1]} in {total.index[-1]}." if len(total) else ""
        )
        + (f" From {carried.min()} on some memberships are carried forward." if len(carried) else ""),
    )


def _growth_chart() -> Chart:
    names = [name for name, _ in _STANDINGS]
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("counts"))
        .mark_bar()
        .encode(
            x=alt.X(
                "year:Q", title=None, axis=alt.Axis(format="d", grid=False), scale=alt.Scale(nice=False, zero=False)
            ),
            x2="until:Q",
            y=alt.Y("states:Q", title="states"),
            color=alt.Color(
                "standing:N",
                title=None,
                scale=alt.Scale(domain=names, range=[hue for _, hue in _STANDINGS]),
                legend=alt.Legend(orient="top", columns=3),
            ),
            tooltip=[alt.Tooltip("year:Q", format="d"), "standing:N", "states:Q"],
        )
        .properties(width="container", height=240)
    )
    return chart


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
        legend=alt.Legend(orient="top", symbolOpacity=1),
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
            x=alt.X("overlap:Q", title="overlap", scale=alt.Scale(domain=[0, 1])),
            y=alt.Y("code:N", title=None, sort="-x", axis=alt.Axis(labelOverlap=False, labelLimit=90)),
            tooltip=["name:N", "shared:Q", "members:Q", alt.Tooltip("overlap:Q", format=".2f")],
        )
        .properties(width="container", height=alt.Step(18))
    )
    return chart


def _ingo(view: View) -> None:
    only = controls.flag(view, "rights", "Only human-rights organizations", True)
    known = view.ask("ingos", human_rights=only)
    known = known[known["ties"] > 0].sort_values("name")
    code = controls.choice(view, "ingo", "Organization", dict(zip(known["code"], known["name"], strict=True)))
    fact: dict[str, Any] = {str(k): v for k, v in known[known["code"] == code].iloc[0].items()}
    st.subheader(str(fact["name"]))
    countries = fact["member_countries"]
    parts = (
        f"founded {fact['founded']}" if pd.notna(fact["founded"]) else "year of foundation not on record",
        f"dissolved {fact['dissolved']}" if pd.notna(fact["dissolved"]) else None,
        f"field: {fact['field']}" if pd.notna(fact["field"]) else None,
        f"members in {words.count(int(countries), 'country', 'countries')}" if pd.notna(countries) else None,
    )
    st.markdown(" · ".join(filter(None, parts)))
    ties = view.ask("ingo-ties", ingo=code)
    kinds = ties["kind"].str.replace("_", " ")
    first = ties.assign(category=kinds).drop_duplicates("iso3")
    counts = first["category"].value_counts()
    figures.picture(
        view,
        tilegrid.categories_chart,
        {"tiles": tilegrid.of_categories(first, dict(_TIES))},
        _TIES,
        ("state", "category:tie", "last_observed:last observed"),
        title=f"States tied to it by name (n = {first['iso3'].nunique()} states)",
        alternative="; ".join(f"{what}: {words.count(int(n), 'state')}" for what, n in counts.items())
        + ". Only ties that a source names are known; a state that is not shown may have others.",
        rows=ties,
    )
    figures.table(view, ties, title=f"{words.count(len(ties), 'tie')} by name", query="ingo-ties")


def _tie(view: View) -> None:
    columns = st.columns([2, 2, 3])
    last = (panel.panel(view).span("igo_count") or (1946, 2025))[1]
    with columns[0]:
        one = controls.state(view, "TUR", name="first", label="First state")
    with columns[1]:
        other = controls.state(view, "NOR", name="second", label="Second state")
    with columns[2]:
        year = controls.year(view, 1946, last, last)
    names = controls.state_names(view)
    pair = f"{names[one]} and {names[other]}"
    found = view.ask("overlap", first=one, second=other, year=year)
    sizes = view.ask("organizations", year=year).set_index("code")["members"]
    found = found.assign(members=found["io"].map(sizes)).sort_values(["members", "io"])
    _shared_over_time(view, one, other, pair)
    old = int((found["last_observed"] < year).sum())
    figures.table(
        view,
        found,
        title=f"{pair}: {words.count(len(found), 'organization')} shared in {year}, the smallest first",
        query="overlap",
        height=460,
    )
    st.caption(f"{words.count(old, 'of them is', 'of them are')} carried forward from an observation before {year}.")
    _shared_ingos(view, one, other, pair)
    view.go("network", f"The shortest tie between {pair}", show="path", state=one, to=other, year=str(year))


def _shared_over_time(view: View, one: str, other: str, pair: str) -> None:
    spells = view.ask("igo-spells")
    kinds = view.look_up("organizations").set_index("code")["kind"].fillna("kind not stated")
    first, last = panel.panel(view).span("igo_count") or (1946, 2025)
    held = {
        iso3: {
            (str(row["io"]), year)
            for row in spells[spells["iso3"] == iso3].to_dict("records")
            for year in range(max(row["from_year"], first), min(row["to_year"], last) + 1)
        }
        for iso3 in (one, other)
    }
    both = pd.DataFrame(sorted(held[one] & held[other]), columns=["io", "year"])
    counts = both.assign(kind=both["io"].map(kinds)).groupby(["year", "kind"]).size().reset_index(name="organizations")
    counts = counts.assign(until=counts["year"] + 1)
    total = both.groupby("year").size()
    figures.picture(
        view,
        _shared_chart,
        {"counts": counts},
        title=f"{pair}: organizations of which both are full members (number, {first} to {last})",
        alternative=f"{total.iloc[0]} in {total.index[0]}, {total.iloc[-1]} in {total.index[-1]}, most in {total.idxmax()} ({total.max()})."
        if len(total)
        else "None in any year.",
    )


def _shared_chart() -> Chart:
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("counts"))
        .mark_bar()
        .encode(
            x=alt.X(
                "year:Q", title=None, axis=alt.Axis(format="d", grid=False), scale=alt.Scale(nice=False, zero=False)
            ),
            x2="until:Q",
            y=alt.Y("organizations:Q", title="organizations"),
            color=alt.Color(
                "kind:N", title=None, scale=palette.colours(_KINDS), legend=alt.Legend(orient="top", columns=2)
            ),
            tooltip=[alt.Tooltip("year:Q", format="d"), "kind:N", "organizations:Q"],
        )
        .properties(width="container", height=220)
    )
    return chart


def _shared_ingos(view: View, one: str, other: str, pair: str) -> None:
    first, second = (view.ask("ingo-ties", iso3=code) for code in (one, other))
    both = first.merge(second, on=["ingo", "name"], suffixes=("_first", "_second"))
    figures.table(
        view,
        both[["name", "kind_first", "last_observed_first", "kind_second", "last_observed_second"]],
        title=f"{pair}: {words.count(both['ingo'].nunique(), 'INGO')} to which sources tie both by name",
    )


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
