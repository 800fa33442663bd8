"""Run in a copy of the project that declares a toy component: what the project says of it, printed as JSON.

Arguments: the name of the component and of its measure, and an empty folder to export into.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pandas as pd
from app_pages import assert_fine, open_page, texts
from click.testing import CliRunner

from kb.assistant import tools
from kb.catalogue.queries import catalogue
from kb.catalogue.vocabulary import faults
from kb.cli import hrkb
from kb.engines import open_engine
from kb.model.graph import MODEL
from kb.model.scores import COMPONENTS
from kb.settings import ROOT
from tools.docs import stale, write

STATE, YEAR = "MEX", 2014
PANELS = ("score-panel", "score-history", "scores-and-components")


def graph(toy: str, raw: str) -> dict[str, Any]:
    """The component in the graph: its column, and the integration score beside the mean of all components."""
    with open_engine() as engine:
        rows = catalogue()["scores-and-components"].run(engine).to_pandas()
    parts = rows[[component.name for component in COMPONENTS]]
    counted = rows["integration"].notna()
    return {
        "properties": [p.name for p in MODEL.labels["StateYear"].properties if p.name in (toy, raw)],
        "columns": {name: [c for c in catalogue()[name].columns if c in (toy, raw)] for name in PANELS},
        "returned": {name: f"y.{toy} AS {toy}" in catalogue()[name].cypher for name in PANELS},
        "faults": [fault for name in PANELS for fault in faults(catalogue()[name])],
        "values": int(rows[toy].notna().sum()),
        "yearly_means": sorted(set(rows.groupby("year")[toy].mean().dropna().round(9))),
        "off_by": float((parts.mean(axis=1) - rows["integration"])[counted].abs().max()),
        "most_components": int(rows["integration_n"].max()),
    }


def pages(toy: str) -> dict[str, Any]:
    """The component on the pages: the worked example, and the table, the picture and the reading of Integration."""
    methods = open_page("methods", part="steps", state=STATE, year=str(YEAR))
    assert_fine(methods)
    steps = methods.dataframe[0].value
    mean = steps.set_index("step")["value"]
    front = open_page("", year=str(YEAR))
    assert_fine(front)
    charts = [str(chart.proto.spec) for chart in front.get("vega_lite_chart")]
    return {
        "steps": steps[["step", "how"]].to_dict("records"),
        "components_mean": float(mean[[component.label for component in COMPONENTS]].dropna().mean()),
        "integration": float(mean["Integration I"]),
        "tables": sum(toy in table.value.columns for table in front.dataframe),
        "hover": sum(f'"field": "{toy}"' in chart for chart in charts),
        "reading": texts(front),
        "definitions": texts(open_page("methods")),
    }


def paper(toy: str, raw: str, folder: Path) -> dict[str, Any]:
    """The component in the documents, in the codebook and in what an assistant is told."""
    before = stale()
    write()
    told = {
        name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("scores.md", "model.md", "queries.md")
    }
    written = CliRunner().invoke(hrkb, ["export", str(folder), "--format", "panel"], catch_exceptions=False)
    codebook = pd.read_csv(folder / "panel" / "codebook.csv").set_index("variable")
    exported = pd.read_csv(folder / "panel" / "panel.csv", usecols=[toy, raw])
    return {
        "stale_before": before,
        "stale_after": stale(),
        "docs": {name: [f"`{one}`" in text for one in (toy, raw)] for name, text in told.items()},
        "counted_in_words": "Six components, each a percentile" in told["scores.md"],
        "exit_code": written.exit_code,
        "codebook": {one: codebook.loc[one, ["label", "unit", "scale"]].tolist() for one in (toy, raw)},
        "exported": exported.notna().sum().to_dict(),
        "assistant": [
            toy in tools.describe_query("score-panel")["columns"],
            toy in tools.schema("StateYear")["properties"],
        ],
    }


if __name__ == "__main__":
    toy, raw, folder = sys.argv[1:]
    documents = paper(toy, raw, Path(folder))  # first: the pages show the documents
    print(json.dumps({**graph(toy, raw), **pages(toy), **documents}))
