"""A state's ties: organizations, seats, receptor sites."""

from __future__ import annotations

import altair as alt
import streamlit as st

from ui.charts import figures, palette
from ui.charts.figures import Chart
from ui.view import words
from ui.view.page import View

_STATUS = ("A", "B", "C", "none_or_C", "none")


def organizations(view: View, iso3: str, name: str, year: int) -> None:
    """Memberships in the year, seats on the Human Rights Council, ties to INGOs."""
    members = view.ask("state-memberships", iso3=iso3, year=year)
    full = int((members["status"] == "full").sum())
    figures.table(
        view,
        members.drop(columns=["fact"]),
        title=f"{name}, {year}: {words.count(len(members), 'organization')}, full member of {full}",
        query="state-memberships",
        height=420,
    )
    carried = int((members["last_observed"] < year).sum())
    if carried:
        st.caption(
            f":material/history: {carried} memberships were last observed before {year} and are carried forward."
        )
    seats = view.ask("council-seats", iso3=iso3).drop(columns=["iso3", "name", "fact"])
    figures.table(
        view, seats, title=f"{name}: terms on the Human Rights Council (n = {len(seats)})", query="council-seats"
    )
    ingos = view.ask("ingo-ties", iso3=iso3).drop(columns=["iso3", "state", "fact"])
    figures.table(
        view,
        ingos,
        title=f"{name}: ties to INGOs by name (n = {len(ingos)})",
        query="ingo-ties",
        height=300,
        ingo=st.column_config.Column("Code"),
    )


def institutions(view: View, iso3: str, name: str, year: int) -> None:
    """Receptor sites and their accreditation."""
    sites = view.ask("receptor-sites", iso3=iso3).drop(columns=["iso3", "state", "region"])
    figures.table(view, sites, title=f"{name}: receptor sites (n = {len(sites)})", query="receptor-sites")
    history = view.ask("accreditation-history", iso3=iso3)
    figures.picture(
        view,
        _accreditation,
        {"history": history[["year", "status", "source"]]},
        title=f"{name}: accreditation by year (n = {words.count(len(history), 'observation')})",
        alternative=(
            "Each mark is the status of the national institution in one year as one source has it: A full, B partial, "
            "C not compliant, none; some years cannot tell C from none. Years without a mark were not observed."
        ),
        rows=history,
    )


def _accreditation() -> Chart:
    sources = ["undp-sdg16-nhri", "unsdg-16a1-nhri"]
    chart: alt.Chart = (
        alt.Chart(alt.NamedData("history"))
        .mark_point(size=90, filled=False, strokeWidth=2)
        .encode(
            x=alt.X("year:Q", title=None, scale=alt.Scale(zero=False), axis=alt.Axis(format="d")),
            y=alt.Y("status:N", sort=list(_STATUS), scale=alt.Scale(domain=list(_STATUS)), title="Status"),
            color=alt.Color("source:N", title=None, scale=palette.colours(sources), legend=palette.legend(sources)),
            shape=alt.Shape("source:N", title=None, scale=palette.shapes(sources)),
            tooltip=[alt.Tooltip("year:Q", format="d"), "status:N", "source:N"],
        )
        .properties(width="container", height=180)
    )
    return chart
