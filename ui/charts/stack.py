"""Counts by year and category, one on top of the other."""

from __future__ import annotations

import altair as alt
import pandas as pd

from ui.charts import palette
from ui.charts.figures import Chart


def filled(counts: pd.Series, number: str) -> pd.DataFrame:
    """Rows of year, category and ``number`` from a count by (year, category): where nothing was counted, there are none."""
    if counts.empty:
        return pd.DataFrame(columns=["year", "category", number])
    wide = counts.unstack(fill_value=0)
    years = pd.RangeIndex(int(wide.index.min()), int(wide.index.max()) + 1, name="year")
    wide = wide.reindex(years, fill_value=0).reset_index()
    return wide.melt(id_vars="year", var_name="category", value_name=number)


def chart(number: str, colours: tuple[tuple[str, str], ...]) -> Chart:
    """Steps by year from the data set ``counts`` (see :func:`filled`); ``colours`` pairs each category with its colour."""
    order = {name: place for place, (name, _) in enumerate(colours)}
    drawn: alt.Chart = (
        alt.Chart(alt.NamedData("counts"))
        .transform_calculate(place=f"{order}[datum.category]")
        .mark_area(interpolate="step-after", opacity=1)
        .encode(
            x=alt.X("year:Q", title=None, axis=alt.Axis(format="d"), scale=alt.Scale(nice=False, zero=False)),
            y=alt.Y(f"{number}:Q", title=number, stack="zero"),
            color=alt.Color(
                "category:N",
                title=None,
                scale=alt.Scale(domain=list(order), range=[hue for _, hue in colours]),
                legend=palette.legend(list(order)),
            ),
            order=alt.Order("place:Q"),
            tooltip=[alt.Tooltip("year:Q", format="d"), "category:N", f"{number}:Q"],
        )
        .properties(width="container", height=240)
    )
    return drawn
