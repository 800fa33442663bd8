"""What a part of the program is made of: the modules it imports, followed without running them, and the files they name.

Two digests are equal where the same statements would run: comments, docstrings and the layout of the text do not count.
Imports inside functions count; those for type checkers only do not. A module found by a name made at run time (a loader)
is not seen: whoever asks names it as an entry.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

from kb.errors import InputError
from kb.settings import ROOT

#: What a name of a file, a query or a table looks like, among all texts of a module.
_NAME = re.compile(r"\w[\w-]*(?:\.(?:csv|yml))?|snapshot/\w[\w-]*")
#: A name of which a part is filled in at run time, as ``*``.
_PATTERN = re.compile(r"[a-z][a-z0-9-]*-\*[a-z0-9*-]*")
_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
#: Packages whose version can change a number or a row; others only carry, draw or report.
COUNTING = ("duckdb", "lxml", "numpy", "pandas", "pyarrow", "pydantic", "scipy")


@dataclass(frozen=True)
class _Module:
    digest: str
    imports: frozenset[str]
    names: frozenset[str]


@dataclass(frozen=True)
class Part:
    """Modules by name: of each the digest, and every text in it that could name a table or a query.

    Of a name that is put together at run time, ``*`` stands for what is not known: ``commitment-*``.
    """

    modules: dict[str, _Module]

    def names(self) -> frozenset[str]:
        """Every text in any of the modules that could name a table or a query."""
        return frozenset(name for module in self.modules.values() for name in module.names)

    def files(self, *folders: Path, without: Iterable[str] = ()) -> list[Path]:
        """The tables that the modules name, of those in ``folders``, and the files of a source's facts that they name."""
        left = self.names() - set(without)
        found = {path for folder in folders for name in left if (path := folder / name).is_file()}
        facts = [folder / name for folder in folders for name in left if name.startswith("snapshot/")]
        return sorted(found.union(*(folder.glob("*") for folder in facts)))

    def digest(self, seed: str, files: Iterable[Path]) -> str:
        """A digest of the modules, of these files and of ``seed``. Raises :class:`InputError` for one that cannot be read."""
        modules = [f"{name}={module.digest}" for name, module in sorted(self.modules.items())]
        return of_files(f"{seed}|{modules}", files)


def of_files(seed: str, files: Iterable[Path]) -> str:
    """A digest of files, wherever the project lies, and of ``seed``. Raises :class:`InputError`."""
    made = hashlib.blake2b(seed.encode(), digest_size=8)
    for path in files:
        made.update(path.relative_to(path.parents[1]).as_posix().encode())
        made.update(_bytes(path))
    return made.hexdigest()


def part(entries: Iterable[str], within: Iterable[str], without: Iterable[str] = ()) -> Part:
    """``entries`` and the modules that they import, directly or not: those in ``within``, and not in ``without``.

    A package that holds a module counts too: its own statements run first. Raises :class:`InputError` for a module that
    cannot be read, and for an entry that is none.
    """
    packages, left_out, entries = tuple(within), tuple(without), tuple(entries)
    modules: dict[str, _Module] = {}
    for entry in entries:
        if _file(entry) is None:
            raise InputError(f"there is no module {entry}", "get the project anew, or mend data/sources.yml")
    waiting = list(entries)
    while waiting:
        name = waiting.pop()
        if name in modules or not lies_in(name, packages) or lies_in(name, left_out):
            continue
        path = _file(name)
        if path:
            modules[name] = _read(path, name)
            waiting += [*modules[name].imports, *_holding(name)]
    return Part(modules)


def lies_in(name: str, packages: Iterable[str]) -> bool:
    """Is a module one of these, or in one of these packages?"""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


def versions(packages: Iterable[str] = COUNTING) -> str:
    """The versions of the packages that can change a result."""
    return ", ".join(f"{name} {metadata.version(name)}" for name in packages)


def _file(name: str) -> Path | None:
    """The file of a module of the project."""
    base = ROOT.joinpath(*name.split("."))
    return next((p for p in (base.with_suffix(".py"), base / "__init__.py") if p.is_file()), None)


def _holding(name: str) -> list[str]:
    """The packages that a module lies in: ``a.b`` and ``a`` of ``a.b.c``."""
    parts = name.split(".")
    return [".".join(parts[:n]) for n in range(1, len(parts))]


def _read(path: Path, name: str) -> _Module:
    try:
        return _parsed(_bytes(path), name if path.name == "__init__.py" else name.rpartition(".")[0])
    except (SyntaxError, ValueError) as error:
        raise InputError(f"{path} is not Python: {error}", "mend the file, or get the project anew") from error


@cache
def _parsed(content: bytes, package: str) -> _Module:
    tree = ast.parse(content)
    imports, names = set[str](), set[str]()
    for node in _without_comment(tree):
        imports.update(_imported(node, package))
        text = _text(node)
        if _NAME.fullmatch(text) or _PATTERN.fullmatch(text):
            names.add(text)
    digest = hashlib.blake2b(ast.dump(tree).encode(), digest_size=8).hexdigest()
    return _Module(digest, frozenset(imports), frozenset(names))


def _text(node: ast.AST) -> str:
    """The text that a constant holds, or an f-string with ``*`` for each value; of other nodes none."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part) or "*" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _without_comment(tree: ast.Module) -> Iterator[ast.AST]:
    """All nodes of a module, from which docstrings and what only type checkers see are taken away."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, _DOCUMENTED) and ast.get_docstring(node, clean=False) is not None:
            del node.body[0]
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
        waiting.extend(ast.iter_child_nodes(node))
        yield node


def _imported(node: ast.AST, package: str) -> Iterator[str]:
    """The names that a statement imports, each of which may be a module or something in one."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        yield base
        yield from (f"{base}.{alias.name}" for alias in node.names)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error}", "get the project anew, or mend the disk") from error
