"""The columns of an answer: what a header states of them, and what they inherit from the model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import pydantic

from kb.catalogue import plain
from kb.errors import InputError, QueryRefused
from kb.model.shape import Property

ColumnType = Literal["text", "integer", "real", "flag", "day", "time", "texts"]


class Stated(pydantic.BaseModel, extra="forbid", frozen=True):
    """What a header states of a column: everything of what is computed; of a property of the model only what differs."""

    type: ColumnType | None = None
    meaning: str | None = None
    unit: str | None = None


class Column(pydantic.BaseModel, extra="forbid", frozen=True):
    """One column of a query's answer."""

    type: ColumnType
    meaning: str
    unit: str = ""


#: What a header states of every column, in order; None of one that has nothing of its own.
Header = Mapping[str, Stated | None]


def resolve(header: Header, cypher: str, file: str) -> dict[str, Column]:
    """The columns as they are: what the header leaves out is that of the property they are.

    Raises :class:`kb.errors.InputError` where the header leaves out what no property says.
    """
    try:
        returned = plain.columns(cypher)
    except QueryRefused as error:
        raise InputError(f"{file}: {error.problem}", error.remedy) from error
    found = {}
    for name, stated in header.items():
        own = (stated or Stated()).model_dump(exclude_none=True)
        inherited = _inherited(returned.get(name, ()))
        whole = {**inherited.model_dump(), **own} if inherited else own
        if not whole.keys() >= {"type", "meaning"}:
            raise InputError(f"{file}: {name} {_why_not(returned, name)}", "state its type and meaning in the header")
        found[name] = Column.model_validate(whole)
    return found


def faults(header: Header, cypher: str) -> list[str]:
    """What a header says again that the model says, or leaves out that no property says; empty where there is none."""
    try:
        returned = plain.columns(cypher)
    except QueryRefused as error:
        return [error.problem]
    lines = []
    for name, stated in header.items():
        inherited = _inherited(returned.get(name, ()))
        if inherited is None:
            if stated is None or stated.type is None or stated.meaning is None:
                lines.append(f"{name} {_why_not(returned, name)}: state its type and meaning")
            continue
        own = (stated or Stated()).model_dump(exclude_none=True)
        again = [word for word, value in own.items() if word == "type" or value == getattr(inherited, word)]
        lines += [f"{name} is a property of the model, which states its {word}: leave it out" for word in again]
    return lines


def _inherited(properties: tuple[Property, ...]) -> Column | None:
    """What all these properties say alike; None where there is none, or they say different things."""
    told = {(one.type, one.told, one.unit) for one in properties}
    if len(told) != 1:
        return None
    type, meaning, unit = told.pop()
    return Column.model_validate({"type": type, "meaning": meaning, "unit": unit})


def _why_not(returned: Mapping[str, tuple[Property, ...]], name: str) -> str:
    if name not in returned:
        return "is not returned"
    return "may be several properties that mean different things" if returned[name] else "is computed"
