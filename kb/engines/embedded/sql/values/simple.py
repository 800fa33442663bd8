"""Functions of plain values: the SQL of each in one line."""

from __future__ import annotations

from dataclasses import dataclass

from kb.engines.embedded.sql.ground.types import BOOLEAN, FLOAT, INTEGER, TEXT, Type, list_of


@dataclass(frozen=True)
class Simple:
    """A function of plain values: the kinds of its arguments (``n`` number, ``t`` text, ``i`` whole number), its SQL
    with the arguments as ``{0}``, ``{1}`` .., and the type of its value."""

    kinds: str
    text: str
    type: Type


_NAN, _INFINITE = "CAST('NaN' AS DOUBLE)", "CAST('-Infinity' AS DOUBLE)"


def _logarithm(name: str) -> str:
    cases = f"WHEN {{0}} > 0 THEN {name}({{0}}) WHEN {{0}} = 0 THEN {_INFINITE}"
    return f"(CASE WHEN ({{0}}) IS NULL THEN NULL {cases} ELSE {_NAN} END)"


_CUT = "(CASE WHEN {1} < 0 THEN error('a length is due, not a number below 0') ELSE {1} END)"
#: A capital of ß is two letters.
_UPPER = "upper(replace({0}, 'ß', 'ss'))"
FUNCTIONS: dict[str, tuple[Simple, ...]] = {
    "exp": (Simple("n", "exp({0})", FLOAT),),
    "log": (Simple("n", _logarithm("ln"), FLOAT),),
    "log10": (Simple("n", _logarithm("log10"), FLOAT),),
    "sqrt": (Simple("n", f"(CASE WHEN {{0}} < 0 THEN {_NAN} ELSE sqrt({{0}}) END)", FLOAT),),
    "ceil": (Simple("n", "ceil({0})", FLOAT),),
    "floor": (Simple("n", "floor({0})", FLOAT),),
    # Halves go up with one argument, as on Neo4j; with two see _round.
    "round": (Simple("n", "floor({0} + 0.5)", FLOAT),),
    "sign": (Simple("n", "CAST(sign({0}) AS BIGINT)", INTEGER),),
    "e": (Simple("", "exp(CAST(1 AS DOUBLE))", FLOAT),),
    "pi": (Simple("", "pi()", FLOAT),),
    "rand": (Simple("", "random()", FLOAT),),
    "atan2": (Simple("nn", "atan2({0}, {1})", FLOAT),),
    "haversin": (Simple("n", "((1 - cos({0})) / 2)", FLOAT),),
    "isnan": (Simple("n", "isnan({0})", BOOLEAN),),
    "substring": (
        Simple("ti", "substring({0}, {1} + 1)", TEXT),
        Simple("tii", "substring({0}, {1} + 1, {2})", TEXT),
    ),
    "left": (Simple("ti", f"left({{0}}, {_CUT})", TEXT),),
    "right": (Simple("ti", f"right({{0}}, {_CUT})", TEXT),),
    "replace": (Simple("ttt", "replace({0}, {1}, {2})", TEXT),),
    "split": (Simple("tt", "string_split({0}, {1})", list_of(TEXT)),),
    "toupper": (Simple("t", _UPPER, TEXT),),
    "tolower": (Simple("t", "lower({0})", TEXT),),
    "upper": (Simple("t", _UPPER, TEXT),),
    "lower": (Simple("t", "lower({0})", TEXT),),
    "trim": (Simple("t", "trim({0})", TEXT),),
    "btrim": (Simple("t", "trim({0})", TEXT), Simple("tt", "trim({0}, {1})", TEXT)),
    "ltrim": (Simple("t", "ltrim({0})", TEXT), Simple("tt", "ltrim({0}, {1})", TEXT)),
    "rtrim": (Simple("t", "rtrim({0})", TEXT), Simple("tt", "rtrim({0}, {1})", TEXT)),
    "char_length": (Simple("t", "length({0})", INTEGER),),
    "character_length": (Simple("t", "length({0})", INTEGER),),
    "timestamp": (Simple("", "epoch_ms(now())", INTEGER),),
    "randomuuid": (Simple("", "CAST(uuid() AS VARCHAR)", TEXT),),
    **{
        name: (Simple("n", f"{name}({{0}})", FLOAT),)
        for name in ("sin", "cos", "tan", "cot", "asin", "acos", "atan", "degrees", "radians")
    },
}
