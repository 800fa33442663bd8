"""What ties two states: the organizations of both, over time and by name."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from ui.answers import panel
from ui.charts import figures, palette, stack
from ui.view import words
from ui.view.page import View
from ui.widgets import controls

_KINDS = (
    ("universal", palette.BLUE),
    ("regional", palette.VERMILION),
    ("other", palette.GREEN),
    ("kind not stated", palette.GREY),
)


def draw(view: View) -> None:
    """Two states that the URL names, in a year."""
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
        first_from=st.column_config.NumberColumn(f"{names[one]} since", format="%d"),
        second_from=st.column_config.NumberColumn(f"{names[other]} since", format="%d"),
        members=st.column_config.NumberColumn("Members (states)", format="%d"),
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
    counts = both.assign(kind=both["io"].map(kinds)).groupby(["year", "kind"]).size()
    total = both.groupby("year").size()
    figures.picture(
        view,
        stack.chart,
        {"counts": stack.filled(counts, "organizations")},
        "organizations",
        _KINDS,
        title=f"{pair}: organizations of which both are full members (number, {first} to {last})",
        alternative=f"{total.iloc[0]} in {total.index[0]}, {total.iloc[-1]} in {total.index[-1]}, most in {total.idxmax()} ({total.max()})."
        if len(total)
        else "None in any year.",
    )


def _shared_ingos(view: View, one: str, other: str, pair: str) -> None:
    names = controls.state_names(view)
    first, second = (view.ask("ingo-ties", iso3=code) for code in (one, other))
    both = first.merge(second, on=["ingo", "name"], suffixes=("_first", "_second"))
    figures.table(
        view,
        both[["name", "kind_first", "last_observed_first", "kind_second", "last_observed_second"]],
        title=f"{pair}: {words.count(both['ingo'].nunique(), 'INGO')} to which sources tie both by name",
        kind_first=st.column_config.Column(f"{names[one]}: tie"),
        last_observed_first=st.column_config.Column(f"{names[one]}: last observed"),
        kind_second=st.column_config.Column(f"{names[other]}: tie"),
        last_observed_second=st.column_config.Column(f"{names[other]}: last observed"),
    )
