"""The rules by which loaders leave out and set aside rows, as their code has them, and rows that meet them."""

from __future__ import annotations

import ast
import csv
import gzip
import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fixture_facts
import yaml

from kb.load import register
from kb.settings import ROOT

#: What reads the rows for all loaders.
READING = ("kb.load.rows", "loaders.shared.measures", "kb.load.names", "loaders.shared.existence", "kb.load.raw")


@dataclass(frozen=True)
class Rule:
    """A rule of a module: the words that it gives, as a pattern where it fills in a part of them."""

    module: str
    pattern: str

    def is_met_by(self, words: str) -> bool:
        return re.fullmatch(self.pattern, words) is not None


def rules_in(module: str) -> Iterator[Rule]:
    """Every ``Drop(...)`` and ``Unusable(...)`` whose words stand in the code; words that a table gives are not seen."""
    for node in ast.walk(ast.parse(_path(module).read_text(encoding="utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("Drop", "Unusable", "Empty", "Unclear")
        ):
            place = 1 if node.func.id in ("Empty", "Unclear") else 0
            for pattern in _patterns(node.args[place]) if len(node.args) > place else ():
                yield Rule(module, pattern)


def _patterns(words: ast.expr) -> list[str]:
    """The texts that an expression can give, as patterns; none, where they do not stand in it."""
    if isinstance(words, ast.Constant) and isinstance(words.value, str):
        return [re.escape(words.value)]
    if isinstance(words, ast.IfExp):
        return [*_patterns(words.body), *_patterns(words.orelse)]
    if isinstance(words, ast.JoinedStr):
        return ["".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in words.values)]
    return []


def _path(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def closure(module: str) -> set[str]:
    """A loader's module and all modules of ``loaders`` that it is made of."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for node in ast.walk(ast.parse(_path(name).read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("loaders"):
                named = [f"{node.module}.{alias.name}" for alias in node.names]
                waiting += [m if _path(m).is_file() else str(node.module) for m in named]
    return found


def rules_of_loaders() -> dict[str, set[Rule]]:
    """The rules of each loader and of the modules that it is made of, by source."""
    made_of = {code: closure(f"loaders.{source.loader}") for code, source in register.register().items()}
    return {code: {rule for m in modules for rule in rules_in(m)} for code, modules in made_of.items()}


def rules_of_reading() -> set[Rule]:
    return {rule for module in READING for rule in rules_in(module)}


@dataclass(frozen=True)
class Fault:
    """A change of one file of a source, and the words for the row that it spoils.

    A table gets one more row: a copy of row ``like`` (the first is 1) with the cells in ``set``; a negative number stands
    for a row from the end. A page, or a table that is no CSV, has ``old`` replaced by ``new``, once.
    """

    source: str
    file: str
    says: str
    set: dict[str, str] | None = None
    like: int = 1
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        return f"{self.source}: {self.says}"


def read_faults() -> list[Fault]:
    given: dict[str, list[dict[str, Any]]] = yaml.safe_load(
        (fixture_facts.FIXTURES / "faults.yml").read_text(encoding="utf-8")
    )
    return [Fault(source, **entry) for source, entries in given.items() for entry in entries]


FAULTS = read_faults()
#: How the tables that are not comma-separated UTF-8 are written.
_ENCODINGS = {"LJI-estimates-20140422.csv": "latin-1", "digo_did_1.0_igo_directory.csv": "latin-1"}
_ENCODINGS |= {"contdir_v3.2.csv": "latin-1", "global_media_freedom_GMFDv3.csv": "latin-1"}


def spoiled(fault: Fault, folder: Path) -> Path:
    """A folder of raw files with the fault in it; other folders are those of the fixtures."""
    source = register.source(fault.source)
    for other in fixture_facts.RAW.iterdir():
        if other.name != source.raw:
            (folder / other.name).symlink_to(other)
    shutil.copytree(fixture_facts.RAW / source.raw, folder / source.raw)
    path = folder / source.raw / fault.file
    content = path.read_bytes()
    text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode(_ENCODINGS.get(path.name, "utf-8"))
    changed = _replaced(text, fault) if fault.old else _with_row(text, fault)
    after = changed.encode(_ENCODINGS.get(path.name, "utf-8"))
    path.write_bytes(gzip.compress(after) if path.suffix == ".gz" else after)
    return folder


def _replaced(text: str, fault: Fault) -> str:
    assert text.count(fault.old) >= 1, f"{fault.file} does not hold {fault.old!r}"
    return text.replace(fault.old, fault.new, 1)


def _with_row(text: str, fault: Fault) -> str:
    delimiter = ";" if text.count(";") > text.count(",") else ","
    header, *rows = csv.reader(io.StringIO(text.replace("\r\n", "\n")), delimiter=delimiter)
    columns = [name.strip().removeprefix("\ufeff") for name in header]
    row = list(rows[fault.like - 1 if fault.like > 0 else fault.like])
    for column, cell in (fault.set or {}).items():
        row[columns.index(column)] = cell
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="").writerow(row)
    newline = "\r\n" if "\r\n" in text else "\n"
    return text.rstrip("\r\n") + newline + line.getvalue() + newline
