"""The pages, by section: each is a file, or a folder with its ``page.py``. :func:`pages` finds them, so that a new page is a
new file and nothing else.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache

from ui.view.page import Page


@cache
def pages() -> tuple[Page, ...]:
    """Every page, in the order of the navigation."""
    modules = (importlib.import_module(name) for name in _modules())
    return tuple(sorted((module.PAGE for module in modules), key=lambda page: page.order))


def _modules() -> Iterator[str]:
    for section in pkgutil.iter_modules(__path__, f"{__name__}."):
        for found in pkgutil.iter_modules(importlib.import_module(section.name).__path__, f"{section.name}."):
            yield f"{found.name}.page" if found.ispkg else found.name
