"""How Neo4j Browser draws the graph: a style sheet (GRASS) with a colour and a caption for every label of the model."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

from kb.engines.neo4j.engine import MARK, PART
from kb.model.graph import MODEL
from kb.model.shape import EdgeType, NodeType

#: Fills that people who see colours differently can tell apart, after Okabe and Ito and after Tol; dark and light in turn.
COLOURS = (
    "#0072B2",
    "#E69F00",
    "#882255",
    "#56B4E9",
    "#009E73",
    "#CC79A7",
    "#D55E00",
    "#F0E442",
    "#332288",
    "#DDCC77",
    "#117733",
    "#AA4499",
    "#999933",
    "#88CCEE",
)
#: Our own notes on the server: not part of the graph.
_NOTES = "#BBBBBB"
#: What a node is called where it has no name: a treaty's code says more in a circle than its whole title.
_SIZES = {"State": 65, "Treaty": 65}


def grass() -> str:
    """The style sheet, as ``:style`` takes it."""
    blocks = [
        _block("node", **_fill("#A5ABB6"), diameter="50px"),
        _block("relationship", color="#A5ABB6", **{"shaft-width": "1px", "font-size": "8px", "padding": "3px"}),
    ]
    for label, colour in zip(MODEL.nodes, cycle(COLOURS), strict=False):
        size = f"{_SIZES.get(label.name, 50)}px"
        blocks.append(_block(f"node.{label.name}", **_fill(colour), diameter=size, caption=f"'{{{caption(label)}}}'"))
    for note in (MARK, PART):
        blocks.append(_block(f"node.{note}", **_fill(_NOTES), diameter="30px", caption="'{id}'"))
    for kind in MODEL.edges:
        blocks.append(_block(f"relationship.{kind.name}", caption=_said(kind)))
    return "\n".join(blocks)


def caption(label: NodeType) -> str:
    """The property that is written in the circle: the name where there is one and the key does not say more."""
    return "name" if "name" in label.by_name and label.name != "Treaty" else label.key


def _said(kind: EdgeType) -> str:
    """What is written along a relationship: its type; a measured value says more."""
    return "'{value}'" if "value" in kind.by_name else "'<type>'"


def _fill(colour: str) -> dict[str, str]:
    """Fill, rim and a text that can be read on it."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    light = 0.299 * red + 0.587 * green + 0.114 * blue > 140
    rim = "#" + "".join(f"{part * 3 // 4:02X}" for part in (red, green, blue))
    return {"color": colour, "border-color": rim, "text-color-internal": "#000000" if light else "#FFFFFF"}


def _block(selector: str, **properties: str) -> str:
    return "".join([f"{selector} {{\n", *_lines(properties), "}\n"])


def _lines(properties: dict[str, str]) -> Iterator[str]:
    for name, value in properties.items():
        yield f"  {name}: {value};\n"
