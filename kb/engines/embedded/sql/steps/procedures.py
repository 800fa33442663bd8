"""The procedures that say what is in a graph, answered from the model."""

from __future__ import annotations

from kb.cypher import tree as t
from kb.engines.embedded.sql.ground.context import Context
from kb.engines.embedded.sql.ground.scope import Scope, Sql
from kb.engines.embedded.sql.ground.types import TEXT


def procedure(context: Context, clause: t.CallProcedure) -> tuple[str, Scope]:
    """The select of a procedure's rows, and its columns by the names that the query gives them."""
    model = context.schema.model
    rows = {
        "db.labels": ("label", sorted(model.labels)),
        "db.relationshiptypes": ("relationshipType", sorted(model.types)),
        "db.propertykeys": ("propertyKey", sorted({p.name for table in model for p in table.properties})),
    }.get(clause.name.lower())
    if rows is None:
        context.refuse(
            clause, f"{clause.name} is known on a Neo4j server only", "docs/model.md says what is in the graph"
        )
    if clause.arguments:
        context.refuse(clause, f"{clause.name} takes no arguments", "leave them out")
    field, values = rows
    names = clause.yields or ((field, field),)
    if names == (("*", "*"),):
        names = ((field, field),)
    for asked, _ in names:
        if asked != field:
            context.refuse(clause, f"{clause.name} gives no {asked}", f"it gives {field}")
    listed = ", ".join(context.constant(value).text for value in values)
    column = context.fresh("c")
    return f"SELECT unnest([{listed}]) AS {column}", {name: Sql(column, TEXT) for _, name in names}
