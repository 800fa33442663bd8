"""The server of ``hrkb neo4j`` before it is started: its configuration, its ports, the style sheet for Neo4j Browser."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from kb.cli import hrkb
from kb.engines.neo4j.engine import MARK, PART
from kb.errors import EngineError
from kb.model.graph import MODEL
from kb.neo4j_local import settings, style
from kb.neo4j_local.settings import Ports

_ALLOWED = "dbms.security.procedures.allowlist"
_FREE = "dbms.security.procedures.unrestricted"


def test_settings_stand_in_a_file_once_and_only_loopback_is_listened_on(tmp_path: Path) -> None:
    path = tmp_path / "neo4j.conf"
    settings.write(path, settings.local(Ports(7687, 7474)))
    lines = path.read_text(encoding="utf-8").splitlines()
    names = [line.partition("=")[0] for line in lines]
    made = settings.read(path)

    assert len(names) == len(set(names))
    assert made["server.bolt.listen_address"] == "127.0.0.1:7687"
    assert made["server.http.listen_address"] == "127.0.0.1:7474"
    assert all(value.startswith("127.0.0.1") for name, value in made.items() if name.endswith("listen_address"))
    assert made["dbms.security.allow_csv_import_from_file_urls"] == "false"


def test_there_is_no_http_unless_it_has_a_port() -> None:
    assert settings.local(Ports(7687))["server.http.enabled"] == "false"
    assert settings.local(Ports(7687, 7474))["server.http.enabled"] == "true"


def test_graph_data_science_is_let_through_only_where_somebody_asks_for_it() -> None:
    plain, with_gds = settings.local(Ports(7687)), settings.local(Ports(7687), gds=True)

    assert "gds" not in plain[_ALLOWED] and plain[_FREE] == ""
    assert with_gds[_ALLOWED] == plain[_ALLOWED] + ",gds.*"
    assert with_gds[_FREE] == "gds.*"
    assert {name for name in with_gds if with_gds[name] != plain[name]} == {_ALLOWED, _FREE}


@pytest.mark.parametrize("name", ["Bolt", "HTTP"])
def test_a_port_that_is_taken_is_named_with_the_way_to_choose_another(name: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        ports = Ports(taken) if name == "Bolt" else Ports(Ports.free().bolt, taken)
        with pytest.raises(EngineError, match=f"port {taken}, for {name}, is not free") as raised:
            ports.need_free()

    assert f"make neo4j {name.upper()}_PORT=" in raised.value.remedy


def test_bolt_and_http_need_ports_of_their_own() -> None:
    with pytest.raises(EngineError, match="both"):
        Ports(7687, 7687).need_free()


def test_ports_come_from_options_or_the_environment() -> None:
    answer = CliRunner().invoke(hrkb, ["neo4j", "--bolt-port", "0"])
    assert answer.exit_code == 2 and "1<=x<=65535" in answer.output

    answer = CliRunner().invoke(hrkb, ["neo4j"], env={"HTTP_PORT": "many"})
    assert answer.exit_code == 2 and "many" in answer.output


def blocks() -> dict[str, dict[str, str]]:
    """The style sheet's selectors with their properties."""
    found = {}
    for selector, body in re.findall(r"^([\w.]+) \{\n(.*?)^\}$", style.grass(), flags=re.MULTILINE | re.DOTALL):
        assert selector not in found
        found[selector] = dict(re.findall(r"^  ([\w-]+): (.+);$", body, flags=re.MULTILINE))
    return found


def test_every_label_and_type_of_the_model_has_a_style_and_nothing_else_has() -> None:
    wanted = {"node", "relationship", f"node.{MARK}", f"node.{PART}"}
    wanted |= {f"node.{label.name}" for label in MODEL.nodes} | {f"relationship.{kind.name}" for kind in MODEL.edges}

    assert set(blocks()) == wanted


def test_captions_are_properties_that_the_label_has() -> None:
    for label in MODEL.nodes:
        found = re.fullmatch(r"'\{(\w+)\}'", blocks()[f"node.{label.name}"]["caption"])
        assert found and found[1] in label.by_name, label.name


def test_labels_have_colours_of_their_own_with_a_text_that_can_be_read_on_them() -> None:
    def brightness(colour: str) -> float:
        parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    made = [blocks()[f"node.{label.name}"] for label in MODEL.nodes]

    assert len({one["color"] for one in made}) == len(made)
    for one in made:
        fill, letters = sorted((brightness(one["color"]), brightness(one["text-color-internal"])))
        assert (letters + 0.05) / (fill + 0.05) >= 3, one
