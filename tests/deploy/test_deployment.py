"""The deployment: what docker-compose.yml and the Dockerfile say holds together, and they start commands that exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Literal

import click
import pydantic
import pytest
import yaml

from kb.cli import hrkb
from kb.neo4j_local import settings

ROOT = Path(__file__).resolve().parents[2]


class Strict(pydantic.BaseModel, extra="forbid"):
    """Only what is declared here may stand in the file: a misspelt key fails."""


class Depends(Strict):
    condition: Literal["service_started", "service_healthy", "service_completed_successfully"]


class Healthcheck(Strict):
    test: list[str] = pydantic.Field(min_length=2)
    interval: str
    timeout: str
    retries: int
    start_period: str


class Service(Strict):
    """The keys of a service in the Compose Specification, those that this deployment uses."""

    image: str
    profiles: list[str] = []
    build: str | None = None
    user: str | None = None
    read_only: bool = False
    tmpfs: list[str] = []
    cap_drop: list[str] = []
    security_opt: list[str] = []
    environment: dict[str, str] = {}
    entrypoint: list[str] | None = None
    command: list[str] | None = None
    network_mode: str | None = None
    restart: Literal["no", "always", "on-failure", "unless-stopped"] = "no"
    depends_on: dict[str, Depends] = {}
    ports: list[str] = []
    volumes: list[str] = []
    healthcheck: Healthcheck | None = None
    mem_limit: str | None = None


class Compose(Strict):
    name: str
    services: dict[str, Service]
    volumes: dict[str, None]


@pytest.fixture(scope="module")
def compose() -> Compose:
    raw: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    return Compose(**{key: value for key, value in raw.items() if not key.startswith("x-")})


def ours(compose: Compose) -> dict[str, Service]:
    return {name: service for name, service in compose.services.items() if service.build}


def test_services_depend_on_services_that_can_become_what_is_awaited(compose: Compose) -> None:
    for service in compose.services.values():
        for name, awaited in service.depends_on.items():
            assert name in compose.services
            if awaited.condition == "service_healthy":
                assert compose.services[name].healthcheck is not None


def test_the_app_waits_for_a_healthy_server_and_a_loaded_graph(compose: Compose) -> None:
    awaited = {name: depends.condition for name, depends in compose.services["app"].depends_on.items()}

    assert awaited == {"neo4j": "service_healthy", "load": "service_completed_successfully"}


def test_our_services_have_no_more_rights_than_they_need(compose: Compose) -> None:
    assert ours(compose)
    for service in ours(compose).values():
        assert service.read_only and service.cap_drop == ["ALL"]
        assert service.security_opt == ["no-new-privileges:true"]
        assert service.user and not service.user.startswith("0")


def test_only_loopback_is_open(compose: Compose) -> None:
    ports = [port for service in compose.services.values() for port in service.ports]

    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_named_volumes_are_declared_and_files_exist(compose: Compose) -> None:
    origins = {volume.split(":")[0] for service in compose.services.values() for volume in service.volumes}
    assert origins >= set(compose.volumes) and any(origin.startswith(".") for origin in origins)
    for origin in origins:
        assert (ROOT / origin).is_file() if origin.startswith(".") else origin in compose.volumes


def test_the_app_reads_the_records_of_the_refresh_and_cannot_change_them(compose: Compose) -> None:
    home = compose.services["refresh"].environment["HRKB_HOME"]

    assert f"home:{home}" in compose.services["refresh"].volumes
    assert f"home:{home}:ro" in compose.services["app"].volumes


def test_no_secret_stands_in_the_file(compose: Compose) -> None:
    environment = [pair for service in compose.services.values() for pair in service.environment.items()]
    secret = [(name, value) for name, value in environment if re.search("PASSWORD|AUTH|SECRET|TOKEN", name)]
    assert secret
    assert [name for name, value in secret if not (name.endswith("_FILE") and value.startswith("/"))] == []


def test_commands_exist_with_these_options(compose: Compose) -> None:
    for service in ours(compose).values():
        if service.entrypoint is None:
            assert service.command
            name, *options = service.command
            command = hrkb.get_command(click.Context(hrkb), name)
            assert command is not None, name
            known = {option for parameter in command.params for option in parameter.opts}
            assert {option for option in options if option.startswith("--")} <= known


def test_dockerfile_starts_as_an_ordinary_user_with_our_command() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()

    assert 'ENTRYPOINT ["hrkb"]' in lines
    assert lines.index("USER hrkb") < lines.index('ENTRYPOINT ["hrkb"]')
    for line in lines:
        if line.startswith("COPY ") and not line.startswith("COPY . "):
            assert all((ROOT / part).exists() for part in line.split()[1:-1])


def test_server_of_the_deployment_is_the_one_that_the_tests_run(compose: Compose) -> None:
    pom = (ROOT / "kb" / "neo4j_local" / "pom.xml").read_text(encoding="utf-8")
    tested = re.search(r"<neo4j\.version>([\d.]+)<", pom)

    assert tested and compose.services["neo4j"].image == f"neo4j:{tested[1]}-community"


def test_graph_data_science_is_there_only_with_its_profile(compose: Compose) -> None:
    chosen = {name for name, service in compose.services.items() if service.profiles}
    server = compose.services["neo4j-gds"]
    as_variables = {
        "NEO4J_" + name.replace("_", "__").replace(".", "_"): value
        for name, value in settings.read(settings.GDS).items()
    }

    assert chosen == {"neo4j-gds", "load-gds"}
    assert all(compose.services[name].profiles == ["gds"] for name in chosen)
    assert as_variables.items() <= server.environment.items()
    assert server.image == compose.services["neo4j"].image
    assert compose.services["load-gds"].environment["NEO4J_URI"] == "neo4j://neo4j-gds:7687"
    for name, service in compose.services.items():
        if name not in chosen:
            assert not chosen & service.depends_on.keys()
            assert "gds" not in str(service), name
    assert "gds" not in settings.HARDENED.read_text(encoding="utf-8")


def test_no_two_services_share_a_port_or_the_data_of_a_database(compose: Compose) -> None:
    ports = [port.rpartition(":")[0] for service in compose.services.values() for port in service.ports]
    data = [v for service in compose.services.values() for v in service.volumes if v.endswith(":/data")]

    assert len(ports) == len(set(ports))
    assert len(data) == len(set(data)) == 2


def test_password_is_made_once(tmp_path: Path, compose: Compose) -> None:
    entrypoint = compose.services["password"].entrypoint
    assert entrypoint and entrypoint[:3] == ["python", "-m", "kb.engines.neo4j.secret"]
    command = [sys.executable, *entrypoint[1:3], str(tmp_path)]

    subprocess.run(command, check=True, cwd=ROOT)
    first = (tmp_path / "neo4j_password").read_text(encoding="utf-8")
    assert first.isalnum(), "neo4j-admin might take it for an option"
    subprocess.run(command, check=True, cwd=ROOT)

    assert len(first) >= 24
    assert (tmp_path / "neo4j_password").read_text(encoding="utf-8") == first
    assert (tmp_path / "neo4j_auth").read_text(encoding="utf-8") == f"neo4j/{first}"


def test_the_lines_for_graph_data_science_add_it_and_nothing_else() -> None:
    def settings(name: str) -> dict[str, str]:
        lines = (ROOT / "deploy" / name).read_text(encoding="utf-8").splitlines()
        return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))

    plain, opened = settings("neo4j.conf"), settings("gds.conf")

    allowed = "dbms.security.procedures.allowlist"
    assert opened == {allowed: f"{plain[allowed]},gds.*", "dbms.security.procedures.unrestricted": "gds.*"}
    assert opened.keys() <= plain.keys()
