"""The nine questions that people come with, asked of the app on the embedded graph."""

import io
import zipfile

from browsing import Visit
from questions import *  # noqa: F403
from questions import downloaded


def test_the_whole_graph_can_be_taken_away(visit: Visit) -> None:
    page = visit("data?part=graph")

    button = page.get_by_role("button", name="Parquet (ZIP)")
    with zipfile.ZipFile(io.BytesIO(downloaded(page, button.click, timeout=180_000))) as packed:
        assert {"parquet/State.parquet", "parquet/sources.csv", "parquet/README.md"} <= set(packed.namelist())
