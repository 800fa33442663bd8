"""The catalogue of questions: one file ``queries/<name>.cypher`` each, with everything about it in its header.

The header is a block comment of YAML; commands, pages, checks and documents are all made from it. The rest of the file is
one Cypher statement in the subset that every engine runs.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pydantic
import yaml

from kb.catalogue import keys
from kb.catalogue.columns import Column, Stated, resolve
from kb.catalogue.expand import expanded
from kb.engines.base import Engine
from kb.errors import CheckError, InputError, UsageError
from kb.load import names
from kb.model.types import TYPES
from kb.settings import ROOT

QUERIES = ROOT / "queries"
ParameterType = Literal["text", "integer", "real", "flag", "texts", "words"]
#: What the values of a parameter are keys of; an alias or a whole name is resolved, see :mod:`kb.catalogue.keys`.
ParameterKind = Literal["state", "treaty", "organization", "ingo", "indicator"]
#: The C parser where PyYAML has it: eight times as fast, which every command feels.
_YAML: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Parameter(pydantic.BaseModel, extra="forbid", frozen=True):
    """One parameter of a query. Without a default it has to be given.

    ``kind`` says that it names a node: then any alias or whole name will do, and the query gets the key. ``words`` are
    looked for in the property ``search``: the query gets them as :func:`kb.load.names.searched` gives them.
    """

    type: ParameterType
    kind: ParameterKind | None = None
    meaning: str
    default: str | int | float | bool | tuple[str, ...] | None = None
    example: str | int | float | bool | tuple[str, ...] | None = None
    choices: tuple[str, ...] = ()

    def convert(self, value: Any) -> Any:
        """``value`` as the declared type; text as it comes from a command line or an address is read. Raises ValueError."""
        converted = _convert(self.type, value)
        if self.choices and converted not in self.choices:
            raise ValueError(f"one of {', '.join(self.choices)}")
        return converted


class Query(pydantic.BaseModel, extra="forbid", frozen=True):
    """One question of the catalogue."""

    name: str
    title: str
    question: str
    parameters: dict[str, Parameter] = {}
    #: The header's columns in order, None where the header says no more than the name: see :attr:`columns`.
    stated: dict[str, Stated | None] = pydantic.Field(validation_alias="columns", exclude=True)
    tags: tuple[str, ...]
    notes: str = ""
    cypher: str
    path: Path

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Every column with type, meaning and unit; those of a property of the model are the property's.

        Raises :class:`kb.errors.InputError` where the header leaves out what no property says.
        """
        return resolve(self.stated, self.cypher, self.path.name)

    @property
    def schema(self) -> pa.Schema:
        """The columns of the answer, the same on every engine."""
        return pa.schema([(name, TYPES[column.type].arrow) for name, column in self.columns.items()])

    @property
    def command(self) -> str:
        """The command line that asks the question, with an example for every parameter that needs one."""
        needed = {n: p.example for n, p in self.parameters.items() if p.default is None and p.example is not None}
        return " ".join([f"hrkb query {self.name}", *(f"--{n.replace('_', '-')} {v}" for n, v in needed.items())])

    def bind(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every parameter with its typed value, the default where none is given.

        Raises :class:`kb.errors.UsageError` for an unknown name, a missing value or a value of another type.
        """
        for name in given:
            if name not in self.parameters:
                raise UsageError(
                    f"{self.name} has no parameter {name!r}", _suggest(name, self.parameters, "it takes no parameters")
                )
        return {name: self._value(name, parameter, given.get(name)) for name, parameter in self.parameters.items()}

    def _value(self, name: str, parameter: Parameter, value: Any) -> Any:
        value = parameter.default if value is None else value
        example = parameter.default if parameter.example is None else parameter.example
        if value is None:
            raise UsageError(f"{self.name} needs {name}: {parameter.meaning}", f"for example {name}={example}")
        try:
            return parameter.convert(value)
        except ValueError as error:
            raise UsageError(
                f"{name} of {self.name} should be {error}, not {value!r}", f"for example {name}={example}"
            ) from error

    def as_cypher(self, bound: Mapping[str, Any]) -> dict[str, Any]:
        """Bound values as the statement takes them, aliases aside: words as what it looks for."""
        words = {name for name, parameter in self.parameters.items() if parameter.type == "words"}
        return {name: names.searched(value) if name in words else value for name, value in bound.items()}

    def arguments(self, engine: Engine, **parameters: Any) -> dict[str, Any]:
        """What the statement is run with: :meth:`bind`, every alias replaced by its key, and words as it looks for them.

        The default of a parameter, which may mean all, stays. Raises :class:`kb.errors.UsageError`.
        """
        found = self.as_cypher(self.bind(parameters))
        for name, parameter in self.parameters.items():
            if parameter.kind and found[name] != parameter.default:
                found[name] = keys.keys(engine, parameter.kind, found[name])
        return found

    def run(self, engine: Engine, **parameters: Any) -> pa.Table:
        """Ask the question. Returns the declared columns in the declared types, rows in the query's own order.

        Raises :class:`kb.errors.UsageError` for parameters that do not fit or name nothing, :class:`kb.errors.CheckError` where the
        statement returns other columns than the header declares.
        """
        table = engine.read(self.cypher, self.arguments(engine, **parameters))
        if table.column_names != self.schema.names:
            raise CheckError(
                f"{self.path.name} returns {', '.join(table.column_names)} and declares {', '.join(self.schema.names)}",
                "mend its header or its RETURN",
            )
        try:
            return table.cast(self.schema)
        except (pa.ArrowException, ValueError) as error:
            raise CheckError(f"{self.path.name} returns other types than it declares: {error}", "mend it") from error


def _convert(type: ParameterType, value: Any) -> Any:
    if type == "text":
        if isinstance(value, str):
            return value
        raise ValueError("a text")
    if type == "words":
        if isinstance(value, str) and names.fold(value):
            return value
        raise ValueError("a text with letters or digits")
    if type == "texts":
        if isinstance(value, str):
            return [item.strip() for item in value.split(",") if item.strip()]
        items = list(value) if isinstance(value, (list, tuple, set)) else [None]
        if all(isinstance(item, str) for item in items):
            return items
        raise ValueError("texts, separated by commas")
    if type == "flag":
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in _FLAGS:
            return _FLAGS[value.lower()]
        raise ValueError("true or false")
    return _number(type, value)


def _number(type: ParameterType, value: Any) -> int | float:
    wanted = "a whole number" if type == "integer" else "a number"
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise ValueError(wanted) from None
    whole = type == "integer"
    if isinstance(value, bool) or not math.isfinite(number) or (whole and number != int(number)):
        raise ValueError(wanted)
    return int(number) if whole else number


def _suggest(name: str, known: Iterable[str], none: str) -> str:
    known = sorted(known)
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    if near:
        return f"did you mean {' or '.join(near)}?"
    return f"there are {', '.join(known)}" if known else none


def read_query(path: Path) -> Query:
    """One file of the catalogue. Raises :class:`kb.errors.InputError` naming the file and what is wrong with it."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}", "mend the file") from error
    header, closed, body = text.removeprefix("/*").partition("*/")
    if not text.startswith("/*") or not closed or not body.strip():
        raise InputError(f"{path} is not a header in /* */ followed by a query", "see the other files beside it")
    try:
        told, cypher = expanded(yaml.load(header, Loader=_YAML), body.strip())
        return Query(name=path.stem, path=path, cypher=cypher, **told)
    except (yaml.YAMLError, TypeError, ValueError) as error:
        raise InputError(f"{path}, header: {error}", "mend the header") from error


def read_catalogue(folder: Path = QUERIES) -> dict[str, Query]:
    """All queries in a folder by name. Raises :class:`kb.errors.InputError`."""
    return {path.stem: read_query(path) for path in sorted(folder.glob("*.cypher"))}


@cache
def catalogue() -> dict[str, Query]:
    """The project's own catalogue, read once."""
    return read_catalogue()


def query(name: str) -> Query:
    """One query by name; raises :class:`kb.errors.UsageError` with the nearest right names."""
    try:
        return catalogue()[name]
    except KeyError:
        raise UsageError(
            f"there is no query {name!r}", _suggest(name, catalogue(), "`hrkb query` lists them")
        ) from None
