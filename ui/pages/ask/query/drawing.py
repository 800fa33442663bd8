"""The nodes and relationships of an answer, drawn."""

from __future__ import annotations

from typing import Any

import altair as alt
import networkx as nx
import pandas as pd
import streamlit as st

from kb.console.console import Answer
from ui.charts import figures, palette
from ui.charts.figures import Chart
from ui.pages.ask.query import cells
from ui.view import words
from ui.view.page import View

#: More nodes than this are a hairball: the best tied are drawn. Up to so many all carry their name.
MOST_NODES, _NAMED = 150, 60
_SEED = 7


def draw(view: View, answer: Answer) -> None:
    """Draw the answer's nodes with the relationships among them, and say what is left out."""
    nodes, links = lay_out(answer)
    if nodes.empty:
        return
    left_out = len(answer.nodes) - len(nodes)
    loose = sum(1 for edge in answer.edges if not {edge["start"], edge["end"]} <= {n["id"] for n in answer.nodes})
    labels = tuple(dict.fromkeys(nodes["label"]))
    figures.picture(
        view,
        _chart,
        {"links": links, "nodes": nodes},
        labels,
        title=f"Graph (n = {words.count(len(nodes), 'node')}, {words.count(len(links), 'relationship')})",
        alternative=_words(nodes, links),
        rows=links if len(links) else nodes,
    )
    if left_out:
        st.caption(
            f":material/filter_alt: {words.count(left_out, 'node')} not drawn: at most {MOST_NODES} are, those with the most "
            "relationships. The table and the files hold all."
        )
    if loose:
        st.caption(
            f":material/link_off: {words.count(loose, 'relationship')} not drawn, because the query does not return both "
            "ends. Return the nodes too."
        )


def lay_out(answer: Answer) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Places for the nodes, at most :data:`MOST_NODES`, and the lines between them.

    Nodes: ``key label name x y named``; links: ``start type end year source x y x2 y2``; x and y lie in -1 to 1.
    """
    graph = nx.MultiGraph()
    graph.add_nodes_from(node["id"] for node in answer.nodes)
    graph.add_edges_from((e["start"], e["end"]) for e in answer.edges if e["start"] in graph and e["end"] in graph)
    ranked = sorted(graph.degree, key=lambda pair: -pair[1])[:MOST_NODES]
    drawn = graph.subgraph(node for node, _ in ranked)
    places = _places(nx.Graph(drawn))
    known = {node["id"]: node for node in answer.nodes if node["id"] in places}
    named = {node for node, _ in ranked[:_NAMED]}
    nodes = [_node(node, places[place], place in named) for place, node in known.items()]
    links = [_link(edge, known, places) for edge in answer.edges if edge["start"] in known and edge["end"] in known]
    return pd.DataFrame(nodes), pd.DataFrame(
        links, columns=["start", "type", "end", "year", "source", "x", "y", "x2", "y2"]
    )


def _places(graph: nx.Graph) -> dict[str, Any]:
    """Where each node goes, in -1 to 1; the same answer looks the same.

    ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian 2014) keeps hubs with the same neighbours apart, and is slow: a
    large graph is laid out after Fruchterman and Reingold (1991).
    """
    if len(graph) <= _NAMED:
        return dict(nx.rescale_layout_dict(nx.forceatlas2_layout(graph, seed=_SEED)))
    return dict(nx.spring_layout(graph, seed=_SEED, k=1.6 / len(graph) ** 0.5, iterations=120))


def _node(node: dict[str, Any], place: Any, named: bool) -> dict[str, Any]:
    key, properties = cells.key(node), node["properties"]
    name = str(properties.get("name") or properties.get("title") or key)
    x, y = map(float, place)
    return {"key": key, "label": node["label"], "name": name, "x": x, "y": y, "named": key if named else ""}


def _link(edge: dict[str, Any], known: dict[str, dict[str, Any]], places: Any) -> dict[str, Any]:
    (x, y), (x2, y2) = (map(float, places[edge[side]]) for side in ("start", "end"))
    properties = edge["properties"]
    when = properties.get("date") or properties.get("year") or properties.get("from_year")
    return {
        "start": cells.key(known[edge["start"]]),
        "type": edge["type"],
        "end": cells.key(known[edge["end"]]),
        "year": None if when is None else str(when),
        "source": properties.get("source"),
        "x": x,
        "y": y,
        "x2": x2,
        "y2": y2,
    }


def _chart(labels: tuple[str, ...]) -> Chart:
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-1.12, 1.12]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1.12, 1.12]))
    links = (
        alt.Chart(alt.NamedData("links"))
        .mark_rule(color=palette.GREY, opacity=0.45, strokeWidth=1.4)
        .encode(x=x, y=y, x2="x2:Q", y2="y2:Q", tooltip=["start:N", "type:N", "end:N", "year:N", "source:N"])
    )
    base = alt.Chart(alt.NamedData("nodes")).encode(x=x, y=y)
    marks = base.mark_point(size=130, filled=True, opacity=1).encode(
        color=alt.Color("label:N", title=None, scale=palette.colours(labels), legend=palette.legend(labels)),
        shape=alt.Shape("label:N", title=None, scale=palette.shapes(labels)),
        tooltip=["label:N", "key:N", "name:N"],
    )
    names = base.mark_text(dy=-12, fontSize=11, color=palette.GREY).encode(text="named:N")
    return alt.layer(links, marks, names).properties(width="container", height=460)


def _words(nodes: pd.DataFrame, links: pd.DataFrame) -> str:
    kinds = ", ".join(f"{n} {label}" for label, n in nodes["label"].value_counts().items())
    types = ", ".join(f"{n} {kind}" for kind, n in links["type"].value_counts().items())
    ends = pd.concat([links["start"], links["end"]]).value_counts()
    best = f" The best tied is {ends.index[0]}, with {ends.iloc[0]}." if len(ends) else ""
    return f"Nodes: {kinds}. Relationships: {types or 'none'}.{best} Positions mean nothing but who is tied to whom."
