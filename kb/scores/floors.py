"""The check that every score is as full as it is declared to be: an empty component lowers nothing, so nobody would miss it."""

from __future__ import annotations

import pandas as pd

from kb.catalogue.queries import catalogue
from kb.engines.base import Engine
from kb.errors import CheckError
from kb.model.scores import SCORES


def check(engine: Engine) -> None:
    """Every declared score reaches its floor. Raises :class:`CheckError` naming those that do not, with the decade."""
    found = holes(catalogue()["scores-and-components"].run(engine).to_pandas())
    if found:
        raise CheckError(
            f"scores have holes: {'; '.join(found)}",
            "a source of theirs is missing or was cut, or their query finds nothing: see `hrkb quarantine`; where it is right, "
            "declare a lower floor in kb/model/scores",
        )


def holes(rows: pd.DataFrame) -> list[str]:
    """What is missing in state-years (``year`` and a column per score): one text per score and decade below its floor."""
    decade, found = rows["year"] // 10 * 10, []
    for score in SCORES:
        floor = score.floor
        asked = rows["year"].between(floor.first, floor.last)
        filled = rows.loc[asked, score.name].notna().groupby(decade[asked]).mean().to_dict()
        for start in range(floor.first // 10 * 10, floor.last + 1, 10):
            share = filled.get(start, 0.0)
            if share < floor.share:
                found.append(f"{score.name} has {share:.0%} of its values in the {start}s, not {floor.share:.0%}")
    return found
