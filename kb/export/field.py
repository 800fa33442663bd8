"""Files for the field: the state-year panel as CSV and for Stata, with its codebook, and every table for Stata."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from kb.export import analysis, codebook, frames, stata
from kb.export.analysis import Panel
from kb.export.content import Content, Progress
from kb.model.graph import MODEL

PANEL = "panel"
#: Stata keeps the word end for itself.
_ENDS = {"start": "start_code", "end": "end_code"}
#: In the panel already: a state's years, and what ties them to the state.
_IN_PANEL = ("StateYear", "IN_YEAR")


def write_panel(content: Content, folder: Path, progress: Progress) -> None:
    """``panel.csv``, ``codebook.csv`` and ``codebook.md``; days ISO 8601, flags true and false, missing values empty."""
    progress("Writing the panel", 0, 2)
    panel = _panel(content)
    flags = [name for name in panel.rows.columns if panel.rows[name].dtype == "boolean"]
    rows = panel.rows.assign(**{str(name): panel.rows[name].map({True: "true", False: "false"}) for name in flags})
    rows.to_csv(folder / f"{PANEL}.csv", index=False, lineterminator="\n")
    progress("Writing the panel", 1, 2)
    _codebook(content, panel, folder)


def write_stata(content: Content, folder: Path, progress: Progress) -> None:
    """``panel.dta`` with its codebook, and a ``.dta`` for every label and relationship type that is not in the panel."""
    tables = [(name, rows) for name, rows in content.tables.items() if name not in _IN_PANEL]
    progress("Writing Stata files", 0, len(tables) + 1)
    panel = _panel(content)
    stata.write(
        folder / f"{PANEL}.dta",
        panel.rows,
        title=f"State-years of the human-rights regime, {content.version}",
        labels={v.name: _labelled(v) for v in panel.variables},
        notes=_notes(content, {code for v in panel.variables for code in v.sources}),
        categories=("region", "subregion"),
        values={v.name: {0: "no", 1: "yes"} for v in panel.variables if v.name.startswith("party_")},
    )
    _codebook(content, panel, folder)
    for done, (name, rows) in enumerate(tables, start=1):
        progress("Writing Stata files", done, len(tables) + 1)
        declared = MODEL.table(name)
        used = {code for column in {"source", "sources"} & set(rows.column_names) for code in _codes(rows, column)}
        stata.write(
            folder / f"{name.lower()}.dta",
            frames.of_table(rows).rename(columns=_ENDS),
            title=f"{name}, {content.version}",
            labels={
                _ENDS.get(n, n): declared.by_name[n].meaning if n in declared.by_name else _end(name, n)
                for n in rows.column_names
            },
            notes=[declared.meaning, *_notes(content, used)],
        )


def _panel(content: Content) -> Panel:
    known = content.sources.select(["code", "precedence"]).to_pylist()
    return analysis.panel(content.tables, {row["code"]: row["precedence"] for row in known}, content.behind)


def _codebook(content: Content, panel: Panel, folder: Path) -> None:
    codebook.rows(panel).to_csv(folder / "codebook.csv", index=False, lineterminator="\n")
    cited = {row["code"]: row["citation"] for row in content.sources.to_pylist()}
    text = codebook.markdown(panel, content.version, content.data_date, cited)
    (folder / "codebook.md").write_text(text, encoding="utf-8")


def _labelled(variable: analysis.Variable) -> str:
    return f"{variable.label} ({variable.unit})" if variable.unit else variable.label


def _end(edge: str, column: str) -> str:
    declared = MODEL.types[edge]
    label = MODEL.labels[declared.start if column == "start" else declared.end]
    return f"{label.name}: {label.by_name[label.key].meaning}"


def _codes(rows: pa.Table, column: str) -> set[str]:
    values = rows[column].unique().to_pylist() if column == "source" else rows[column].to_pylist()
    return {code for value in values for code in ([value] if isinstance(value, str) else value or [])}


def _notes(content: Content, used: set[str]) -> list[str]:
    """The version, the day, and of every source used its citation and licence."""
    head = f"Version {content.version}, treaty status pages of {content.data_date or 'an unstated day'}."
    rows = [row for row in content.sources.to_pylist() if row["code"] in used or "scores" in used]
    return [head, *(f"Source {r['code']}: {r['citation']}. Licence: {r['licence']}." for r in rows)]
