"""Two thousand damaged inputs over all loaders: every row is accounted for, or the file is refused with a word.

Each source's files, the small ones of the repository and the publishers', are shortened to a piece that is quick to read, then damaged in one of the ways in which files
get damaged. A loader may load, drop or quarantine a row, or refuse the file with :class:`kb.errors.InputError`; it may not
lose a row, stumble, or take in what the model does not allow.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.errors import InputError
from kb.facts.fact import Fact
from kb.load import register
from kb.load.raw import RawFolder
from loaders.treaties import untc
from loaders.treaties.untc import treaties
from loaders.treaties.untc.procedures import derogations

pytestmark = pytest.mark.long

#: All in all a thousand of either kind of files, spread over the sources.
MUTANTS = 1000
SOURCES = sorted(register.register())
PER_SOURCE = -(-MUTANTS // len(SOURCES))
#: Lines kept of a table, beside its header; a page keeps everything, its structure is what is damaged.
LINES = 25
#: Lists that other sources are read against: shortened, nothing would match.
WHOLE = frozenset(
    {"state-system-cow-gw", "cow-igo-v3/igo_directory_534.csv", "undp-sdg16-nhri/nhri_status_undp_wide.csv"}
)


class Counting(RawFolder):
    """Counts the records of every table by itself, beside the loader's own account."""

    records = 0

    def csv(self, name: str, *given: Any, **more: Any) -> Iterator[Fact]:
        text = self.text(name, more.get("encoding", "utf-8-sig")).replace("\r\n", "\n").replace("\r", "\n")
        lines = csv.reader(io.StringIO(text), delimiter=more.get("delimiter", ","))
        self.records += sum(1 for cells in lines if cells) - 1
        yield from super().csv(name, *given, **more)


def lines_of(content: bytes) -> list[bytes]:
    return content.split(b"\n")


def cut_line(content: bytes, chance: random.Random) -> bytes:
    lines = lines_of(content)
    at = chance.randrange(len(lines))
    return b"\n".join([*lines[:at], lines[at][: len(lines[at]) // 2], *lines[at + 1 :]])


def drop_line(content: bytes, chance: random.Random) -> bytes:
    lines = lines_of(content)
    del lines[chance.randrange(len(lines))]
    return b"\n".join(lines)


def repeat_line(content: bytes, chance: random.Random) -> bytes:
    lines = lines_of(content)
    at = chance.randrange(len(lines))
    return b"\n".join([*lines[:at], lines[at], *lines[at:]])


def swap_lines(content: bytes, chance: random.Random) -> bytes:
    lines = lines_of(content)
    a, b = (chance.randrange(len(lines)) for _ in range(2))
    lines[a], lines[b] = lines[b], lines[a]
    return b"\n".join(lines)


def flip_byte(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def cut_file(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def other_digits(content: bytes, chance: random.Random) -> bytes:
    places = [i for i, byte in enumerate(content) if chr(byte).isdigit()]
    found = bytearray(content)
    for at in chance.sample(places, min(len(places), 5)):
        found[at] = ord(str(chance.randrange(10)))
    return bytes(found)


def strange_cells(content: bytes, chance: random.Random) -> bytes:
    """Some cells of a line become what no publisher meant."""
    lines = lines_of(content)
    at = chance.randrange(1, len(lines)) if len(lines) > 1 else 0
    mark = next((m for m in (b",", b";", b"\t") if m in lines[at]), b",")
    cells = lines[at].split(mark)
    strange = (b"", b"NA", b"-1", b"1e400", b"NaN", b"2026-02-30", b"31 Smarch 1999", b'"', "Côte d’Ivoire".encode(),
               b"0x10", b"9" * 40, b"\x00", b"<b>", b"=1+1", b"True", b" ", b"1990.5", b"-0")  # fmt: skip
    for _ in range(2):
        cells[chance.randrange(len(cells))] = chance.choice(strange)
    return b"\n".join([*lines[:at], mark.join(cells), *lines[at + 1 :]])


def other_header(content: bytes, chance: random.Random) -> bytes:
    header, *lines = lines_of(content)
    mark = next((m for m in (b";", b"\t", b",") if m in header), b",")
    names = header.split(mark)
    names[chance.randrange(len(names))] = b"renamed"
    return b"\n".join([mark.join(names), *lines])


DAMAGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    cut_line,
    drop_line,
    repeat_line,
    swap_lines,
    flip_byte,
    cut_file,
    other_digits,
    strange_cells,
    strange_cells,
    strange_cells,
    other_header,
)


def unpack(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def pack(path: Path, content: bytes) -> None:
    path.write_bytes(gzip.compress(content, 1) if path.suffix == ".gz" else content)


def read_files(source: register.Source, root: Path) -> list[str]:
    """The files that the loader reads, by its own record of their digests; those beside its folder left out."""
    raw = RawFolder(root / source.raw, source.code)
    for _ in source.load(raw):
        pass
    return sorted(name for name in raw.report.digests if not name.startswith(".."))


def shorten(path: Path, chance: random.Random) -> None:
    """Keep the header and some lines of a table, so that a mutant is read in no time."""
    content = unpack(path)
    if ".csv" in path.name or ".txt" in path.name:
        # Every byte has a letter in Latin-1: whatever the encoding, the bytes stay as they were.
        text = content.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
        delimiter = max(",;\t", key=text.partition("\n")[0].count)
        header, *records = csv.reader(io.StringIO(text), delimiter=delimiter)
        kept = sorted(chance.sample(range(len(records)), min(LINES, len(records))))
        short = io.StringIO()
        csv.writer(short, delimiter=delimiter, lineterminator="\n").writerows([header, *(records[i] for i in kept)])
        pack(path, short.getvalue().encode("latin-1"))
    elif ".json" in path.name and isinstance(items := json.loads(content), list):
        pack(path, json.dumps(items[:LINES]).encode())


@pytest.fixture
def shortened(request: pytest.FixtureRequest, either_root: Path, tmp_path: Path) -> tuple[Path, list[str]]:
    """A folder of raw files in which those of one source are short, and the names of the files that it reads."""
    source = register.source(request.param)
    for folder in either_root.iterdir():
        if folder.name != source.raw:
            (tmp_path / folder.name).symlink_to(folder)
    shutil.copytree(either_root / source.raw, tmp_path / source.raw, copy_function=shutil.copyfile)
    chance = random.Random(request.param)
    for path in sorted((tmp_path / source.raw).rglob("*")):
        whole = {source.raw, f"{source.raw}/{path.relative_to(tmp_path / source.raw).as_posix()}"}
        if path.is_file() and path.name != "SOURCE.md" and not whole & WHOLE:
            shorten(path, chance)
    return tmp_path, read_files(source, tmp_path)


def examine(source: register.Source, root: Path) -> str:
    """Read one mutant. Returns what became of it; anything but a full account or a refusal is an error."""
    raw = Counting(root / source.raw, source.code)
    try:
        facts = list(source.load(raw))
    except InputError as refusal:
        assert refusal.problem and refusal.remedy
        return "refused"
    raw.report.check()
    assert raw.report.rows >= raw.records, f"{raw.records} records in the tables, {raw.report.rows} accounted for"
    assert all(q.line > 0 and q.reason for q in raw.report.quarantined)
    return "read" if facts else "empty"


READ = [s for s in SOURCES if s != "untc-2026"]


@pytest.mark.parametrize("shortened", READ, indirect=True, ids=str)
def test_no_row_of_a_damaged_file_is_unaccounted_for(
    shortened: tuple[Path, list[str]], request: pytest.FixtureRequest
) -> None:
    root, files = shortened
    source = register.source(request.node.callspec.params["shortened"])
    chance = random.Random(f"{source.code} mutants")
    found = []
    for number in range(PER_SOURCE):
        path = root / source.raw / chance.choice(files)
        good = path.read_bytes()
        damage = chance.choice(DAMAGES)
        pack(path, damage(unpack(path), chance))
        try:
            found.append(examine(source, root))
        except Exception as error:
            error.add_note(f"mutant {number} of {source.code}: {path.name}, {damage.__name__}")
            raise
        finally:
            path.write_bytes(good)
    assert "read" in found, "every mutant was refused whole: nothing was tested"


def test_no_row_of_a_damaged_page_is_unaccounted_for(
    either_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The depositary's smallest page in place of all eighteen."""
    source = register.source("untc-2026")
    only = next(i for i in untc.INSTRUMENTS if i.code == "CRC-OP-IC")
    monkeypatch.setattr(untc, "INSTRUMENTS", (only,))
    monkeypatch.setattr(derogations, "TREATY", only.code)
    path = tmp_path / source.raw / treaties.file_name(only)
    path.parent.mkdir(parents=True)
    good = unpack(either_root / source.raw / treaties.file_name(only))
    chance = random.Random("pages")
    found = []
    for number in range(PER_SOURCE):
        damage = chance.choice(DAMAGES)
        pack(path, damage(good, chance))
        try:
            found.append(examine(source, tmp_path))
        except Exception as error:
            error.add_note(f"mutant {number} of the page: {damage.__name__}")
            raise
    assert set(found) == {"read", "refused"}
