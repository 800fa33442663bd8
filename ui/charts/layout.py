"""Networks drawn: networkx places the points, always with the same seed, so that a link gives the same picture again."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import networkx as nx
import pandas as pd

from ui.charts import palette
from ui.charts.figures import Chart

_SEED = 11
#: Up to so many points are placed by stress (Kamada and Kawai 1989), more by springs (Fruchterman and Reingold 1991).
_STRESS = 70
#: Where on a line its receiving end is marked.
_END = 0.8
_HEIGHT = 560


def place(graph: nx.Graph) -> pd.DataFrame:
    """Places for the nodes of a network: a DataFrame of ``code``, ``x``, ``y`` within -1 to 1; all edges count alike."""
    if not graph:
        return pd.DataFrame({"code": [], "x": [], "y": []})
    whole = nx.is_connected(graph.to_undirected())
    if whole and len(graph) <= _STRESS:
        found = nx.kamada_kawai_layout(graph.to_undirected(), weight=None)
    else:
        found = nx.spring_layout(graph, k=2.4 / max(len(graph), 1) ** 0.5, iterations=300, seed=_SEED, weight=None)
    places = pd.DataFrame([{"code": code, "x": x, "y": y} for code, (x, y) in found.items()])
    for axis in ("x", "y"):
        span = places[axis].max() - places[axis].min()
        places[axis] = 0.0 if span == 0 else (places[axis] - places[axis].min()) / span * 2 - 1
    return places


def points(graph: nx.Graph, places: pd.DataFrame) -> pd.DataFrame:
    """The nodes on their places, with what they carry: label, group, size, note."""
    nodes = pd.DataFrame([{"code": code, **carried} for code, carried in graph.nodes(data=True)])
    return nodes.merge(places, on="code", how="left")


def lines(graph: nx.Graph, places: pd.DataFrame, weight: str) -> pd.DataFrame:
    """The edges between their places: from, to, x, y, x2, y2, weight, note, and the mark of the receiving end."""
    at = {row["code"]: (row["x"], row["y"]) for row in places.to_dict("records")}
    rows = []
    for one, other, carried in graph.edges(data=True):
        (x, y), (x2, y2) = at[one], at[other]
        rows.append(
            {
                "from": one,
                "to": other,
                "x": x,
                "y": y,
                "x2": x2,
                "y2": y2,
                "end_x": x + (x2 - x) * _END,
                "end_y": y + (y2 - y) * _END,
                "weight": carried[weight],
                "note": carried.get("note", ""),
            }
        )
    return pd.DataFrame(rows)


def chart(groups: Sequence[str], directed: bool, names: bool) -> Chart:
    """A network from the data sets ``lines`` and ``points`` (see :func:`lines`, :func:`points`).

    ``groups`` is a tuple of at most seven names, each with its colour and shape; ``directed`` marks the receiving ends;
    ``names`` writes labels where there is room, else codes.
    """
    across = alt.Scale(domain=[-1.12, 1.12])
    up = alt.Scale(domain=[-1.06, 1.1])
    base = alt.Chart(alt.NamedData("points")).encode(
        x=alt.X("x:Q", axis=None, scale=across), y=alt.Y("y:Q", axis=None, scale=up)
    )
    ties = (
        alt.Chart(alt.NamedData("lines"))
        .mark_rule(color=palette.GREY, opacity=0.45)
        .encode(
            x=alt.X("x:Q", axis=None, scale=across),
            y=alt.Y("y:Q", axis=None, scale=up),
            x2="x2:Q",
            y2="y2:Q",
            strokeWidth=alt.StrokeWidth("weight:Q", scale=alt.Scale(domainMin=0, range=[0.2, 3]), legend=None),
            tooltip=[alt.Tooltip("note:N", title="tie")],
        )
    )
    ends = (
        alt.Chart(alt.NamedData("lines"))
        .mark_circle(size=10, color=palette.GREY, opacity=0.8)
        .encode(x=alt.X("end_x:Q", axis=None, scale=across), y=alt.Y("end_y:Q", axis=None, scale=up))
    )
    nodes = base.mark_point(filled=True, opacity=1).encode(
        color=alt.Color("group:N", title=None, scale=palette.colours(groups), legend=palette.legend(groups)),
        shape=alt.Shape("group:N", title=None, scale=palette.shapes(groups)),
        size=alt.Size("size:Q", scale=alt.Scale(range=[60, 360]), legend=None),
        tooltip=[alt.Tooltip("label:N", title="name"), alt.Tooltip("note:N", title="ties")],
    )
    layers = [ties, *([ends] if directed else []), nodes, *_labels(base, names)]
    return alt.layer(*layers).properties(width="container", height=_HEIGHT)


def _labels(base: alt.Chart, names: bool) -> list[alt.Chart]:
    """Names where the picture is wide, codes where it is narrow; a halo keeps them apart from the lines."""
    wide = "width < 560 ? 0 : 1" if names else "0"
    narrow = "width < 560 ? 1 : 0" if names else "1"
    return [
        base.mark_text(dy=-12, fontSize=11, fontWeight="bold", opacity=alt.ExprRef(seen), color=palette.LETTERS).encode(
            text=f"{column}:N"
        )
        for column, seen in (("label", wide), ("code", narrow))
    ]
