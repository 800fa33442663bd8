"""The pages, one file each; :func:`pages` finds them, so that a new page is a new file and nothing else."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from ui.page import Page


@cache
def pages() -> tuple[Page, ...]:
    """Every page, in the order of the navigation."""
    modules = (importlib.import_module(f"{__name__}.{m.name}") for m in pkgutil.iter_modules(__path__))
    return tuple(sorted((module.PAGE for module in modules), key=lambda page: page.order))
