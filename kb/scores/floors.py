"""Where a score is emptier than it is declared to be: an empty component lowers nothing, so nobody would miss it."""

from __future__ import annotations

import pandas as pd

from kb.model.scores import SCORES


def holes(rows: pd.DataFrame) -> list[str]:
    """What is missing in state-years (``year`` and a column per score): one text per score, with its decades below the floor."""
    decade, found = rows["year"] // 10 * 10, []
    for score in SCORES:
        floor = score.floor
        asked = rows["year"].between(floor.first, floor.last)
        filled = rows.loc[asked, score.name].notna().groupby(decade[asked]).mean().to_dict()
        shares = {start: filled.get(start, 0.0) for start in range(floor.first // 10 * 10, floor.last + 1, 10)}
        short = [f"{share:.0%} in the {start}s" for start, share in shares.items() if share < floor.share]
        if short:
            found.append(f"score {score.name}: filled {', '.join(short)}, at least {floor.share:.0%} expected")
    return found
