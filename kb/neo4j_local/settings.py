"""The configuration of a server on this machine: the hardened one of the deployment, and what differs here."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kb import files
from kb.errors import EngineError
from kb.settings import ROOT

HARDENED = ROOT / "deploy" / "neo4j.conf"
#: What lets the procedures of Graph Data Science through; never part of the configuration unless somebody asks for it.
GDS = ROOT / "deploy" / "gds.conf"
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Ports:
    """Where the server listens on the loopback address; ``http`` None: no HTTP, and so no Neo4j Browser."""

    bolt: int
    http: int | None = None

    @classmethod
    def free(cls) -> Ports:
        """A free port for Bolt, and no HTTP: for tests."""
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            return cls(int(probe.getsockname()[1]))

    def need_free(self) -> None:
        """Raises :class:`EngineError` naming the port that somebody else listens on."""
        if self.bolt == self.http:
            raise EngineError(f"Bolt and HTTP cannot both have port {self.bolt}", "choose another for one of them")
        for name, port in (("Bolt", self.bolt), ("HTTP", self.http)):
            if port is None:
                continue
            with socket.socket() as probe:
                # As the server will: connections that linger after their end are nobody who listens.
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                try:
                    probe.bind((HOST, port))
                except (OSError, OverflowError) as error:
                    option = f"{name.upper()}_PORT"
                    raise EngineError(
                        f"port {port}, for {name}, is not free: {getattr(error, 'strerror', None) or error}",
                        f"stop what listens there, or choose another: make neo4j {option}=NUMBER"
                        f" (hrkb neo4j --{name.lower()}-port NUMBER)",
                    ) from error


def read(path: Path) -> dict[str, str]:
    """The settings in a configuration file, in its order."""
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def local(ports: Ports, *, gds: bool = False) -> dict[str, str]:
    """Every setting of a server on this machine: hardened, on the loopback address, with Browser where it has HTTP.

    With ``gds``, the procedures of Graph Data Science are let through as ``deploy/gds.conf`` says.
    """
    settings = {
        **read(HARDENED),
        "server.default_listen_address": HOST,
        "server.bolt.enabled": "true",
        "server.bolt.listen_address": f"{HOST}:{ports.bolt}",
        "server.bolt.advertised_address": f"{HOST}:{ports.bolt}",
    }
    if ports.http is not None:
        settings |= {
            "server.http.enabled": "true",
            "server.http.listen_address": f"{HOST}:{ports.http}",
            "server.http.advertised_address": f"{HOST}:{ports.http}",
        }
    return settings | (read(GDS) if gds else {})


def write(path: Path, settings: Mapping[str, str]) -> None:
    """Write a configuration file; each setting once, for the server refuses one that stands there twice."""
    files.write(path, "".join(f"{name}={value}\n" for name, value in settings.items()))
