"""``hrkb serve`` as a user runs it: from any folder, ready when it answers, gone with Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import small

from kb.versions.home import Version


def test_the_app_is_served_from_any_folder_until_ctrl_c(
    built: Version, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    process = small.start(Path(os.path.relpath(built.folder.parent.parent)), "serve", "--port", port)
    health = answer(f"http://127.0.0.1:{port}/_stcore/health", process)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=60)

    assert health == "ok", errors
    assert f"http://127.0.0.1:{port}" in out
    assert "usage statistics" not in out, "the project's settings were not found"
    assert not any(word in errors for word in ("Traceback", "No runtime", "ScriptRunContext"))


def answer(address: str, process: subprocess.Popen[str]) -> str:
    """What the address answers once somebody is there."""
    while process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as page:
                return str(page.read().decode())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return "nothing"
