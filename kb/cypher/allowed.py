"""What an ad-hoc query may use: functions and procedures by name, and why well-known words are refused."""

from __future__ import annotations

import re
from difflib import get_close_matches

from kb.settings import settings

_COMMON = """
abs acos all any asin atan atan2 avg ceil coalesce collect cos cot count date degrees duration exists floor id keys
labels left length log log10 max min nodes none nullif percentilecont percentiledisc pi properties radians range
relationships replace reverse right round sign sin single size sqrt substring sum tan timestamp tofloat tointeger
tolower tostring toupper trim ltrim rtrim lower upper
"""
_MORE = """
allshortestpaths btrim char_length character_length date.realtime date.statement date.transaction date.truncate
datetime datetime.fromepoch datetime.fromepochmillis datetime.realtime datetime.statement datetime.transaction
datetime.truncate duration.between duration.indays duration.inmonths duration.inseconds e elementid endnode exp
haversin head isempty isnan last localdatetime localdatetime.truncate localtime localtime.truncate normalize point
point.distance point.withinbbox rand randomuuid reduce shortestpath split startnode stdev stdevp tail time
time.truncate toboolean tobooleanlist tobooleanornull tofloatlist tofloatornull tointegerlist tointegerornull
tostringlist tostringornull type valuetype vector.similarity.cosine vector.similarity.euclidean
"""
#: Cypher's functions that compute a value from their arguments and touch nothing else; in small letters.
FUNCTIONS = frozenset((_COMMON + _MORE).split())

#: Procedures that say what is in the graph, and nothing of the server, its users or its settings.
PROCEDURES = frozenset(
    {
        "db.labels",
        "db.relationshiptypes",
        "db.propertykeys",
        "db.schema.visualization",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
    }
)

_WRITES = "it changes the graph, and the console only reads"
#: Why a word is refused. A word that is not here and not a clause of a read query is refused as unknown.
REASONS = {
    word: why
    for words, why in (
        ("CREATE MERGE DELETE DETACH NODETACH SET REMOVE FOREACH INSERT DROP ALTER RENAME TRUNCATE UPDATE", _WRITES),
        ("LOAD COPY EXPORT IMPORT", "it reads or writes files"),
        ("INSTALL ATTACH UNINSTALL EXTENSION", "it brings other code or databases in"),
        ("SHOW", "it looks into the server rather than the graph"),
        ("GRANT REVOKE DENY START STOP TERMINATE", "it administers the server"),
        ("BEGIN COMMIT ROLLBACK CHECKPOINT", "a transaction is begun and ended for you"),
        ("USE", "the graph is chosen by the configuration"),
        ("CYPHER USING", "how a query is run is not up to the query"),
        ("COMMENT PROJECT", "it changes what the engine keeps about the graph"),
    )
    for word in words.split()
}

#: What people write who know another engine's names, and Cypher's own word for it.
_ELSEWHERE = {
    "label": "labels(n)[0] or type(r)", "ln": "log(x)", "list_contains": "x IN list", "array_contains": "x IN list",
    "list_filter": "[x IN list WHERE ..]", "list_transform": "[x IN list | ..]", "list_extract": "list[0]",
    "list_element": "list[0]", "list_slice": "list[0..2]", "list_concat": "a + b", "list_append": "list + x",
    "len": "size(x)", "array_length": "size(x)", "substr": "substring(text, 0, 3)", "lcase": "toLower(text)",
    "ucase": "toUpper(text)", "string_split": "split(text, ',')", "concat": "a + b", "ifnull": "coalesce(a, b)",
    "cast": "toInteger(x), toFloat(x) or toString(x)", "date_part": "day.year", "datepart": "day.year",
    "current_date": "date()", "to_date": "date('2000-01-31')", "starts_with": "a STARTS WITH b",
    "list_reduce": "reduce(total = 0, x IN list | total + x)", "rels": "relationships(p)", "pow": "x ^ 2",
    "prefix": "a STARTS WITH b", "suffix": "a ENDS WITH b", "ceiling": "ceil(x)", "string_agg": "collect(x)",
    "offset": "id(n) in a comparison", "regexp_matches": "text =~ '.*pattern.*'", "regexp_full_match": "text =~ 'pattern'",
}  # fmt: skip
#: Graph Data Science: what reads, allowed where ``HRKB_ALLOW_GDS=1`` is set.
_GDS = re.compile(
    r"gds\.(?:graph\.(?:list|drop|exists|project)|(?!graph\.)(?!.*\.(?:write|mutate|export|train)\b)[a-z0-9_.]+\.(?:stream|stats))"
)


def function_refusal(name: str) -> tuple[str, str] | None:
    """Why a function may not be used, and what to do; None where it may."""
    plain = name.lower()
    if plain in FUNCTIONS or (plain == "gds.graph.project" and gds_allowed()):
        return None
    why = REASONS.get(name.upper())
    reason = f"{name.upper()} is refused: {why}" if why else f"{name}() is not a function that may be used here"
    if plain in _ELSEWHERE:
        return reason, f"in Cypher: {_ELSEWHERE[plain]}"
    near = get_close_matches(plain, FUNCTIONS, 1, 0.8)
    meant = "".join(f"is {name}() meant? " for name in near)
    return reason, f"{meant}use the functions of Cypher itself; docs/cypher.md lists them"


def procedure_refusal(name: str) -> tuple[str, str] | None:
    """Why a procedure may not be called, and what to do; None where it may."""
    plain = name.lower()
    if plain in PROCEDURES or (_GDS.fullmatch(plain) and gds_allowed()):
        return None
    reason = f"CALL {name} is refused: only procedures that describe the graph may be called"
    if plain.startswith("gds."):
        reads = "set HRKB_ALLOW_GDS=1 for gds.graph.project, list, drop and what ends with .stream or .stats"
        return f"CALL {name} is refused: it is none of the procedures that may be called here", reads
    return reason, ", ".join(sorted(PROCEDURES))


def gds_allowed() -> bool:
    """Has whoever runs this opened the Graph Data Science procedures?"""
    return settings().hrkb_allow_gds
