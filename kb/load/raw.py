"""Reading raw files so that every row ends in exactly one place.

A loader hands :class:`RawFolder` a file and a function that turns one row into facts. The function may raise
:class:`Drop` (left out by a named rule), :class:`Unusable` (quarantined with a reason) or :class:`Gathered` (part of a
fact over many rows); otherwise the row counts as loaded. The three counts add up to the rows in the file, columns that
nobody looked at are reported, and a fact that contradicts an earlier one of the same identity sends its row to
quarantine.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.errors import InputError
from kb.facts.fact import Fact, NodeFact
from kb.load import decisions
from kb.load.rows import MISSING, Drop, Gathered, Row, Unusable
from kb.model.shape import ModelError


@dataclass(frozen=True)
class Quarantined:
    source: str
    file: str
    line: int
    reason: str
    column: str
    value: str


@dataclass
class Report:
    """What became of the rows of one source."""

    source: str
    rows: int = 0
    loaded: int = 0
    facts: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    quarantined: list[Quarantined] = field(default_factory=list)
    unread_columns: dict[str, list[str]] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    #: Reviewed decisions that were applied, each with the number of rows.
    decided: Counter[str] = field(default_factory=Counter)

    def check(self) -> None:
        """Raises AssertionError unless every row is accounted for; that would be a fault of this module."""
        placed = self.loaded + sum(self.dropped.values()) + len(self.quarantined)
        assert self.rows == placed, f"{self.source}: {self.rows} rows read, {placed} accounted for"


Parse = Callable[[Row], Iterable[Fact]]
#: Told of every row that gave facts: the row, the function that read it, the facts.
Watch = Callable[[Row, Parse, Sequence[Fact]], None]


class RawFolder:
    """The raw files of one source, read with full accounting.

    Parameters
    ----------
    folder: the directory that holds the files as the publisher gave them.
    source: the source's code in ``data/sources.yml``.
    with_texts: whether loaders may state the sentences of a source (see ``RUD.text``); the shipped snapshot has none.
    watch: told which row gave which facts; the refresh keeps that beside the graph.

    The reviewed decisions on quarantined rows, ``data/decisions.csv``, are applied to every row before it is parsed.
    """

    def __init__(self, folder: Path, source: str, *, with_texts: bool = False, watch: Watch | None = None) -> None:
        self.folder = folder
        self.with_texts = with_texts
        self.report = Report(source)
        self._decisions = decisions.of(source)
        self._watch = watch
        self._known: dict[tuple[str, ...], Fact] = {}

    def bytes(self, name: str) -> bytes:
        """The content of a file, unpacked if its name ends in .gz; its digest is recorded."""
        path = self.folder / name
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            raise InputError(f"{path} is missing", "put the file back under the name the publisher gives it") from None
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error}", "check the file's permissions and the disk") from error
        self.report.digests[name] = hashlib.sha256(content).hexdigest()
        if name.endswith(".gz"):
            try:
                content = gzip.decompress(content)
            except (OSError, EOFError, zlib.error) as error:
                raise InputError(f"{path} is truncated or not gzip: {error}", "get the file again") from error
        if not content.strip():
            raise InputError(f"{path} is empty", "get the file again")
        return content

    def text(self, name: str, encoding: str = "utf-8") -> str:
        """The content of a file as text. A wrong encoding is an error that names the line."""
        content = self.bytes(name)
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            raise InputError(
                f"{self.folder / name}, line {line}, is not {encoding}",
                "get the file again, or declare its encoding in the loader if the publisher changed it",
            ) from error

    def names(self, pattern: str) -> list[str]:
        """The names of the files that match, in order. Raises when there is none."""
        found = sorted(p.relative_to(self.folder).as_posix() for p in self.folder.glob(pattern))
        if not found:
            raise InputError(f"{self.folder} has no file {pattern}", "put the publisher's files there")
        return found

    def csv(
        self,
        name: str,
        parse: Parse,
        *,
        delimiter: str = ",",
        encoding: str = "utf-8-sig",
        missing: Iterable[str] = (),
        ignore: Iterable[str] = (),
    ) -> Iterator[Fact]:
        """The facts of a delimited table with a header line.

        ``missing`` are further texts that mean no value in this table; ``ignore`` are columns (or prefixes ending in
        ``*``) that the loader leaves unread on purpose. Columns neither read nor ignored are reported.
        """
        text = self.text(name, encoding).replace("\r\n", "\n").replace("\r", "\n")
        reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
        try:
            header = [column.strip() for column in next(reader)]
        except csv.Error as error:
            raise InputError(f"{self.folder / name}, line 1: {error}", "get the file again") from error
        twice = sorted({column for column in header if column and header.count(column) > 1})
        if twice:
            raise InputError(
                f"{self.folder / name}, line 1, has more than one column {', '.join(twice)}", "get the file again"
            )
        yield from self.rows(
            name, _records(self.folder / name, reader, header), parse, missing=missing, ignore=ignore, header=header
        )

    def rows(
        self,
        name: str,
        records: Iterable[tuple[int, dict[str, Any] | Unusable]],
        parse: Parse,
        *,
        missing: Iterable[str] = (),
        ignore: Iterable[str] = (),
        header: Sequence[str] = (),
    ) -> Iterator[Fact]:
        """The facts of any numbered records: the blocks of a page, the items of a JSON list."""
        seen: set[str] = set()
        markers = MISSING | frozenset(missing)
        for line, values in records:
            self.report.rows += 1
            try:
                if isinstance(values, Unusable):
                    raise values
                row = Row(name, line, self._decide(name, values), seen, markers)
                facts = self._new(parse(row))
            except Gathered:
                self.report.loaded += 1
            except Drop as drop:
                self.report.dropped[drop.rule] += 1
            except Unusable as fault:
                self._quarantine(name, line, fault)
            except ModelError as fault:
                self._quarantine(name, line, Unusable(str(fault)))
            except (ValueError, LookupError, TypeError, ArithmeticError, AttributeError) as error:
                raise InputError(
                    f"{self.folder / name}, line {line}: the loader of {self.report.source} stumbles: {error!r}",
                    "look at that line; if it is as it should be, mend the loader",
                ) from error
            else:
                self.report.loaded += 1
                self.report.facts += len(facts)
                if self._watch:
                    self._watch(row, parse, facts)
                yield from facts
        self._report_unread(name, header, seen, tuple(ignore))

    def _decide(self, name: str, values: dict[str, Any]) -> dict[str, Any]:
        """The row's values after the reviewed decisions that concern them; raises :class:`Drop` where one says so."""
        for decision in self._decisions:
            if decision.concerns(name, values):
                self.report.decided[decision.summary] += 1
                if decision.decision == "drop":
                    raise Drop(f"decided: {decision.reason}")
                values = {**values, decision.column: decision.to}
        return values

    def _quarantine(self, name: str, line: int, fault: Unusable) -> None:
        entry = Quarantined(self.report.source, name, line, fault.reason, fault.column, fault.value)
        self.report.quarantined.append(entry)

    def _new(self, found: Iterable[Fact]) -> list[Fact]:
        """The facts of one row that are not known yet; a contradiction or an empty row is Unusable, a repeat dropped."""
        facts = list(found)
        if not facts:
            raise Unusable("the loader made nothing of this row")
        new: dict[tuple[str, ...], Fact] = {}
        for fact in facts:
            known = new.get(fact.identity) or self._known.get(fact.identity)
            if known is None:
                new[fact.identity] = fact
            elif isinstance(fact, NodeFact):
                clash = [k for k, v in fact.values.items() if v is not None and known.values.get(k) not in (None, v)]
                if clash:
                    raise Unusable("contradicts an earlier row", clash[0], fact.key)
                if any(v is not None and known.values.get(k) is None for k, v in fact.values.items()):
                    new[fact.identity] = NodeFact(
                        fact.label,
                        fact.key,
                        {**known.values, **{k: v for k, v in fact.values.items() if v is not None}},
                    )
            elif known.values != fact.values:
                raise Unusable("duplicate key: an earlier row says otherwise", "", " ".join(fact.identity[1:]))
        if not new and not any(isinstance(f, NodeFact) for f in facts):
            raise Drop("repeats an earlier row")
        self._known.update(new)
        return list(new.values())

    def _report_unread(self, name: str, header: Sequence[str], seen: set[str], ignore: tuple[str, ...]) -> None:
        exact = {i for i in ignore if not i.endswith("*")}
        prefixes = tuple(i[:-1] for i in ignore if i.endswith("*"))
        unread = [c for c in header if c not in seen and c not in exact and not (prefixes and c.startswith(prefixes))]
        if unread:
            self.report.unread_columns[name] = unread


def _records(name: Path, reader: Any, header: list[str]) -> Iterator[tuple[int, dict[str, Any] | Unusable]]:
    """Each record with the line it ends on; a record of the wrong width is Unusable, a blank line is no record."""
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputError(
                f"{name}, line {reader.line_num}: {error}", "the file is cut or damaged: get it again"
            ) from error
        if not cells:
            continue
        if len(cells) != len(header):
            yield reader.line_num, Unusable(f"{len(cells)} cells where the header has {len(header)}", "", cells[0])
            continue
        yield reader.line_num, dict(zip(header, cells, strict=True))
