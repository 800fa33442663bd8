"""The catalogue as it is met in a notebook: listed, looked up, completed with Tab, and asked."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from kb.api import display
from kb.catalogue import queries as catalogue
from kb.catalogue.queries import Query
from kb.errors import UsageError

#: Asks a query by name with parameters.
Ask = Callable[..., pd.DataFrame]


class Question:
    """One question of the catalogue. Call it with its parameters to ask it; show it to see what it takes and gives."""

    def __init__(self, query: Query, ask: Ask) -> None:
        self.query = query
        self._ask = ask
        self.__doc__ = f"{query.question}\n\nColumns: {', '.join(query.columns)}"
        self.__signature__ = inspect.Signature(
            [
                inspect.Parameter(
                    name,
                    inspect.Parameter.KEYWORD_ONLY,
                    default=inspect.Parameter.empty if p.default is None else p.default,
                )
                for name, p in query.parameters.items()
            ]
        )

    def __call__(self, **parameters: Any) -> pd.DataFrame:
        """The answer, as :meth:`kb.api.knowledge.KnowledgeBase.query` gives it."""
        return self._ask(self.query.name, **parameters)

    @property
    def parameters(self) -> pd.DataFrame:
        """A row per parameter: name, type, default, meaning, choices."""
        rows = [(n, p.type, p.default, p.meaning, list(p.choices)) for n, p in self.query.parameters.items()]
        return pd.DataFrame(rows, columns=["parameter", "type", "default", "meaning", "choices"])

    @property
    def columns(self) -> pd.DataFrame:
        """A row per column of the answer: name, type, unit, meaning."""
        rows = [(n, c.type, c.unit, c.meaning) for n, c in self.query.columns.items()]
        return pd.DataFrame(rows, columns=["column", "type", "unit", "meaning"])

    @property
    def cypher(self) -> str:
        """The statement that is run."""
        return self.query.cypher

    def __repr__(self) -> str:
        return f"{self.query.name}{self.__signature__}: {self.query.question}"

    def _repr_html_(self) -> str:
        return display.question(self.query)


class Questions(Mapping[str, Question]):
    """All questions by name: ``catalogue["ranking"]``, or with underscores ``catalogue.score_panel(from_year=1990)``."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    def __getitem__(self, name: str) -> Question:
        return Question(catalogue.query(name), self._ask)

    def __getattr__(self, name: str) -> Question:
        if name.startswith("_"):  # Jupyter and copy ask for many such names, and none is a question
            raise AttributeError(name)
        try:
            return self[name.replace("_", "-")]
        except UsageError as error:
            raise AttributeError(str(error)) from error

    def __contains__(self, name: object) -> bool:
        return name in catalogue.catalogue()

    def __iter__(self) -> Iterator[str]:
        return iter(catalogue.catalogue())

    def __len__(self) -> int:
        return len(catalogue.catalogue())

    def __dir__(self) -> list[str]:
        return sorted([*super().__dir__(), *(name.replace("-", "_") for name in self)])

    def _ipython_key_completions_(self) -> list[str]:
        return list(self)

    @property
    def frame(self) -> pd.DataFrame:
        """A row per question: name, title, question, parameters, tags."""
        rows = [(q.name, q.title, q.question, list(q.parameters), list(q.tags)) for q in catalogue.catalogue().values()]
        return pd.DataFrame(rows, columns=["name", "title", "question", "parameters", "tags"])

    def find(self, words: str) -> pd.DataFrame:
        """The rows of :attr:`frame` that hold all the words, in any letter case, in name, question, notes, tags or columns."""
        found = {q.name for q in matching(catalogue.catalogue().values(), words)}
        return self.frame[self.frame["name"].isin(found)].reset_index(drop=True)

    def __repr__(self) -> str:
        return f"{len(self)} questions: {', '.join(self)}"

    def _repr_html_(self) -> str:
        rows = [(q.name, q.question, ", ".join(q.parameters)) for q in catalogue.catalogue().values()]
        return display.table(("name", "question", "parameters"), rows)


def matching(queries: Iterable[Query], words: str) -> list[Query]:
    """The queries that hold all the words, in any letter case, in name, question, notes, tags or columns."""
    wanted = words.lower().split()
    return [query for query in queries if all(word in _text(query) for word in wanted)]


def _text(query: Query) -> str:
    columns = " ".join(f"{name} {c.meaning}" for name, c in query.columns.items())
    return " ".join([query.name, query.title, query.question, query.notes, *query.tags, columns]).lower()
