"""The code of an INGO: its name in plain letters, so that every source that names it arrives at the same node."""

from __future__ import annotations

from kb.load import names


def ingo_code(name: str) -> str:
    """``International Olympic Committee`` gives ``international-olympic-committee``.

    Acronyms would be shorter, but seventy of them belong to two organizations or more in one sample of the Yearbook.
    """
    return names.fold(name).replace(" ", "-")
