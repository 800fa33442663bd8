"""Ask many random queries of several subjects, compare each answer with the oracle's, and keep count."""

from __future__ import annotations

import re
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import duckdb

from .compare import Rows, differ
from .cypher import Cypher
from .generate import Generator
from .graphs import Graph
from .oracle import Oracle, TooLarge
from .sql import Unbound
from .subjects import Refused, Subject
from .tree import Query, constructs

#: Seconds above which an answer is listed as slow.
SLOW = 5.0


@dataclass(frozen=True)
class Disagreement:
    """A subject's answer that is not the oracle's. ``number`` makes the query again from the graph."""

    subject: str
    graph: Graph
    number: str
    query: Query
    written: Cypher
    how: str
    expected: Rows

    def __str__(self) -> str:
        return f"{self.subject}, {self.graph.name}, query {self.number}: {self.how}\n{self.written.text}\n{self.written.parameters}"


@dataclass
class Tally:
    """What a run has seen."""

    queries: int = 0
    empty: int = 0
    too_large: int = 0
    covered: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)
    excused: Counter[str] = field(default_factory=Counter)
    refused: dict[str, Counter[str]] = field(default_factory=dict)
    examples: dict[tuple[str, str], str] = field(default_factory=dict)
    slow: list[tuple[float, str, str, str]] = field(default_factory=list)
    wrong: list[Disagreement] = field(default_factory=list)
    seconds: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        self.queries, self.empty = self.queries + other.queries, self.empty + other.empty
        self.too_large += other.too_large
        for mine, theirs in (
            (self.covered, other.covered),
            (self.answered, other.answered),
            (self.seconds, other.seconds),
            (self.excused, other.excused),
        ):
            mine.update(theirs)
        for name, counts in other.refused.items():
            self.refused.setdefault(name, Counter()).update(counts)
        self.examples = {**other.examples, **self.examples}
        self.slow += other.slow
        self.wrong += other.wrong


def reason(message: str) -> str:
    """An engine's message without the names and numbers of one query, so that like ones are counted together."""
    text = " ".join(message.split())
    text = re.sub(r"\(line \d+, column \d+ .*", "", text)
    text = re.sub(r"\b_?[abcdnrx]\d+(\.\w+)?\b", "x", text)
    text = re.sub(r"\$?\bp\d+\b", "$p", text)
    return re.sub(r"\d{2,}", "9", text)[:160]


def ask_all(
    graph: Graph,
    subjects: Sequence[Subject],
    numbers: Iterator[str],
    tally: Tally,
    tell: Callable[[Disagreement], None] = lambda _: None,
) -> None:
    """Make the query of every number and compare; the subjects hold the graph already."""
    with Oracle(graph) as oracle:
        for number in numbers:
            found = _telling(graph, oracle, number, tally)
            if found is None:
                continue
            query, expected = found
            tally.empty += not telling(expected)
            tally.covered.update(constructs(query))
            for subject in subjects:
                if why := subject.excuse(query, graph):
                    tally.excused[f"{subject.name}: {why}"] += 1
                    continue
                found = _asked(subject, graph, number, query, expected, tally)
                if found:
                    tally.wrong.append(found)
                    tell(found)


def _telling(graph: Graph, oracle: Oracle, number: str, tally: Tally) -> tuple[Query, Rows] | None:
    """The query of a number and its answer: of three, the first that has one which an engine could get wrong."""
    last = None
    for attempt in range(3):
        try:
            query = Generator(graph, f"{number}.{attempt}").query()
            last = query, oracle.ask(query)
        except LookupError:
            continue
        except TooLarge:
            tally.too_large += 1
            continue
        except (duckdb.Error, sqlite3.Error) as error:
            raise AssertionError(f"the oracle cannot answer query {number} of {graph.name}") from error
        if telling(last[1]):
            break
    tally.queries += last is not None
    return last


def telling(rows: Rows) -> bool:
    """Is there a row, and something in it?"""
    return any(value not in (None, 0, []) for row in rows for value in row)


def _asked(
    subject: Subject, graph: Graph, number: str, query: Query, expected: Rows, tally: Tally
) -> Disagreement | None:
    written = subject.write(query)
    started = time.perf_counter()
    try:
        given = subject.ask(written.text, written.parameters)
    except Refused as error:
        why = reason(str(error))
        tally.refused.setdefault(subject.name, Counter())[why] += 1
        tally.examples.setdefault(
            (subject.name, why), f"{graph.name}, query {number}: {written.text} {written.parameters}\n{error}"
        )
        return None
    finally:
        took = time.perf_counter() - started
        tally.seconds[subject.name] += took
        if took > SLOW:
            tally.slow.append(
                (took, subject.name, f"{graph.name}, query {number}", f"{written.text} {written.parameters}")
            )
    tally.answered[subject.name] += 1
    how = differ(query, expected, given, bare=written.bare)
    return Disagreement(subject.name, graph, number, query, written, how, expected) if how else None


def differs(subject: Subject) -> Callable[[Graph, Query], bool]:
    """For :func:`shrink.shrink`: does the subject still answer otherwise than the oracle?"""
    loaded: list[Graph] = []

    def judge(graph: Graph, query: Query) -> bool:
        try:
            with Oracle(graph) as oracle:
                expected = oracle.ask(query)
            if subject.excuse(query, graph):
                return False
            if not loaded or loaded[-1] is not graph:
                subject.load(graph)
                loaded[:] = [graph]
            written = subject.write(query)
            given = subject.ask(written.text, written.parameters)
        except (Unbound, TooLarge, Refused, duckdb.Error, sqlite3.Error):
            return False
        return bool(differ(query, expected, given, bare=written.bare))

    return judge
