"""Ctrl-C is for whoever started the work: the processes at work never see it, not even the first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from kb import workers

SCRIPT = """
import signal
from kb import workers

def work(item, tell):
    return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])

if __name__ == "__main__":
    print(list(workers.run(work, [1, 2, 3], print, processes=2)))
"""


def test_ctrl_c_reaches_no_process_at_work(tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(SCRIPT)  # a process of its own: nothing has been started in it before

    done = subprocess.run(
        [sys.executable, tmp_path / "script.py"],
        env={"PYTHONPATH": str(Path(workers.__file__).parents[1])},
        capture_output=True,
        text=True,
    )

    assert (done.stdout, done.stderr) == ("[True, True, True]\n", "")
