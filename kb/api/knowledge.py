"""The knowledge base as an object: ``kb = hrkb.open()``."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, overload

import networkx as nx
import pandas as pd
import pyarrow as pa

from kb.api import adhoc, display, network, panel, provenance
from kb.api.questions import Question, Questions
from kb.catalogue import queries
from kb.engines.base import Closing, Engine
from kb.engines.neo4j.address import Address
from kb.engines.tables import count
from kb.errors import UsageError
from kb.export import frames
from kb.model.graph import MODEL
from kb.versions.opening import open_engine

#: Rows above which ``cypher`` raises instead of returning, and seconds after which it stops; both can be set per call.
MOST_ROWS, SECONDS = 1_000_000, 600.0


def open(
    home: str | Path | None = None,
    *,
    uri: str | None = None,
    user: str | None = None,
    password: str | None = None,
    database: str | None = None,
) -> KnowledgeBase:
    """Open the knowledge base for reading.

    Without arguments: the server that ``NEO4J_URI`` names, else the embedded graph in ``HRKB_HOME``. ``home`` names the
    folder of an embedded graph, ``uri`` a Neo4j server; what is not given of user, password and database comes from the
    environment. Close it, or use it in a ``with`` block.

    Raises :class:`kb.errors.GraphMissing` where there is no graph, :class:`kb.errors.EngineError` where the server cannot
    be used.
    """
    if home is not None and uri is not None:
        raise UsageError("both home and uri are given", "give home for an embedded graph, or uri for a server")
    if uri is None and (user or password or database):
        raise UsageError("user, password or database is given without uri", "give uri, or set NEO4J_URI")
    if uri is None:
        return KnowledgeBase(open_engine(Path(home) if home is not None else None))
    return KnowledgeBase(open_engine(address=Address.of(uri, user=user, password=password, database=database)))


class KnowledgeBase(Closing):
    """An open knowledge base.

    One object may be used from several threads at once. On the embedded engine it stays with the version of the graph that was
    current when it was opened; a server's graph is the one that is there now, and every answer says which.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._graph: provenance.Graph | None = None

    @property
    def catalogue(self) -> Questions:
        """All questions by name; ``kb.catalogue.ranking(year=2014)`` asks one."""
        return Questions(self.query)

    def query(self, name: str, **parameters: Any) -> pd.DataFrame:
        """The answer to a question of the catalogue, all rows, in the declared columns and types.

        ``attrs`` holds the meaning and unit of every column, the parameters, the sources with their citations, and the
        version and day of the data. Raises :class:`kb.errors.UsageError` for an unknown name or parameter.
        """
        asked = queries.query(name)
        given = adhoc.handed_on(parameters)
        answer = frames.of_table(asked.run(self._engine, **given))
        answer.attrs.update(provenance.of_query(self._engine, self._now(), asked, asked.bind(given), answer))
        return answer

    def cypher(
        self,
        text: str,
        /,
        parameters: Mapping[str, Any] | None = None,
        *,
        limit: int | None = MOST_ROWS,
        timeout: float | None = SECONDS,
        **named: Any,
    ) -> pd.DataFrame:
        """The answer to read-only Cypher, all rows. Give its parameters by name, or as a map where a name is taken.

        Nothing is cut: where there are more than ``limit`` rows, :class:`kb.errors.UsageError` is raised; None means no
        limit. ``timeout`` is in seconds, None for none. Nodes, edges and paths are maps (see :mod:`kb.engines.embedded.values`).
        Raises :class:`kb.errors.QueryRefused` for what the gate or the engine does not accept.
        """
        given = {**(parameters or {}), **named}
        columns, rows = adhoc.rows(self._engine, text, given, limit=limit, timeout=timeout)
        answer = frames.Frames(columns).frame(rows)
        answer.attrs.update(provenance.of_cypher(self._now(), text, given, answer))
        return answer

    @overload
    def stream(
        self,
        text: str,
        /,
        parameters: Mapping[str, Any] | None = None,
        *,
        size: int = ...,
        timeout: float | None = ...,
        arrow: Literal[False] = ...,
        **named: Any,
    ) -> Iterator[pd.DataFrame]: ...

    @overload
    def stream(
        self,
        text: str,
        /,
        parameters: Mapping[str, Any] | None = None,
        *,
        size: int = ...,
        timeout: float | None = ...,
        arrow: Literal[True],
        **named: Any,
    ) -> Iterator[pa.Table]: ...

    def stream(
        self,
        text: str,
        /,
        parameters: Mapping[str, Any] | None = None,
        *,
        size: int = adhoc.BATCH,
        timeout: float | None = None,
        arrow: bool = False,
        **named: Any,
    ) -> Iterator[pd.DataFrame] | Iterator[pa.Table]:
        """The answer to read-only Cypher in frames (``arrow``: in Arrow tables) of at most ``size`` rows, however many there are.

        A column keeps its type from its first value on. Raises as :meth:`cypher`.
        """
        with adhoc.stream(self._engine, text, {**(parameters or {}), **named}, size=size, timeout=timeout) as answer:
            made = frames.Frames(answer.columns)
            for batch in answer.batches:
                frame = made.frame(batch)
                yield pa.Table.from_pandas(frame, preserve_index=False) if arrow else frame

    @property
    def states(self) -> pd.DataFrame:
        """All states with their codes, regions and years in the system."""
        return self.query("states")

    @property
    def treaties(self) -> pd.DataFrame:
        """All treaties with their dates and how far each has been joined."""
        return self.query("treaties")

    @property
    def indicators(self) -> pd.DataFrame:
        """All measures of practice, law and conditions with their units, scales, years and citations."""
        return self.query("indicators")

    def panel(
        self,
        columns: Sequence[str] | None = None,
        *,
        years: int | tuple[int, int] | Sequence[int] | None = None,
        states: Sequence[str] | None = None,
        uncertainty: bool = False,
    ) -> pd.DataFrame:
        """A row per state and year since 1946 for the states in the system, ordered by state and year.

        ``columns`` names scores and codes of indicators, in any mixture (None: all scores); ``years`` is a year, a first
        and a last one as a tuple, or a list; ``states`` are codes or names. ``uncertainty`` adds what the source
        publishes of an indicator's uncertainty, as ``LHRS_sd``. Where two sources measure the same, the value is that of
        the one believed first. Raises :class:`kb.errors.UsageError` for an unknown column or state.
        """
        return panel.panel(self, columns, years=years, states=states, uncertainty=uncertainty)

    def network(self, year: int, kind: str = "organizations") -> nx.Graph:
        """States and the ties of one kind between them at a year; :data:`kb.network.kinds.KINDS` lists the kinds.

        Nodes are ISO codes with name, region and the scores of the year; ties carry ``weight``, and ``graph.graph``
        says what it means. Objections and recommendations are directed and count from the beginning up to the year.
        Raises :class:`kb.errors.UsageError` for an unknown kind.
        """
        return network.network(self, year, kind)

    def communities(self, year: int) -> pd.DataFrame:
        """The communities that shared organizations form in a year: ``community`` (1 is the largest), ``iso3``, ``name``.

        Louvain's method on the strength of ties, see :func:`kb.network.communities.communities`; ``attrs["modularity"]``
        says how clear the division is, 0 to 1. Raises :class:`kb.errors.UsageError` for a year without states.
        """
        return network.communities(self, year)

    def tie(self, one: str, other: str, year: int) -> pd.DataFrame:
        """The shortest chain of states between two, each step through an organization that ties few: a row per step.

        ``attrs["length"]`` is the sum over the steps of the organization's other members; no row where there is no chain.
        Raises :class:`kb.errors.UsageError` for an unknown state, or one without a membership in the year.
        """
        return network.tie(self, one, other, year)

    def sources(self, of: str | pd.DataFrame | Question | None = None) -> pd.DataFrame:
        """The sources with publisher, licence and citation: all, those of a question, or those behind an answer.

        Raises :class:`kb.errors.UsageError` for an unknown question, or a frame that says nothing of its sources.
        """
        rows = self.query("sources")
        if of is None:
            return rows
        if isinstance(of, pd.DataFrame):
            if "sources" not in of.attrs:
                raise UsageError("this frame does not say where it comes from", "pass the frame as the door gave it")
            wanted = set(of.attrs["sources"])
        else:
            asked = of.query if isinstance(of, Question) else queries.query(of)
            wanted = set(provenance.behind(self._engine, self._now(), asked))
        return rows[rows["code"].isin(wanted)].reset_index(drop=True)

    @property
    def data_version(self) -> str:
        """The version of the graph: on a server, of the one that is there now."""
        return self._engine.data_version

    @property
    def data_date(self) -> str | None:
        """The day of the treaty status pages, ISO 8601."""
        return self._now().data_date

    @property
    def engine(self) -> str:
        """The engine and its version."""
        return self._engine.version

    def _now(self) -> provenance.Graph:
        """What is known of the graph, read again where a server's has changed."""
        version = self._engine.data_version
        with self._lock:
            if self._graph is None or self._graph.version != version:
                self._graph = provenance.read(self._engine, version)
            return self._graph

    def close(self) -> None:
        """Close the graph; the object cannot be used any more."""
        self._engine.close()

    def __repr__(self) -> str:
        now = self._now()
        return f"<hrkb {now.version}, treaty status pages of {now.data_date or 'an unstated day'}, {now.engine}>"

    def _repr_html_(self) -> str:
        counts = count(self._engine)
        parts = [f"<p><b>{self!r}</b></p>".replace("<hrkb ", "hrkb ").replace(">,", ",").replace("></b>", "</b>")]
        for title, names in (("label", MODEL.labels), ("relationship", MODEL.types)):
            rows = [(name, f"{counts[name]:,}") for name in names if counts.get(name)]
            parts.append(
                f"<div style='display:inline-block;vertical-align:top'>{display.table((title, 'rows'), rows)}</div>"
            )
        parts.append(
            f"<p>{len(self.catalogue)} questions in <code>.catalogue</code>; <code>.panel()</code>, <code>.states</code>, "
            "<code>.treaties</code>, <code>.indicators</code>, <code>.network(year, kind)</code>, <code>.cypher(text)</code></p>"
        )
        return "".join(parts)
