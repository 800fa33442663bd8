"""Practice: what a state does, by measures that are kept apart."""

from __future__ import annotations

from kb.model.scores.entry import Floor, Score

SCORES = (
    Score(
        name="practice_physical",
        label="Practice, physical integrity",
        symbol="P",
        meaning="latent human-rights protection score theta, posterior mean",
        formula="θ of the source",
        floor=Floor(1946, 2021, 0.95),
        unit="theta",
        query="practice-physical",
        rests_on=("LHRS",),
        sd="practice_sd",
        title="Practice: physical integrity (theta, Fariss)",
        short_title="Physical integrity (Fariss)",
        shown=("map", "compare", "beside", "ranking", "panel"),
    ),
    Score(
        name="practice_sd",
        label="Practice, standard deviation",
        meaning="standard deviation of theta",
        formula="standard deviation of θ, of the source",
        floor=Floor(1946, 2021, 0.95),
        unit="theta",
        scale=(0, None),
        query="practice-physical",
        column="sd",
        rests_on=("LHRS",),
        shown=("panel",),
    ),
    Score(
        name="practice_civil",
        label="Practice, civil liberties",
        meaning="V-Dem civil-liberties index",
        formula="index of the source",
        floor=Floor(1946, 2025, 0.85),
        unit="index 0-1",
        scale=(0, 1),
        query="practice-civil",
        rests_on=("VDEM-CIVLIB",),
        title="Practice: civil liberties (0 to 1, V-Dem)",
        short_title="Civil liberties (V-Dem)",
        shown=("map", "compare", "beside", "ranking", "panel"),
    ),
    Score(
        name="practice_terror",
        label="Practice, terror scale",
        meaning="Political Terror Scale, mean of the scales present, reversed: 5 is best",
        formula="6 − mean of the scales present",
        floor=Floor(1976, 2024, 0.85),
        unit="1-5",
        scale=(1, 5),
        query="practice-terror",
        rests_on=("PTS-A", "PTS-H", "PTS-S"),
        title="Practice: terror scale reversed (1 to 5, PTS)",
        short_title="Terror scale, reversed (PTS)",
        shown=("map", "beside", "ranking", "panel"),
    ),
)
