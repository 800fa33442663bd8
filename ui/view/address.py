"""The view in the URL: every selection is a query parameter, so that a copied link, Back and Forward give the view.

A widget and its parameter are kept equal in both directions. The URL wins where it changed since the last run (a link,
Back, an edit by hand), the widget wins where the visitor just used it. What the URL said stays as it was written until
the visitor changes it: rewriting it would add a step to the history, and Back would lead back into it. Otherwise a
selection that equals its default is left out; :meth:`Address.link` names every one, since defaults may move with the data.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import urlencode

import streamlit as st

T = TypeVar("T")
_SEEN, _TOUCHED, _MEANT = "address:seen", "address:touched", "address:meant"


@dataclass(frozen=True)
class Offer:
    """The nearest right thing: what to call it, and the parameter's value that means it."""

    label: str
    value: str


class Unreadable(ValueError):
    """A parameter that means nothing here: a sentence, what is shown instead, and what may have been meant."""

    def __init__(self, sentence: str, instead: Any = None, offers: tuple[Offer, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence, self.instead, self.offers = sentence, instead, offers


@dataclass(frozen=True)
class Note:
    """A parameter that could not be read, to be told to the visitor."""

    parameter: str
    sentence: str
    offers: tuple[Offer, ...]


@dataclass
class Address:
    """The selections of one page in one run."""

    page: str
    notes: list[Note] = field(default_factory=list)
    #: Every selection as text; what the URL should say; and of that what differs from the default.
    _full: dict[str, str] = field(default_factory=dict)
    _kept: dict[str, str] = field(default_factory=dict)
    _short: dict[str, str] = field(default_factory=dict)

    def bound(
        self,
        name: str,
        default: T,
        read: Callable[[str], T],
        write: Callable[[T], str],
        draw: Callable[[str, Callable[[], None]], T],
    ) -> T:
        """Draw a widget whose value is the parameter ``name``, and return its value.

        ``read`` turns the parameter's text into a value or raises :class:`Unreadable`; ``write`` turns it back;
        ``draw`` draws the widget with the key and the callback it is given, and returns the widget's value.
        """
        key = f"{self.page}:{name}"
        raw = st.query_params.get(name)
        seen: dict[str, str | None] = st.session_state.setdefault(_SEEN, {})
        touched: set[str] = st.session_state.setdefault(_TOUCHED, set())
        moved = raw != seen.get(key) and key not in touched
        if key not in st.session_state or moved:
            st.session_state[key] = default if raw is None else self._read(name, raw, default, read)
        elif raw is None and key not in touched and st.session_state[key] != default:
            # Left at its default, which has changed with another selection.
            st.session_state[key] = default
        value = draw(key, lambda: touch(key))
        meant: dict[str, object] = st.session_state.setdefault(_MEANT, {})
        if moved:
            meant[key] = value
        self._full[name] = write(value)
        if value != default:
            self._short[name] = self._kept[name] = write(value)
        if raw is not None and key not in touched and meant.get(key) == value:
            self._kept[name] = raw
        return value

    def _read(self, name: str, raw: str, default: T, read: Callable[[str], T]) -> T:
        try:
            return read(raw)
        except Unreadable as error:
            self.notes.append(Note(name, error.sentence, error.offers))
            return default if error.instead is None else error.instead

    def commit(self) -> None:
        """Write the selections into the URL, as one step of the browser's history."""
        seen: dict[str, str | None] = st.session_state.setdefault(_SEEN, {})
        st.session_state[_TOUCHED] = set()
        for name in self._full:
            seen[f"{self.page}:{name}"] = self._kept.get(name)
        if st.query_params.to_dict() != self._kept:
            st.query_params.from_dict(self._kept)

    @property
    def short(self) -> dict[str, str]:
        """The selections that differ from their default: for links between pages."""
        return dict(self._short)

    def link(self) -> str:
        """The address that gives this view again, with every selection named."""
        base = (st.context.url or "").partition("?")[0]
        base += "/" if base.count("/") == 2 else ""
        return f"{base}?{urlencode(self._full, safe=',')}" if self._full else base


def touch(key: str) -> None:
    """Note that the visitor just used a widget: its value counts, not the URL's."""
    st.session_state.setdefault(_TOUCHED, set()).add(key)
