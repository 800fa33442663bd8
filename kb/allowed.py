"""What an ad-hoc query may use: functions and procedures by name, and why well-known words are refused."""

from __future__ import annotations

_BOTH = """
abs acos all any asin atan atan2 avg ceil coalesce collect cos cot count date degrees duration exists floor id keys
labels left length log log10 max min nodes none nullif percentilecont percentiledisc pi properties radians range
relationships replace reverse right round sign sin single size sqrt substring sum tan timestamp tofloat tointeger
tolower tostring toupper trim ltrim rtrim lower upper
"""
_NEO4J = """
allshortestpaths btrim char_length character_length date.realtime date.statement date.transaction date.truncate
datetime datetime.fromepoch datetime.fromepochmillis datetime.realtime datetime.statement datetime.transaction
datetime.truncate duration.between duration.indays duration.inmonths duration.inseconds e elementid endnode exp
haversin head isempty isnan last localdatetime localdatetime.truncate localtime localtime.truncate normalize point
point.distance point.withinbbox rand randomuuid reduce shortestpath split startnode stdev stdevp tail time
time.truncate toboolean tobooleanlist tobooleanornull tofloatlist tofloatornull tointegerlist tointegerornull
tostringlist tostringornull type valuetype vector.similarity.cosine vector.similarity.euclidean
"""
_LADYBUG = """
array_append array_cat array_concat array_contains array_cosine_similarity array_cross_product array_distance
array_dot_product array_extract array_has array_indexof array_inner_product array_position array_prepend
array_push_back array_push_front array_slice array_squared_distance array_value bitshift_left bitshift_right
bitwise_and bitwise_or bitwise_xor cardinality cast cbrt ceiling century concat concat_ws constant_or_null contains
count_if current_date current_timestamp date_part date_trunc datepart datetrunc dayname element_at end_node ends_with
epoch_ms even factorial gamma greatest hash histogram ifnull initcap interval is_acyclic is_trail label last_day lcase
least levenshtein lgamma list_any_value list_append list_cat list_concat list_contains list_creation list_distinct
list_element list_extract list_filter list_has list_has_all list_has_any list_indexof list_max list_min list_position
list_prepend list_product list_reduce list_reverse list_reverse_sort list_slice list_sort list_sum list_to_string
list_transform list_unique ln log2 lpad make_date map map_extract map_keys map_values md5 monthname offset pow prefix
random regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace regexp_split_to_array rels
repeat rpad sha256 split_part start_node starts_with str_split string string_split string_to_array struct_extract
struct_pack substr suffix time_bucket to_bool to_date to_days to_double to_epoch_ms to_float to_hours to_int128
to_int16 to_int32 to_int64 to_int8 to_interval to_microseconds to_milliseconds to_minutes to_months to_seconds
to_string to_timestamp to_years typeof ucase union_extract union_tag union_value uuid gen_random_uuid
"""
#: Functions of both engines that compute a value from their arguments and touch nothing else; in small letters.
FUNCTIONS = frozenset((_BOTH + _NEO4J + _LADYBUG).split())

#: Procedures that say what is in the graph, and nothing of the server, its users or its settings.
PROCEDURES = frozenset(
    {
        "db.labels",
        "db.relationshiptypes",
        "db.propertykeys",
        "db.schema.visualization",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "show_tables",
        "table_info",
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
        ("EXPLAIN PROFILE", "the console shows rows, not plans"),
        ("CYPHER USING", "how a query is run is not up to the query"),
        ("COMMENT PROJECT", "it changes what the engine keeps about the graph"),
    )
    for word in words.split()
}
