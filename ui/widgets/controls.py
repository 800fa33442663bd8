"""The controls of the pages. Each keeps its value in the URL, and answers what it cannot read with the nearest right thing."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import streamlit as st

from kb.errors import UsageError
from kb.graph import derive
from kb.load import names
from ui.view import words
from ui.view.address import Offer, Unreadable
from ui.view.page import View
from ui.widgets import spelling

ALL = "all"
#: Regimes of the World (Lührmann, Tannenberg and Lindberg 2018) by their code in V-Dem.
REGIMES = {
    "0": "Closed autocracies",
    "1": "Electoral autocracies",
    "2": "Electoral democracies",
    "3": "Liberal democracies",
}


def year(view: View, first: int, last: int, default: int, *, name: str = "year", label: str = "Year") -> int:
    """A slider of years, both ends included."""

    def read(text: str) -> int:
        try:
            wanted = int(text)
        except ValueError:
            raise Unreadable(f"{words.quote(text)} is not a year; showing {default}.") from None
        if first <= wanted <= last:
            return wanted
        nearest = min(max(wanted, first), last)
        raise Unreadable(f"The figures run from {first} to {last}; showing {nearest}.", nearest)

    def draw(key: str, touched: Callable[[], None]) -> int:
        # Another selection may have moved the ends: to Streamlit that is another slider, which would begin at its first year.
        if st.session_state.get(f"{key}:ends") != (first, last):
            st.session_state[key] = min(max(int(st.session_state[key]), first), last)
            st.session_state[f"{key}:ends"] = (first, last)
        return st.slider(label, first, last, key=key, on_change=touched)

    return view.address.bound(name, min(max(default, first), last), read, str, draw)


def choice(
    view: View,
    name: str,
    label: str,
    options: Mapping[str, str],
    default: str | None = None,
    *,
    horizontal: bool = False,
    help: str | None = None,
    label_of: str = "",
) -> str:
    """One of several: ``options`` maps the parameter's values to what people read. The first is the default.

    Of what is a node, ``label_of`` is its label, whose aliases are understood too. Up to a handful may be laid out side by side with ``horizontal``; more belong in the drop-down list.
    """
    known = list(options)
    start: str = default if default is not None and default in options else known[0]

    def draw(key: str, touched: Any) -> str:
        if st.session_state.get(key) not in options:
            st.session_state[key] = start
        settings: dict[str, Any] = {"format_func": options.__getitem__, "key": key, "on_change": touched, "help": help}
        if horizontal:
            return st.radio(label, known, horizontal=True, **settings) or start
        return st.selectbox(label, known, **settings) or start

    return view.address.bound(name, start, lambda text: _pick(text, options, label, label_of), str, draw)


def several(
    view: View,
    name: str,
    label: str,
    options: Mapping[str, str],
    default: Sequence[str] = (),
    *,
    maximum: int | None = None,
    help: str | None = None,
    read: Callable[[str, Mapping[str, str]], str] | None = None,
) -> list[str]:
    """Any number of several, up to ``maximum``; in the URL separated by commas. ``read`` reads one of them."""

    def read_one(text: str) -> str:
        return read(text, options) if read else _pick(text, options, label)

    def read_all(text: str) -> list[str]:
        found, wrong = [], []
        for part in filter(None, text.split(",")):
            try:
                found.append(read_one(part))
            except Unreadable as error:
                wrong.append(error)
        found = list(dict.fromkeys(found))[:maximum]
        if wrong:
            raise Unreadable(wrong[0].sentence, found, tuple(o for w in wrong for o in w.offers))
        return found

    def draw(key: str, touched: Any) -> list[str]:
        st.session_state[key] = [v for v in st.session_state.get(key, ()) if v in options]
        return st.multiselect(
            label,
            list(options),
            format_func=options.__getitem__,
            key=key,
            on_change=touched,
            max_selections=maximum,
            help=help,
        )

    return view.address.bound(name, [v for v in default if v in options], read_all, ",".join, draw)


def flag(view: View, name: str, label: str, default: bool = False, *, help: str | None = None) -> bool:
    """A switch; in the URL ``yes`` or ``no``."""
    options = {"yes": "yes", "no": "no"}
    return view.address.bound(
        name,
        default,
        lambda text: _pick(text, options, label) == "yes",
        lambda on: "yes" if on else "no",
        lambda key, touched: st.toggle(label, key=key, on_change=touched, help=help),
    )


def state_names(view: View) -> dict[str, str]:
    """Every state by code, with the years of a former one: ``{"MEX": "Mexico", "DDR": "German Democratic Republic (1949–1990)"}``."""
    rows = view.look_up("states").fillna({"former": False})
    return {
        row["iso3"]: row["name"] + (f" ({words.years(row['system_from'], row['system_to'])})" if row["former"] else "")
        for row in rows.to_dict("records")
    }


def state(view: View, default: str, *, name: str = "state", label: str = "State") -> str:
    """One state. A name in another language or a former name may be typed; it is looked up."""
    options = state_names(view)

    def draw(key: str, touched: Any) -> str:
        typed = st.session_state.get(key)
        if typed not in options:
            st.session_state[key] = default
        drawn = st.selectbox(
            label,
            list(options),
            format_func=lambda code: options.get(code, code),
            key=key,
            on_change=_resolve,
            args=(key, options, touched),
            accept_new_options=True,
            help="A code, a name in another language or a former name may be typed: Suisse, Burma, 中国, COW 70",
        )
        return drawn if drawn in options else default

    return view.address.bound(name, default, lambda text: _state(text, options), str, draw)


def states(view: View, name: str, label: str, default: Sequence[str] = (), *, maximum: int = 6) -> list[str]:
    """Several states."""
    options = state_names(view)
    return several(view, name, label, options, default, maximum=maximum, read=_state)


def treaty(view: View, default: str = "CAT", *, name: str = "treaty", label: str = "Treaty") -> str:
    """One treaty."""
    rows = view.look_up("treaties")
    options = {row["code"]: f"{row['code']}: {row['title']}" for row in rows.to_dict("records")}
    return choice(view, name, label, options, default, label_of="Treaty")


def region(view: View, *, name: str = "region", label: str = "Region") -> str:
    """One region of the United Nations' M49 scheme, or :data:`ALL`."""
    found = sorted(str(r) for r in view.look_up("states")["region"].dropna().unique())
    return choice(view, name, label, {ALL: "All regions", **{r: r for r in found}})


def regime(view: View, *, name: str = "regime", label: str = "Regime") -> str:
    """One kind of regime after V-Dem's Regimes of the World, as the code it has there, or :data:`ALL`."""
    return choice(view, name, label, {ALL: "All regimes", **REGIMES})


def _resolve(key: str, options: Mapping[str, str], touched: Callable[[], None]) -> None:
    """What was typed into a state picker, as a state; what means none is told on the next drawing."""
    touched()
    typed = st.session_state[key]
    if typed is not None and typed not in options:
        near = [code for code in spelling.states(typed) if code in options]
        if near:
            st.session_state[key] = near[0]
        else:
            st.toast(f"No state is called {words.quote(typed)}.")


def _state(text: str, options: Mapping[str, str]) -> str:
    """The state that a code or a whole name in any language means; raises :class:`Unreadable` with the nearest ones."""
    with suppress(UsageError):
        code = spelling.state(text)
        if code in options:
            return code
    near = [code for code in spelling.states(text) if code in options]
    offers = tuple(Offer(options[code], code) for code in near)
    raise Unreadable(f"No state is called {words.quote(text)}.", near[0] if near else None, offers)


def _pick(text: str, options: Mapping[str, str], label: str, label_of: str = "") -> str:
    """The option that ``text`` means, letter case aside, or by another code or name of that node of ``label_of``; raises :class:`Unreadable` with the nearest ones."""
    if text in options:
        return text
    folded = {code.casefold(): code for code in options} | {what.casefold(): code for code, what in options.items()}
    if text.casefold() in folded:
        return folded[text.casefold()]
    wanted = names.fold(text)
    for code, others in derive.aliases().get(label_of, {}).items():
        if code in options and wanted in map(names.fold, others):
            return code
    near = dict.fromkeys(folded[n] for n in difflib.get_close_matches(text.casefold(), folded, n=3, cutoff=0.5))
    raise Unreadable(
        f"{label}: there is no {words.quote(text)}.", None, tuple(Offer(options[code], code) for code in near)
    )
