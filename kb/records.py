"""Records in JSON files: one type says what a file holds, and by it the file is written and read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Generic, TypeVar

import pydantic

from kb import files

T = TypeVar("T")


class Record(Generic[T]):
    """Files that hold one value of a type: a dataclass, a typed dictionary, a mapping of such.

    ``in_order`` has the names in the file in the order of the value, not sorted.
    """

    def __init__(self, kind: type[T], *, in_order: bool = False) -> None:
        self._adapter: pydantic.TypeAdapter[T] = pydantic.TypeAdapter(kind)
        self._in_order = in_order

    def read(self, path: Path) -> T:
        """The value in a file. Raises OSError, or ValueError that says in a line what does not fit, and where."""
        try:
            return self._adapter.validate_json(path.read_bytes())
        except pydantic.ValidationError as fault:
            first = fault.errors(include_url=False, include_input=False)[0]
            where = ".".join(map(str, first["loc"]))
            raise ValueError(f"{where}: {first['msg']}" if where else first["msg"]) from None

    def text(self, value: T) -> str:
        """The value as it stands in its file."""
        plain: Any = self._adapter.dump_python(value, mode="json")
        return json.dumps(plain, indent=1, sort_keys=not self._in_order) + "\n"

    def write(self, path: Path, value: T, remedy: str = files.REMEDY) -> None:
        """Write the value, whole or not at all. Raises :class:`kb.errors.HrkbError`."""
        files.write(path, self.text(value), remedy=remedy)
