"""The scores of every state-year once more, in plain pandas and numpy, straight from the definitions.

Nothing here is shared with ``queries/`` or ``kb.scores``: only the tables of facts are the same. Slow and simple on purpose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa

LAST = 2025
PROCEDURES = {
    "individual": ["ICCPR-OP1", "ICERD", "CAT", "CEDAW-OP", "CRPD-OP", "CPED", "ICESCR-OP", "CRC-OP-IC", "ICMW"],
    "inter_state": ["ICCPR", "CAT", "CPED"],
    "inquiry": ["CAT", "CEDAW-OP", "CRPD-OP", "CPED"],
    "visits": ["CAT-OP"],
}
BY_TREATY = {
    "decoupling_cat": ("CAT", "VDEM-TORTURE"),
    "decoupling_iccpr": ("ICCPR", "VDEM-CIVLIB"),
    "decoupling_cedaw": ("CEDAW", "VDEM-GENCL"),
    "decoupling_crc": ("CRC", "CIRI-CHILD-P"),
    "decoupling_icescr": ("ICESCR", "HRMI-SERF"),
}
COMPONENTS = ["igo", "igo_centrality", "ingo", "political_globalisation", "machinery"]


def recompute(tables: Mapping[str, pa.Table]) -> pd.DataFrame:
    """Every column of StateYear that is a number or a flag, indexed by (iso3, year)."""
    facts = {name: table.to_pandas() for name, table in tables.items()}
    result = _system(facts)
    _commitment(result, facts)
    _practice(result, facts)
    _integration(result, facts)
    _decoupling(result, facts)
    return result.set_index(["iso3", "year"]).sort_index()


def _system(facts: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    basis = facts["State"].set_index("iso3")["system_basis"]
    found = set()
    for spell in facts["BELONGS_TO"].itertuples():
        counts = spell.end == "system:COW" or (spell.end == "system:UN" and basis[spell.start] == "un")
        if counts:
            found |= {
                (spell.start, y) for y in range(max(1946, int(spell.from_year)), min(LAST, int(spell.to_year)) + 1)
            }
    return pd.DataFrame(sorted(found, key=lambda pair: (pair[1], pair[0])), columns=["iso3", "year"])


class Acts:
    """Who is party to what in a year."""

    def __init__(self, facts: Mapping[str, pd.DataFrame]) -> None:
        ends = facts["State"].set_index("iso3")["system_to"]
        acts = facts["RATIFIED"]
        predecessors = acts[acts["continued_from"].notna()]
        until = {(a.continued_from, a.end, a.date): ends[a.start] for a in predecessors.itertuples()}
        self.joined = defaultdict(list)
        for act in acts.itertuples():
            ended = until.get((act.start, act.end, act.date), 0)
            self.joined[act.start, act.end].append((ended, None) if ended > act.year else (act.year, act.date))
        self.left = defaultdict(list)
        for act in facts["WITHDREW_FROM"].itertuples():
            if act.effect not in ("void", "re-acceded"):
                self.left[act.start, act.end].append((act.year, act.date))

        self.parties = {
            (*pair, year) for pair in self.joined for year in range(1946, LAST + 1) if self._stands(pair, year)
        }

    def party(self, state: str, treaty: str, year: int) -> bool:
        return (state, treaty, year) in self.parties

    def _stands(self, pair: tuple[str, str], year: int) -> bool:
        """Some act of joining up to the year was not followed by an act of leaving up to the year."""
        left = [act for act in self.left[pair] if act[0] <= year]
        return any(not any(self._later(out, act) for out in left) for act in self.joined[pair] if act[0] <= year)

    @staticmethod
    def _later(out: tuple[int, object], act: tuple[int, object]) -> bool:
        if out[0] != act[0] or pd.isna(out[1]) or pd.isna(act[1]):
            return out[0] >= act[0]
        return bool(out[1] > act[1])


def _reservations(facts: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str], list[tuple[float, float, float]]]:
    """By state and treaty: the years each reservation was made, withdrawn and first objected to."""
    treaty = facts["QUALIFIES"].set_index("start")["end"]
    rud = facts["RUD"].set_index("id")
    objected = defaultdict(lambda: np.inf)
    for objection in facts["OBJECTED_TO"].itertuples():
        year = objection.year if not pd.isna(objection.year) else rud["year"][objection.end]
        objected[objection.end] = min(objected[objection.end], 0 if pd.isna(year) else year)
    found = defaultdict(list)
    for entry in facts["ENTERED"].itertuples():
        statement = rud.loc[entry.end]
        if "reservation" in (statement["kind"] or "") and statement["stage"] != "signature":
            made = next((y for y in (statement["year"], entry.year) if not pd.isna(y)), 0)
            gone = np.inf if pd.isna(statement["withdrawn_year"]) else statement["withdrawn_year"]
            found[entry.start, treaty[entry.end]].append((made, gone, objected[entry.end]))
    return found


def _commitment(result: pd.DataFrame, facts: Mapping[str, pd.DataFrame]) -> None:
    acts, reservations = Acts(facts), _reservations(facts)
    opened = facts["Treaty"].set_index("code")["opened"].dropna().astype(int)
    core = [t.code for t in facts["Treaty"].itertuples() if t.core is True]
    signed = facts["SIGNED"].groupby(["start", "end"])["year"].min()
    rows = []
    for state, year in zip(result["iso3"], result["year"], strict=True):
        row: dict[str, float] = {}
        available = [t for t in core if opened[t] <= year]
        if available:
            depths = {t: _depth(acts, reservations, signed, state, t, year) for t in available}
            row["breadth"] = sum(acts.party(state, t, year) for t in available) / len(available)
            row["depth"] = sum(depths.values()) / len(available)
            row |= {column: depths[t] for column, (t, _) in BY_TREATY.items() if acts.party(state, t, year)}
        rows.append(row)
    for name in ("breadth", "depth", *BY_TREATY):
        result[name] = [row.get(name, np.nan) for row in rows]
    result["scrutiny"] = _scrutiny(result, facts, acts, opened)
    result["commitment"] = result[["breadth", "depth", "scrutiny"]].mean(axis=1, skipna=False).round(12)


def _depth(acts: Acts, reservations: dict, signed: pd.Series, state: str, treaty: str, year: int) -> float:
    if not acts.party(state, treaty, year):
        return 0.25 if signed.get((state, treaty), 9999) <= year else 0.0
    standing = [r for r in reservations[state, treaty] if r[0] <= year < r[1]]
    drew = any(objected <= year for _, _, objected in standing)
    return max(0.5, 1 - 0.1 * min(3, len(standing)) - (0.2 if drew else 0))


def _scrutiny(result: pd.DataFrame, facts: Mapping[str, pd.DataFrame], acts: Acts, opened: pd.Series) -> list[float]:
    accepted = defaultdict(list)
    for act in facts["ACCEPTED"].itertuples():
        ended = np.inf if pd.isna(act.ended_year) else act.ended_year
        accepted[act.start, act.end, act.procedure].append((act.year, ended, bool(act.opted_out)))
    migrants = sorted(
        act.year
        for act in facts["ACCEPTED"].itertuples()
        if act.end == "ICMW" and act.procedure == "individual" and not act.opted_out
    )
    since = dict(opened) | {"ICMW": migrants[9] if len(migrants) >= 10 else np.inf}
    values = []
    for state, year in zip(result["iso3"], result["year"], strict=True):
        available = taken = 0
        for procedure, treaties in PROCEDURES.items():
            for treaty in treaties:
                if since[treaty] <= year:
                    available += 1
                    said = [a for a in accepted[state, treaty, procedure] if a[0] <= year < a[1]]
                    yes = not any(a[2] for a in said) if procedure == "inquiry" else any(not a[2] for a in said)
                    taken += yes and acts.party(state, treaty, year)
        values.append(taken / available if available and year >= 1966 else np.nan)
    return values


def _measured(facts: Mapping[str, pd.DataFrame], indicator: str, column: str = "value") -> pd.Series:
    rows = facts["MEASURED"]
    rows = rows[rows["end"] == indicator]
    return rows.set_index(["start", "year"])[column]


def _look_up(result: pd.DataFrame, values: pd.Series) -> np.ndarray:
    return values.reindex(pd.MultiIndex.from_frame(result[["iso3", "year"]])).to_numpy(dtype=float)


def _practice(result: pd.DataFrame, facts: Mapping[str, pd.DataFrame]) -> None:
    result["practice_physical"] = _look_up(result, _measured(facts, "LHRS"))
    result["practice_sd"] = _look_up(result, _measured(facts, "LHRS", "sd"))
    result["practice_civil"] = _look_up(result, _measured(facts, "VDEM-CIVLIB"))
    scales = pd.concat([_measured(facts, f"PTS-{scale}") for scale in "AHS"])
    result["practice_terror"] = _look_up(result, 6 - scales.groupby(level=[0, 1]).mean())


def _pct(result: pd.DataFrame, values: pd.Series) -> pd.Series:
    by_year = values.round(9).groupby(result["year"])  # equal but for the last bits is a tie
    return (by_year.rank() - 0.5) / by_year.transform("count")


def _integration(result: pd.DataFrame, facts: Mapping[str, pd.DataFrame]) -> None:
    members = facts["MEMBER_OF"]
    members = members[(members["status"] == "full") & members["counted_from"].notna()]
    _memberships(result, members)
    counts = _measured(facts, "HJ-INGO"), _measured(facts, "HRO-INGO")
    year = [c.index.get_level_values("year") for c in counts]
    result["ingo_count"] = _look_up(result, pd.concat([counts[0][year[0] < 2000], counts[1][year[1] >= 2000]]))
    result["political_globalisation_raw"] = _look_up(result, _measured(facts, "KOF-PODF"))
    result["machinery_raw"] = _machinery(result, facts)
    for component in COMPONENTS:
        raw = f"{component}_count" if component in ("igo", "ingo") else f"{component}_raw"
        result[component] = _pct(result, result[raw])
    parts = result[COMPONENTS]
    enough = parts.notna().sum(axis=1) >= 2
    left_out = pd.concat([parts.drop(columns=c).mean(axis=1).where(parts[c].notna()) for c in COMPONENTS], axis=1)
    result["integration_n"] = parts.notna().sum(axis=1)
    result["integration"] = parts.mean(axis=1).where(enough)
    result["integration_lo"] = left_out.min(axis=1).where(enough)
    result["integration_hi"] = left_out.max(axis=1).where(enough)


def _memberships(result: pd.DataFrame, members: pd.DataFrame) -> None:
    for year, states in result.groupby("year"):
        now = members[(members["counted_from"] <= year) & (members["counted_to"] >= year)]
        now = now[now["start"].isin(states["iso3"])]
        old = now[now["last_observed"] < year].groupby("start")["last_observed"].min()
        row, column = pd.Index(states["iso3"]).get_indexer(now["start"]), pd.factorize(now["end"])[0]
        member = np.zeros((len(states), len(set(column))))
        member[row, column] = 1
        shared = member @ member.T
        np.fill_diagonal(shared, 0)
        centrality = np.abs(np.linalg.eigh(shared)[1][:, -1])
        result.loc[states.index, "igo_count"] = member.sum(axis=1)
        result.loc[states.index, "igo_last_observed"] = states["iso3"].map(old)
        result.loc[states.index, "igo_centrality_raw"] = (centrality / centrality.max()).round(10)


def _machinery(result: pd.DataFrame, facts: Mapping[str, pd.DataFrame]) -> list[float]:
    seats = {
        (s.start, y)
        for s in facts["SEATED_ON"].itertuples()
        if s.end == "HRC"
        for y in range(int(s.from_year), int(s.to_year) + 1)
    }
    sent = facts["RECOMMENDED"].groupby(["start", "year"])["n"].sum()
    most = sent.groupby("year").max()
    host = facts["HOSTS"].drop_duplicates(["start", "end"]).groupby("end")["start"].agg(list)
    points: dict[tuple[str, int], float] = defaultdict(float)
    for given in facts["ACCREDITED"].itertuples():
        for state in host[given.start]:
            points[state, given.year] = max(points[state, given.year], {"A": 1.0, "B": 0.5}.get(given.status, 0.0))
    covered = {y for _, y in seats} | {y for _, y in points} | set(most.index)
    return [
        (pair in seats)
        + points.get(pair, 0.0)
        + (np.log(1 + sent.get(pair, 0)) / np.log(1 + most[pair[1]]) if pair[1] in most.index else 0.0)
        if pair[1] in covered
        else np.nan
        for pair in zip(result["iso3"], result["year"], strict=True)
    ]


def _decoupling(result: pd.DataFrame, facts: Mapping[str, pd.DataFrame]) -> None:
    def score(promise: str, practice: str) -> pd.DataFrame:
        both = result[[promise, practice]].notna().all(axis=1)
        pair = pd.DataFrame(
            {"c": _pct(result, result[promise].where(both)), "p": _pct(result, result[practice].where(both))}
        )
        return pair.assign(score=pair["c"] - pair["p"])

    default = score("commitment", "practice_physical")
    result[["pct_commitment", "pct_practice", "decoupling"]] = default
    result["decoupling_breadth"] = score("breadth", "practice_physical")["score"]
    result["decoupling_civil"] = score("commitment", "practice_civil")["score"]
    result["decoupling_terror"] = score("commitment", "practice_terror")["score"]
    measures = result[["decoupling", "decoupling_civil", "decoupling_terror"]]
    several = measures.notna().sum(axis=1) >= 2
    result["decoupling_spread"] = (measures.max(axis=1) - measures.min(axis=1)).where(several)
    result["contested"] = ((measures > 0).any(axis=1) & (measures < 0).any(axis=1)).where(several)
    for column, (_, indicator) in BY_TREATY.items():
        practice = pd.Series(_look_up(result, _measured(facts, indicator)), index=result.index)
        result[column] = result[column] - _pct(result, practice)
    result["decoupling_lo"], result["decoupling_hi"] = np.nan, np.nan
    for year, states in result[result["decoupling"].notna()].groupby("year"):
        noise = np.random.default_rng([20040001, year]).standard_normal((1000, len(states)))
        theta = pd.DataFrame(noise * states["practice_sd"].to_numpy() + states["practice_physical"].to_numpy())
        scores = states["pct_commitment"].to_numpy() - (theta.rank(axis=1) - 0.5) / len(states)
        for column, q in (("decoupling_lo", 0.05), ("decoupling_hi", 0.95)):
            result.loc[states.index, column] = scores.quantile(q).to_numpy()
