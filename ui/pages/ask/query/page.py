"""Query: the catalogue of questions with their parameters, and a read-only Cypher console."""

from __future__ import annotations

from ui.pages.ask.query import catalogue, console
from ui.view.page import Page, View
from ui.widgets import controls

READING = """
- **The catalogue** holds every question that the pages ask, and more. Choose one, set its parameters, and take the answer as
  CSV, as a command, or as Cypher with its parameters. Units and meanings of the columns show over the headings.
- **The console** runs your own Cypher. Only reading is possible: clauses that write, load files or call out are refused, with
  the place in your query. It is stopped when it takes longer than you allow, or more memory than a query may use.
- **The drawing** shows nodes and relationships that a query returns; positions carry no meaning. Its limit is said below it.
- An empty cell is a value that no source gives. `9999` as an end year means that a spell goes on.
"""
_PARTS = {"catalogue": "The catalogue", "console": "Your own Cypher"}


def draw(view: View) -> None:
    part = controls.choice(view, "part", "Show", _PARTS, horizontal=True)
    {"catalogue": catalogue.draw, "console": console.draw}[part](view)


PAGE = Page(
    path="query",
    title="Query",
    icon=":material/terminal:",
    section="Ask",
    order=100,
    answers="Ask any question of the catalogue, or run your own Cypher, and take the answer with you.",
    reading=READING,
    draw=draw,
)
