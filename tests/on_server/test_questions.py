"""The nine questions of ``test_browser_questions.py``, asked of the app on a server; the answers are those of the embedded graph."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from test_browser import chromium, visit
from test_browser_questions import (
    test_1_which_states_promise_more_than_they_do_and_what_changed_since_1990,
    test_2_what_has_mexico_joined_and_how_does_it_compare_with_brazil,
    test_3_who_reserves_to_cedaw_16_and_who_objected,
    test_4_how_did_cat_spread_and_who_is_left,
    test_5_what_is_the_shortest_tie_from_north_korea_to_anyone,
    test_5_which_organizations_tie_turkey_and_norway,
    test_6_where_are_receptor_sites_with_which_accreditation,
    test_7_does_integration_go_with_commitment_and_practice,
    test_8_what_is_new_and_how_old_is_each_figure,
    test_9_my_own_cypher_gives_a_table_a_graph_and_files,
    test_9_what_is_wrong_is_pointed_at_and_mended,
    test_a_link_asks_the_same_question_again,
    visitor,
)

from kb.engines.neo4j.engine import Neo4jEngine
from kb.neo4j_local.server import Server
from kb.versions.home import Version
from tools import served as serving

#: The tests, and the fixtures that they share.
__all__ = [
    "chromium",
    "test_1_which_states_promise_more_than_they_do_and_what_changed_since_1990",
    "test_2_what_has_mexico_joined_and_how_does_it_compare_with_brazil",
    "test_3_who_reserves_to_cedaw_16_and_who_objected",
    "test_4_how_did_cat_spread_and_who_is_left",
    "test_5_what_is_the_shortest_tie_from_north_korea_to_anyone",
    "test_5_which_organizations_tie_turkey_and_norway",
    "test_6_where_are_receptor_sites_with_which_accreditation",
    "test_7_does_integration_go_with_commitment_and_practice",
    "test_8_what_is_new_and_how_old_is_each_figure",
    "test_9_my_own_cypher_gives_a_table_a_graph_and_files",
    "test_9_what_is_wrong_is_pointed_at_and_mended",
    "test_a_link_asks_the_same_question_again",
    "visit",
    "visitor",
]


@pytest.fixture(scope="module")
def app(built: Version, full_server: Server, twin: Neo4jEngine, chromium: Browser) -> Iterator[str]:
    """The address of the app on the server, in place of that on the embedded graph."""
    address = full_server.address
    named = {"NEO4J_URI": address.uri, "NEO4J_PASSWORD": address.password, "NEO4J_PASSWORD_FILE": ""}
    with serving.served({"HRKB_HOME": str(built.folder.parent.parent), **named}) as served:
        yield served.address
