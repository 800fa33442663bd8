"""Methods: how every score is defined, worked through for one state, and how to cite it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import streamlit as st

from kb.settings import ROOT
from ui.answers import citation, panel
from ui.charts import figures
from ui.view import words
from ui.view.page import Page, View
from ui.widgets import controls

READING = """
- **Definitions** are the project's own text, `docs/scores.md`; below each stand the queries that compute it.
- **One state, step by step** puts the numbers of one state and year into the formulas, so that a score can be checked by hand.
- **Indicators** lists what is measured, by whom, for which years. Years without a value are gaps, never zeroes.
- **How to cite**: cite the knowledge base with its version, and the sources of the figures that you use.
"""
_PARTS = {
    "definitions": "Definitions",
    "steps": "One state, step by step",
    "indicators": "Indicators",
    "cite": "How to cite",
}
_TEXT = ROOT / "docs" / "scores.md"
#: The components of integration: what each is called, and the measure that is ranked.
_COMPONENTS = {
    "igo": ("IGO ties", "igo_count"),
    "igo_centrality": ("Centrality among IGOs", "igo_centrality_raw"),
    "ingo": ("INGO ties", "ingo_count"),
    "political_globalisation": ("Political globalisation", "political_globalisation_raw"),
    "machinery": ("Human-rights machinery", "machinery_raw"),
}


def draw(view: View) -> None:
    part = controls.choice(view, "part", "Show", _PARTS, horizontal=True)
    {"definitions": _definitions, "steps": _steps, "indicators": _indicators, "cite": _cite}[part](view)


def _definitions(view: View) -> None:
    text = _TEXT.read_text(encoding="utf-8").partition("\n")[2]
    st.markdown(text)
    treaties = view.ask("treaties")
    core = treaties[treaties["core"].fillna(False).astype(bool)].sort_values("opened", kind="stable")
    figures.table(
        view,
        core[["code", "title", "opened", "in_force", "as_of"]],
        title=f"The core treaties that commitment counts (n = {len(core)})",
        query="treaties",
        height="content",
    )


def _steps(view: View) -> None:
    first, second = st.columns([2, 3])
    with first:
        iso3 = controls.state(view, "MEX")
    rows = panel.panel(view).of_state(iso3)
    if rows.empty:
        st.info(f"{controls.state_names(view)[iso3]} was not in the state system in any year since 1946.")
        return
    scored = rows.dropna(subset=["decoupling"])["year"]
    start, end = int(rows["year"].min()), int(rows["year"].max())
    with second:
        year = controls.year(view, start, max(end, start + 1), int(scored.max()) if len(scored) else end)
    view.cite(panel.QUERY, from_year=year, to_year=year)
    chosen = rows[rows["year"] == year]
    if chosen.empty:
        st.info(f"{controls.state_names(view)[iso3]} was not in the state system in {year}.")
        return
    fact: dict[str, Any] = {str(k): v for k, v in chosen.iloc[0].items()}
    everyone = panel.panel(view).of_year(year)
    steps = _table(fact, everyone)
    figures.table(
        view,
        steps,
        title=f"{fact['name']}, {year}: every step from measure to score (n = {len(everyone)} states in the system)",
        height="content",
        value=st.column_config.NumberColumn("Value", format="%.3f"),
    )
    st.caption(
        "A dash or an empty cell is a value that no source gives. Percentiles are among the states named in the step."
    )


def _table(fact: dict[str, Any], everyone: pd.DataFrame) -> pd.DataFrame:
    """Every number that a state's scores of one year are made of, with how it was made from those above it."""
    both = int(everyone[["commitment", "practice_physical"]].notna().all(axis=1).sum())
    lines = [*_commitment(fact, both), *_practice(fact, both), *_integration(fact, everyone)]
    return pd.DataFrame(lines, columns=["score", "step", "how", "value", "unit"]).astype({"value": "Float64"})


Line = tuple[str, str, str, Any, str]


def _commitment(fact: dict[str, Any], both: int) -> list[Line]:
    n = words.number
    parts = " + ".join(n(fact[p], 3) for p in ("breadth", "depth", "scrutiny"))
    return [
        ("Commitment", "Breadth B", "treaties joined / treaties open", fact["breadth"], "share 0-1"),
        ("Commitment", "Depth D", "mean of d over the treaties open", fact["depth"], "share 0-1"),
        ("Commitment", "Scrutiny S", "procedures accepted / available", fact["scrutiny"], "share 0-1"),
        ("Commitment", "Commitment C", f"({parts}) / 3", fact["commitment"], "share 0-1"),
        (
            "Decoupling",
            "pct(C)",
            f"rank of C among {both} states with both values",
            fact["pct_commitment"],
            "percentile 0-1",
        ),
    ]


def _practice(fact: dict[str, Any], both: int) -> list[Line]:
    n = words.number
    difference = f"{n(fact['pct_commitment'], 3)} − {n(fact['pct_practice'], 3)}"
    return [
        (
            "Decoupling",
            "Practice P",
            f"θ of the source, sd {n(fact['practice_sd'], 3)}",
            fact["practice_physical"],
            "theta",
        ),
        ("Decoupling", "pct(P)", f"rank of P among the same {both} states", fact["pct_practice"], "percentile 0-1"),
        ("Decoupling", "Decoupling Δ", difference, fact["decoupling"], "-1 to 1"),
        ("Decoupling", "Lower end", "5th percentile of 1,000 draws of θ", fact["decoupling_lo"], "-1 to 1"),
        ("Decoupling", "Upper end", "95th percentile of 1,000 draws of θ", fact["decoupling_hi"], "-1 to 1"),
        (
            "Decoupling",
            "Δ by civil liberties",
            f"practice {n(fact['practice_civil'], 3)}",
            fact["decoupling_civil"],
            "-1 to 1",
        ),
        (
            "Decoupling",
            "Δ by political terror",
            f"practice {n(fact['practice_terror'], 3)}",
            fact["decoupling_terror"],
            "-1 to 1",
        ),
        ("Decoupling", "Spread", _contested(fact["contested"]), fact["decoupling_spread"], "0 to 2"),
    ]


def _contested(contested: Any) -> str:
    if pd.isna(contested):
        return "fewer than two practice measures"
    return "contested: the signs differ" if contested else "not contested: the signs agree"


def _integration(fact: dict[str, Any], everyone: pd.DataFrame) -> list[Line]:
    lines: list[Line] = []
    for component, (called, measure) in _COMPONENTS.items():
        n = int(everyone[measure].notna().sum())
        how = f"rank of {words.number(fact[measure], 3)} among {n} states" if pd.notna(fact[measure]) else "no source"
        lines.append(("Integration", called, how, fact[component], "percentile 0-1"))
    present = [words.number(fact[c], 3) for c in _COMPONENTS if pd.notna(fact[c])]
    how = f"({' + '.join(present)}) / {len(present)}" if len(present) > 1 else "fewer than two components"
    return [
        *lines,
        ("Integration", "Integration I", how, fact["integration"], "percentile 0-1"),
        ("Integration", "Lowest", "leaving out one component", fact["integration_lo"], "percentile 0-1"),
        ("Integration", "Highest", "leaving out one component", fact["integration_hi"], "percentile 0-1"),
    ]


def _indicators(view: View) -> None:
    indicators = view.ask("indicators")
    concepts = {controls.ALL: "All concepts", **{c: c for c in sorted(indicators["concept"].dropna().unique())}}
    concept = controls.choice(view, "concept", "Concept", concepts)
    shown = indicators if concept == controls.ALL else indicators[indicators["concept"] == concept]
    figures.table(
        view,
        shown,
        title=f"Indicators (n = {len(shown)}; values are state-years)",
        query="indicators",
        height=520,
    )


def _cite(view: View) -> None:
    today = dt.datetime.now(dt.UTC).date()
    st.markdown("##### This knowledge base")
    st.markdown(citation.sentence(view.graph, today))
    st.code(citation.bibtex(view.graph, today), language="bibtex", wrap_lines=True)
    sources = view.ask("sources")
    figures.table(
        view,
        sources[["code", "name", "publisher", "citation", "licence", "as_of", "url"]],
        title=f"The sources of its figures (n = {len(sources)})",
        query="sources",
        height=520,
    )


PAGE = Page(
    path="methods",
    title="Methods",
    icon=":material/function:",
    section="Trust",
    order=120,
    answers="How is each score defined, what does it leave out, and how is it cited?",
    reading=READING,
    draw=draw,
)
