"""Reservations, understandings and declarations a state made, the objections they drew, and the objections it made."""

from __future__ import annotations

from ui.charts import figures
from ui.view import words
from ui.view.page import View


def draw(view: View, iso3: str, name: str, year: int) -> None:
    """Its statements, who objected to them, and to whose statements it objected."""
    statements = view.ask("state-ruds", iso3=iso3)
    standing = int(statements["withdrawn"].isna().sum())
    figures.table(
        view,
        statements,
        title=f"{name}: {words.count(len(statements), 'statement')}, {standing} of them not withdrawn",
        query="state-ruds",
    )
    objections = view.ask("state-objections", iso3=iso3)
    for role, title in (("received", "Objections to them"), ("made", "Objections it made")):
        rows = objections[objections["role"] == role].drop(columns=["role", "fact"])
        figures.table(view, rows, title=f"{name}: {title.lower()} (n = {len(rows)})", query="state-objections")
    derogations = view.ask("derogations", iso3=iso3).drop(columns=["iso3", "name", "fact"])
    figures.table(
        view, derogations, title=f"{name}: derogations notified (n = {len(derogations)})", query="derogations"
    )
