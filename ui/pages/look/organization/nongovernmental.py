"""A non-governmental organization, and the states that sources tie to it by name."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from ui.charts import figures, palette, tilegrid
from ui.view import words
from ui.view.page import View
from ui.widgets import controls

_TIES = (
    ("headquarters", palette.BLUE),
    ("member", palette.SKY),
    ("national committee", palette.OCHRE),
    ("participant", palette.PURPLE),
    ("section", palette.GREEN),
)


def draw(view: View) -> None:
    """The organization that the URL names."""
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
    figures.table(
        view,
        ties,
        title=f"{words.count(len(ties), 'tie')} by name",
        query="ingo-ties",
        ingo=st.column_config.Column("Code"),
    )
