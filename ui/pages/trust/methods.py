"""Methods: how every score is defined, worked through for one state, and how to cite it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pandas as pd
import streamlit as st

from kb.model import scores
from kb.model.scores import commitment, decoupling, integration
from kb.model.scores.entry import Score
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
#: What the page shows otherwise: the list of all columns, which is a table of its own here, and notes to who edits the text.
_APART = re.compile(r"^<!-- made by make docs: columns -->\n.*?^<!-- end -->\n|^<!--.*?-->\n", re.MULTILINE | re.DOTALL)


def draw(view: View) -> None:
    part = controls.choice(view, "part", "Show", _PARTS, horizontal=True)
    {"definitions": _definitions, "steps": _steps, "indicators": _indicators, "cite": _cite}[part](view)


def _definitions(view: View) -> None:
    text = _APART.sub("", _TEXT.read_text(encoding="utf-8").partition("\n")[2])
    st.markdown(text)
    columns = pd.DataFrame([_declared(score) for score in scores.SCORES])
    figures.table(view, columns, title=f"Every column of the scores (n = {len(columns)})", height=420)
    treaties = view.ask("treaties")
    core = treaties[treaties["core"].fillna(False).astype(bool)].sort_values("opened", kind="stable")
    figures.table(
        view,
        core[["code", "title", "opened", "in_force", "as_of"]],
        title=f"The core treaties that commitment counts (n = {len(core)})",
        query="treaties",
        height="content",
    )


def _declared(score: Score) -> dict[str, Any]:
    """One column of the scores as it is declared."""
    return {
        "column": score.name,
        "called": score.label,
        "how_it_is_made": score.formula,
        "unit": score.unit,
        "filled": f"{score.floor.first}–{score.floor.last}: {score.floor.share:.0%}",
        "computed_from": ", ".join((*score.inputs, *score.rests_on)),
        "query": score.query,
        "function": score.function,
    }


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


def _line(fact: dict[str, Any], score: Score, group: str, how: str = "", step: str = "") -> Line:
    """One step: by default it is called as the score is declared, and made as its formula says."""
    called = step or f"{score.label} {score.symbol}".strip()
    return group, called, how or score.formula, fact[score.name], score.unit


def _commitment(fact: dict[str, Any], both: int) -> list[Line]:
    parts = [words.number(fact[part.name], 3) for part in commitment.PARTS]
    first, _ = decoupling.PERCENTILES
    return [
        *(_line(fact, part, "Commitment") for part in commitment.PARTS),
        _line(fact, commitment.COMMITMENT, "Commitment", f"({' + '.join(parts)}) / {len(parts)}"),
        _line(fact, first, "Decoupling", f"rank of C among {both} states with both values", "pct(C)"),
    ]


def _practice(fact: dict[str, Any], both: int) -> list[Line]:
    n, default = words.number, decoupling.DEFAULT
    practice = scores.BY_NAME[default.practice]
    difference = " − ".join(n(fact[pct.name], 3) for pct in decoupling.PERCENTILES)
    source = f"{practice.formula}, sd {n(fact[practice.sd], 3)}"
    return [
        _line(fact, practice, "Decoupling", source, f"Practice {practice.symbol}"),
        _line(fact, decoupling.PERCENTILES[1], "Decoupling", f"rank of P among the same {both} states", "pct(P)"),
        _line(fact, default, "Decoupling", difference),
        *(
            _line(fact, end, "Decoupling", step=step)
            for end, step in zip(decoupling.BOUNDS, ("Lower end", "Upper end"), strict=True)
        ),
        *(
            _line(fact, one, "Decoupling", f"practice {n(fact[one.practice], 3)}", f"{default.symbol} by {one.short}")
            for one in decoupling.BY_MEASURE
            if one is not default
        ),
        _line(fact, decoupling.SPREAD, "Decoupling", _contested(fact[decoupling.CONTESTED.name]), "Spread"),
    ]


def _contested(contested: Any) -> str:
    if pd.isna(contested):
        return "fewer than two practice measures"
    return "contested: the signs differ" if contested else "not contested: the signs agree"


def _integration(fact: dict[str, Any], everyone: pd.DataFrame) -> list[Line]:
    lines: list[Line] = []
    for one in integration.COMPONENTS:
        value, n = fact[one.measure.name], int(everyone[one.measure.name].notna().sum())
        how = f"rank of {words.number(value, 3)} among {n} states" if pd.notna(value) else "no source"
        lines.append(_line(fact, one, "Integration", how))
    present = [words.number(fact[c.name], 3) for c in integration.COMPONENTS if pd.notna(fact[c.name])]
    enough = len(present) >= integration.FEWEST
    how = f"({' + '.join(present)}) / {len(present)}" if enough else "fewer than two components"
    whole, lowest, highest, _ = integration.SUMMARY
    return [
        *lines,
        _line(fact, whole, "Integration", how),
        _line(fact, lowest, "Integration", step="Lowest"),
        _line(fact, highest, "Integration", step="Highest"),
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
