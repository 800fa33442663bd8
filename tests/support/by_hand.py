"""Answers of the catalogue once more, in plain pandas from the Parquet files of ``data/snapshot``.

Nothing here is shared with ``queries/``, the engines or the build. Each function takes the parameters of a golden case and
gives the rows; a column that it leaves out (names, identifiers of facts) is not compared.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pandas as pd
import yaml
from recompute import Acts

from kb.settings import ROOT

SNAPSHOT = ROOT / "data" / "snapshot"
Rows = pd.DataFrame
_JOINING = ("SIGNED", "RATIFIED", "WITHDREW_FROM")


@cache
def register() -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = yaml.safe_load((ROOT / "data" / "sources.yml").read_text(encoding="utf-8"))
    return found


@cache
def facts(table: str) -> Rows:
    """The rows that all sources state of a label or type, the source believed first at the top."""
    ranks = {
        path.parent.name: register()[path.parent.name]["precedence"] for path in SNAPSHOT.glob(f"*/{table}.parquet")
    }
    parts = [
        pd.read_parquet(SNAPSHOT / s / f"{table}.parquet").assign(source=s)
        for s in sorted(ranks, key=lambda s: (ranks[s], s))
    ]
    return pd.concat(parts, ignore_index=True)


def nodes(label: str, key: str) -> Rows:
    """One row a node: of each property what the source believed first says."""
    return facts(label).groupby(key, as_index=False).first()


@cache
def measured() -> Rows:
    """One value a state, indicator and year, of the source believed first."""
    return facts("MEASURED").drop_duplicates(["start", "end", "year"])


def _of(rows: Rows, wanted: str, column: str) -> Rows:
    return rows if wanted == "all" else rows[rows[column] == wanted]


def _named(rows: Rows, **columns: str) -> Rows:
    """These columns, renamed: new name = old name."""
    return rows[list(columns.values())].set_axis(list(columns), axis=1)


def timeline(kinds: tuple[str, ...], column: str, wanted: str) -> Rows:
    found = [facts(kind).assign(event=kind) for kind in kinds]
    return pd.concat([rows[rows[column] == wanted] for rows in found], ignore_index=True)


def treaty_timeline(treaty: str) -> Rows:
    return _named(
        timeline(_JOINING, "end", treaty), year="year", date="date", iso3="start", event="event", source="source"
    )


def state_timeline(iso3: str) -> Rows:
    found = timeline((*_JOINING, "ACCEPTED", "DEROGATED_FROM"), "start", iso3)
    return _named(found, year="year", date="date", treaty="end", event="event", source="source")


def derogations(iso3: str = "all") -> Rows:
    found = _of(facts("DEROGATED_FROM"), iso3, "start")
    return _named(found, iso3="start", treaty="end", year="year", date="date", articles="articles", source="source")


def procedures_accepted(treaty: str = "all", iso3: str = "all", procedure: str = "all") -> Rows:
    found = _of(_of(_of(facts("ACCEPTED"), treaty, "end"), iso3, "start"), procedure, "procedure")
    same = {name: name for name in ("procedure", "article", "year", "date", "opted_out", "source")}
    return _named(found, treaty="end", iso3="start", ended="ended_year", **same)


def adoption_curve(treaty: str, to_year: int = 2025) -> Rows:
    """Counted state by state and year by year, with who is party as ``recompute`` finds it."""
    states = nodes("State", "iso3")
    acts = Acts({"State": states, "RATIFIED": facts("RATIFIED"), "WITHDREW_FROM": facts("WITHDREW_FROM")})
    basis = states.set_index("iso3")["system_basis"]
    spells = [
        s
        for s in facts("BELONGS_TO").itertuples()
        if s.end == "system:COW" or (s.end == "system:UN" and basis[s.start] == "un")
    ]
    joined = {(a.start, a.year) for a in facts("RATIFIED").itertuples() if a.end == treaty}
    opened = nodes("Treaty", "code").set_index("code")["opened"][treaty]
    rows = []
    for year in range(int(opened), to_year + 1):
        system = {s.start for s in spells if s.from_year <= year <= s.to_year}
        parties = sum(acts.party(state, treaty, year) for state in system)
        rows.append(
            (year, sum((state, year) in joined for state in system), parties, len(system), parties / len(system))
        )
    return pd.DataFrame(rows, columns=["year", "joined", "parties", "states", "share"])


def _statements(treaty: str) -> Rows:
    """Statements on a treaty with how many objections each drew."""
    about = facts("QUALIFIES").rename(columns={"start": "id", "end": "treaty"})[["id", "treaty"]]
    rows = facts("RUD").drop(columns="source").merge(_of(about, treaty, "treaty"), on="id")
    return rows.assign(objections=rows["id"].map(facts("OBJECTED_TO")["end"].value_counts()).fillna(0).astype(int))


def ruds_by_decade(treaty: str = "all") -> Rows:
    rows = _statements(treaty)
    marks = rows.assign(
        decade=rows["year"] // 10 * 10,
        statements=1,
        reservations=rows["kind"].str.contains("reservation", regex=False).astype(int),
        withdrawn=rows["withdrawn_year"].notna().astype(int),
        objected=(rows["objections"] > 0).astype(int),
    )
    counted = ["statements", "reservations", "withdrawn", "objected"]
    return marks.groupby("decade", dropna=False)[counted].sum().reset_index()


def objections(treaty: str = "all") -> Rows:
    about = _statements(treaty)[["id", "treaty"]]
    made = facts("ENTERED")[["start", "end"]].set_axis(["target", "id"], axis=1)
    found = facts("OBJECTED_TO").drop(columns="source").rename(columns={"start": "objector", "end": "rud"})
    found = found.merge(about.merge(made, on="id"), left_on="rud", right_on="id")
    return found[["rud", "treaty", "target", "objector", "year", "date", "basis"]]


def objection_pairs(treaty: str = "all") -> Rows:
    pairs = objections(treaty).groupby(["objector", "target"])
    found = pairs.agg(
        statements=("rud", "nunique"),
        treaties=("treaty", "nunique"),
        first_year=("year", "min"),
        last_year=("year", "max"),
    )
    return found.reset_index()


def objections_until(year: int = 2025) -> Rows:
    found = objections()
    pairs = found[found["year"] <= year].groupby(["objector", "target"])
    return pairs.agg(statements=("rud", "nunique"), last_year=("year", "max")).reset_index()


def council_seats(iso3: str = "all") -> Rows:
    same = {name: name for name in ("from_year", "to_year", "suspended_from", "source")}
    return _named(_of(facts("SEATED_ON"), iso3, "start"), iso3="start", **same)


def succession() -> Rows:
    return _named(facts("SUCCEEDED"), iso3="start", predecessor="end", year="year", kind="kind", source="source")


def reference_groups(iso3: str) -> Rows:
    same = {name: name for name in ("from_year", "to_year", "share", "source")}
    return _named(_of(facts("BELONGS_TO"), iso3, "start"), group="end", **same)


def accreditation_history(iso3: str = "all") -> Rows:
    hosts = facts("HOSTS")[["start", "end"]].drop_duplicates().set_axis(["iso3", "site"], axis=1)
    given = facts("ACCREDITED").rename(columns={"start": "site", "end": "body"})
    return _of(hosts, iso3, "iso3").merge(given, on="site")[["iso3", "site", "year", "status", "body", "source"]]


def ingo_ties(iso3: str = "all", ingo: str = "all") -> Rows:
    found = _of(_of(facts("TIED_TO"), iso3, "start"), ingo, "end")
    same = {name: name for name in ("kind", "from_year", "to_year", "first_observed", "last_observed", "source")}
    return _named(found, iso3="start", ingo="end", **same)


def organization_growth(io: str, from_year: int = 1946, to_year: int = 2025) -> Rows:
    """Only for an organization of one source that states whole spells: no precedence between sources is needed."""
    spells = facts("MEMBER_OF")[lambda rows: rows["end"] == io]
    assert set(spells["source"]) == {"cow-igo"} and spells["to_year"].notna().all()
    members: dict[int, int] = defaultdict(int)
    carried: dict[int, int] = defaultdict(int)
    for spell in spells[spells["status"] == "full"].itertuples():
        for year in range(max(from_year, int(spell.from_year)), min(to_year, int(spell.to_year)) + 1):
            members[year] += 1
            carried[year] += spell.last_observed < year
    return pd.DataFrame(
        [(y, members[y], carried[y]) for y in range(from_year, to_year + 1)], columns=["year", "members", "carried"]
    )


def borders_of_a_year(year: int = 2016) -> Rows:
    found = facts("BORDERS")[lambda rows: (rows["from_year"] <= year) & (rows["to_year"] >= year)]
    pairs = {(min(b.start, b.end), max(b.start, b.end), b.kind) for b in found.itertuples()}
    return pd.DataFrame(sorted(pairs), columns=["first", "second", "kind"])


def recommendations_until(year: int = 2025) -> Rows:
    found = facts("RECOMMENDED")[lambda rows: rows["year"] <= year].groupby(["start", "end"])[["n", "accepted"]].sum()
    return found.reset_index().set_axis(["sender", "receiver", "recommendations", "accepted"], axis=1)


def peer_review(iso3: str) -> Rows:
    found = facts("RECOMMENDED")[lambda rows: (rows["start"] == iso3) | (rows["end"] == iso3)]
    sent = found["start"] == iso3
    found = found.assign(
        role=sent.map({True: "sent", False: "received"}), other=found["end"].where(sent, found["start"])
    )
    pairs = found.groupby(["role", "other"])
    return pairs.agg(
        recommendations=("n", "sum"),
        accepted=("accepted", "sum"),
        first_year=("year", "min"),
        last_year=("year", "max"),
    ).reset_index()


def indicator_map(indicator: str, year: int = 2021) -> Rows:
    found = measured()[lambda rows: (rows["end"] == indicator) & (rows["year"] == year)]
    return _named(found, iso3="start", value="value", sd="sd", lo="lo", hi="hi", source="source")


def _values(indicator: str) -> Rows:
    return measured()[measured()["end"] == indicator]


def practice_physical() -> Rows:
    return _named(_values("LHRS"), iso3="start", year="year", value="value", sd="sd")


def practice_civil() -> Rows:
    return _named(_values("VDEM-CIVLIB"), iso3="start", year="year", value="value")


def practice_terror() -> Rows:
    scales = measured()[measured()["end"].isin(["PTS-A", "PTS-H", "PTS-S"])].groupby(["start", "year"])["value"]
    found = scales.agg(["mean", "size"]).reset_index()
    return pd.DataFrame(
        {"iso3": found["start"], "year": found["year"], "value": 6 - found["mean"], "scales": found["size"]}
    )


def ingo_counts() -> Rows:
    older, newer = _values("HJ-INGO"), _values("HRO-INGO")
    found = pd.concat([older[older["year"] <= 1999], newer[newer["year"] >= 2000]])
    return _named(found, iso3="start", year="year", value="value", indicator="end")


def political_globalisation() -> Rows:
    (indicator,) = set(facts("MEASURED")[lambda rows: rows["source"] == "kof-2024"]["end"])
    return _named(_values(indicator), iso3="start", year="year", value="value")


def editions(indicator: str, from_year: int = 2000, to_year: int = 9999) -> Rows:
    """Each value that a source of worse rank states beside the current one."""
    every = facts("MEASURED")[lambda rows: (rows["end"] == indicator) & rows["year"].between(from_year, to_year)]
    now = every.drop_duplicates(["start", "year"])
    before = every.drop(now.index)
    both = before.merge(now, on=["start", "year"], suffixes=("_before", ""))
    found = both.assign(difference=both["value"] - both["value_before"], iso3=both["start"])
    return found[["iso3", "year", "value", "source", "value_before", "source_before", "difference"]]


def sources() -> Rows:
    wanted = (
        "name",
        "publisher",
        "url",
        "licence",
        "redistributable",
        "citation",
        "coverage",
        "as_of",
        "cadence",
        "precedence",
    )
    there = [path.parent.name for path in SNAPSHOT.glob("*/load.json")]
    return pd.DataFrame([{"code": code, **{name: register()[code][name] for name in wanted}} for code in there])


def loads() -> Rows:
    wanted = ("source", "rows_in", "rows_loaded", "rows_quarantined", "rows_dropped")
    records = [json.loads(path.read_text(encoding="utf-8")) for path in SNAPSHOT.glob("*/load.json")]
    return pd.DataFrame([{name: record[name] for name in wanted} for record in records])


def contents() -> Rows:
    counted = {
        "states": len(nodes("State", "iso3")), "treaties": len(nodes("Treaty", "code")), "statements": len(nodes("RUD", "id")),
        "objections": len(facts("OBJECTED_TO")), "ratifications": len(facts("RATIFIED")), "organizations": len(nodes("IO", "code")),
        "memberships": len(facts("MEMBER_OF")), "ingos": len(nodes("INGO", "code")), "receptor_sites": len(nodes("ReceptorSite", "id")),
        "indicators": len(nodes("Indicator", "code")), "measurements": len(measured()), "sources": len(sources()),
    }  # fmt: skip
    return pd.DataFrame([counted])


#: The queries whose golden answers are checked, every case of each, and how.
CHECKED: Mapping[str, Callable[..., Rows]] = {
    made.__name__.replace("_", "-"): made
    for made in (
        treaty_timeline, state_timeline, derogations, procedures_accepted, adoption_curve,
        ruds_by_decade, objections, objection_pairs, objections_until,
        council_seats, succession, reference_groups, accreditation_history,
        ingo_ties, organization_growth, borders_of_a_year, recommendations_until, peer_review,
        indicator_map, practice_physical, practice_civil, practice_terror, ingo_counts, political_globalisation,
        editions, sources, loads, contents,
    )
}  # fmt: skip
