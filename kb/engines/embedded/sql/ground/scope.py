"""What a name in a query stands for: a value in a column, or a node or relationship with the columns that it needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kb.engines.embedded.sql.ground.schema import ROW_BITS, Schema
from kb.engines.embedded.sql.ground.types import NULL, Type, common, quoted, sql_type


@dataclass(frozen=True, slots=True)
class Sql:
    """A value: the SQL that computes it, and its type."""

    text: str
    type: Type


@dataclass(frozen=True, slots=True)
class Flat:
    """A node or relationship that the tables give: its identity and the properties that the query asks of it.

    ``tables`` are the labels or types it can have; ``json`` holds all properties, where the query wants it whole.
    """

    kind: str
    tables: frozenset[str]
    id: str
    properties: Mapping[str, Sql]
    first: str = "NULL"
    last: str = "NULL"
    json: str = "NULL"

    @property
    def columns(self) -> list[str]:
        """Every column that makes it up."""
        ends = [self.first, self.last] if self.kind == "relationship" else []
        whole = [self.json] if self.json != "NULL" else []
        return [self.id, *ends, *whole, *(p.text for p in self.properties.values())]

    def renamed(self, names: Mapping[str, str]) -> Flat:
        """The same in columns of other names."""
        properties = {key: Sql(names[p.text], p.type) for key, p in self.properties.items()}
        first, last, json = (names.get(text, "NULL") for text in (self.first, self.last, self.json))
        return replace(self, id=names[self.id], properties=properties, first=first, last=last, json=json)

    def boxed(self, schema: Schema) -> Sql:
        """The whole of it as one value."""
        fields = f"kind := '{self.kind}', id := {self.id}, label := {table_name(self.id, self.tables, schema)}"
        packed = f"struct_pack({fields}, first := {self.first}, last := {self.last}, properties := {self.json})"
        type = Type(self.kind)
        return Sql(f"CASE WHEN {self.id} IS NOT NULL THEN CAST({packed} AS {sql_type(type)}) END", type)


@dataclass(frozen=True, slots=True)
class Boxed:
    """A node or relationship that is a value: the item of a list, a part of a path."""

    value: Sql

    @property
    def id(self) -> str:
        return f"({self.value.text}).id"

    @property
    def kind(self) -> str:
        return self.value.type.kind


Entity = Flat | Boxed
Binding = Sql | Flat | Boxed
Scope = dict[str, Binding]


def table_name(id: str, tables: frozenset[str], schema: Schema) -> str:
    """The label or type of an identity."""
    if len(tables) == 1:
        [only] = tables
        return f"CASE WHEN {id} IS NOT NULL THEN '{only}' END"
    cases = " ".join(f"WHEN {schema.numbers[name]} THEN '{name}'" for name in sorted(tables))
    return f"CASE {id} >> {ROW_BITS} {cases} END" if cases else "NULL"


def columns_of(binding: Binding) -> list[str]:
    """The SQL of every column that a binding is made of."""
    if isinstance(binding, Flat):
        return binding.columns
    return [binding.value.text if isinstance(binding, Boxed) else binding.text]


def renamed(binding: Binding, names: Mapping[str, str]) -> Binding:
    """The binding in columns of other names."""
    if isinstance(binding, Flat):
        return binding.renamed(names)
    if isinstance(binding, Boxed):
        return Boxed(Sql(names[binding.value.text], binding.value.type))
    return Sql(names[binding.text], binding.type)


def property_type(name: str, tables: frozenset[str], schema: Schema) -> Type:
    """The type of a property over some labels or types; nothing where none of them has it. Raises Mismatch."""
    found = NULL
    for table in sorted(tables):
        found = common(found, schema.properties(table).get(name, NULL))
    return found


def whole(alias: str, table: str, schema: Schema) -> str:
    """All properties of a row of a table, as JSON."""
    packed = ", ".join(f"{quoted(p)} := {alias}.{quoted(p)}" for p in schema.properties(table))
    return f"to_json(struct_pack({packed}))" if packed else "CAST('{}' AS JSON)"
