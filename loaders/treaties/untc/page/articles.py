"""Which articles of its treaty a text names: "article 16, paragraph 1 (c)" and "paragraph 1 (c) of article 16" alike.

References come out as "16 (1) (c)", in the order of the treaty. A reference to another instrument (a constitution, a
code, another convention) is left out, and so is a number beyond the treaty's last article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from loaders.treaties.untc.instruments import LAST_ARTICLE

_MARK = r"\(\s*[0-9a-z]{1,4}\s*\)"
_JOIN = r"\s*(?:,\s*and\b|,|\band\b|\bor\b|&|\bas well as\b)\s*"
_MARKS = rf"{_MARK}(?:(?:{_JOIN}|\s*){_MARK})*"
_NUMBER = r"\d{1,2}(?![\d/])"
_PARAGRAPH = r"(?:para(?:graph)?e?s?\.?)"
_PARAGRAPH_LIST = rf"(?:{_NUMBER}|{_MARK})(?:\s*{_MARKS})?(?:{_JOIN}(?:{_NUMBER}|{_MARK})(?:\s*{_MARKS})?)*"
_ARTICLE = r"\bart(?:icle)?s?\b\.?"
#: "sub-paragraph (c) of paragraph 1 of article 16", "paragraphs 1 and 2 of article 9", "sub-paragraph (b) of article 25".
_BACKWARD = re.compile(
    rf"(?:sub-?\s?paragraphs?\s+(?P<marks>{_MARKS})\s+(?:of|in)\s+(?:the\s+)?)?"
    rf"(?:(?:sub-?\s?)?{_PARAGRAPH}\s+(?P<paragraphs>{_PARAGRAPH_LIST})\s*,?\s*(?:of|in|under)\s+)"
    rf"(?:the\s+)?{_ARTICLE}\s+(?P<article>{_NUMBER})"
    rf"|sub-?\s?paragraphs?\s+(?P<marks2>{_MARKS})\s*,?\s*(?:of|in)\s+(?:the\s+)?{_ARTICLE}\s+(?P<article2>{_NUMBER})",
    re.IGNORECASE,
)
#: A slip some texts share: "paragraph 16 (c) and (d) of the Convention".
_AS_ARTICLE = re.compile(rf"(?<=\bof )paragraphs?\s+(?={_NUMBER}\s*(?:{_MARKS})?\s+of the (?:Convention|Covenant)\b)")
_FORWARD = re.compile(rf"(?P<word>{_ARTICLE})\s*(?=\d)", re.IGNORECASE)
_ROMAN = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"})

#: What owns an article: "of the Penal Code". "To the extent that", "in consonance with" and a verb name no owner.
_OWNER = re.compile(
    r"[\s,]*(?:\([^)]*\)\s*)?(?:thereof\s+)?(?:of|in|under|to)\s+"
    r"(?!(?:the extent|consonance|conformity|accordance|line|so far|a manner|view|the light)\b)"
    r"((?:(?!\b(?:shall|will|may|should|is|are|was|were)\b)[^.;:]){0,90})"
)
_FOREIGN = re.compile(
    r"(?i)\b(constitution\w*|codes?|laws?|act|acts|decrees?|charter|statute|regulations?|ordinance|declaration|vienna|"
    r"european|american|geneva|rome|law of treaties|fundamental freedoms|penal|civil code|agreement|rules?|"
    r"universal|labour|amendment|resolution|treaty of|directive|edict)\b"
)
_FOREIGN_BEFORE = re.compile(
    r"(?i)\b(?:code|constitution|law|act|charter|decree)(?:(?: \(?no\.? ?\d+\)?)?,?|\b(?:(?!Covenant\b|Convention\b)[^.;:]){0,160}\bits) $"
)
_OWN = re.compile(r"\b(?:Convention|Covenant|Protocol|Treaty)\b")
#: A number in brackets of its own, and a plural left open: "Article (23)", "Article [24]", "article(s) 20 and 21".
_BRACKETED = re.compile(r"(?i)\b(articles?)\s*(?:\((\d{1,2})\)|\[(\d{1,2})\])")
_PLURAL_LEFT_OPEN = re.compile(r"(?i)\b(article)\(s\)")


@dataclass(frozen=True)
class _Reference:
    """An article with its paragraph and letters, outermost first: ("16", "1", "c")."""

    path: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join([self.path[0], *(f"({part})" for part in self.path[1:])])

    @property
    def order(self) -> tuple[tuple[int, str], ...]:
        return tuple((int(p) if p.isdigit() else 0, p) for p in self.path)


def named(text: str, treaty: str) -> tuple[str, ...]:
    """The articles of ``treaty`` that ``text`` names, each once, in the order of the treaty."""
    lines = (_plainly(line) for line in text.split("\n"))
    references = (r for line in lines for r in _references(line, treaty))
    found = {r for r in references if 0 < int(r.path[0]) <= LAST_ARTICLE[treaty]}
    return tuple(str(r) for r in sorted(found, key=lambda r: r.order))


def _plainly(line: str) -> str:
    """A line with its slips and bracketed article numbers in the usual form."""
    line = _PLURAL_LEFT_OPEN.sub(r"\1s", " ".join(line.split()))
    line = _BRACKETED.sub(lambda m: f"{m[1]} {m[2] or m[3]}", line)
    return _AS_ARTICLE.sub("article ", line)


def number(reference: str) -> str:
    """The article alone: "16 (1) (c)" gives "16"."""
    return reference.split(" ", 1)[0]


def _references(text: str, treaty: str) -> Iterator[_Reference]:
    """Read the references from left to right; those joined by a comma or "and" share the instrument named after them."""
    group: list[_Reference] = []
    end = position = 0
    while found := _next(text, position):
        if group and not re.fullmatch(
            r"[\s,;]*(?:and|or|as well as)?(?: to| with regard to| of)?\s*", text[end : found.start()]
        ):
            if _ours(text[end:], treaty):
                yield from group
            group = []
        references, end = _read(text, found)
        if not _FOREIGN_BEFORE.search(text[: found.start()]):
            group += references
        position = max(end, found.end())
    if _ours(text[end:], treaty):
        yield from group


def _next(text: str, position: int) -> re.Match[str] | None:
    backward, forward = _BACKWARD.search(text, position), _FORWARD.search(text, position)
    if backward and (forward is None or backward.start() <= forward.start()):
        return backward
    return forward


def _read(text: str, found: re.Match[str]) -> tuple[list[_Reference], int]:
    if found.re is _FORWARD:
        return _Reader(text, found.end(), plural=found["word"].lower().rstrip(".").endswith("s")).items()
    if found["article2"]:
        return [_Reference(p) for p in _under((found["article2"],), found["marks2"])], found.end()
    paths = _paragraphs((found["article"],), found["paragraphs"])
    if found["marks"]:
        paths = [deeper for path in paths for deeper in _under(path, found["marks"])]
    return [_Reference(p) for p in paths], found.end()


def _under(path: tuple[str, ...], marks: str) -> list[tuple[str, ...]]:
    """The paths below ``path`` that a run of marks means: (1) (c), (d) under 16 gives 16 1 c and 16 1 d."""
    done: list[tuple[str, ...]] = []
    current, depth = path, 0
    for mark in re.findall(r"\(\s*([0-9a-z]{1,4})\s*\)", marks.lower()):
        level = _level(mark, current[len(path) :])
        if done and level > depth:
            done.pop()
        kept = current[: len(path)] + tuple(p for p in current[len(path) :] if _rank(p, current) < level)
        current, depth = (*kept, mark), level
        done.append(current)
    return done


def _rank(part: str, path: tuple[str, ...]) -> int:
    return _level(part, path[: path.index(part)][1:])


def _level(mark: str, above: tuple[str, ...]) -> int:
    """1 for a paragraph's number, 2 for a letter, 3 for a small roman numeral under a letter."""
    if mark.isdigit():
        return 1
    letter = next((p for p in above if p.isalpha()), None)
    if mark in _ROMAN and letter and not (len(mark) == 1 and ord(mark) == ord(letter[0]) + 1):
        return 3
    return 2


def _paragraphs(article: tuple[str, ...], listed: str) -> list[tuple[str, ...]]:
    """The paths that a list of paragraphs under an article means: "1 (c) and 2" under 16 gives 16 1 c and 16 2."""
    paths: list[tuple[str, ...]] = []
    for piece in re.finditer(rf"({_NUMBER})?\s*({_MARKS})?", listed):
        if piece[1]:
            path = (*article, piece[1])
            paths += _under(path, piece[2]) if piece[2] else [path]
        elif piece[2]:
            above = paths[-1][:2] if paths and paths[-1][1].isdigit() and piece[2][1].isalpha() else article
            paths += _under(above, piece[2])
    return paths


class _Reader:
    """Reads the list that follows the word "article": numbers, paragraphs, marks, ranges."""

    def __init__(self, text: str, position: int, *, plural: bool) -> None:
        self.text, self.position, self.plural = text, position, plural

    def take(self, pattern: str) -> re.Match[str] | None:
        found = re.compile(pattern, re.IGNORECASE).match(self.text, self.position)
        if found:
            self.position = found.end()
        return found

    def items(self) -> tuple[list[_Reference], int]:
        found = self._item()
        while True:
            before = self.position
            last = int(found[-1].path[0]) if found and len(found[-1].path) == 1 else None
            if last is not None and self.plural and self.take(rf"\s*(?:to|through|-|–)\s*(?={_NUMBER})"):
                upper = self._item()
                found += [_Reference((str(n),)) for n in range(last + 1, int(upper[0].path[0]))] + upper
            elif last is not None and (lower := self._below(last)):
                found = [*found[:-1], *lower]
            elif self.take(rf"{_JOIN}(?={_NUMBER})"):
                found += self._item()
            else:
                self.position = before
                return found, before

    def _below(self, article: int) -> list[_Reference]:
        """The 1 of "article 16, 1 (d) and (f)": a number below the article's, with a letter, is its paragraph."""
        before = self.position
        found = self.take(r"\s*,?\s*(\d)(?=\s*\([a-z]\))")
        if found is None or int(found[1]) >= article:
            self.position = before
            return []
        return [_Reference(path) for path in self._marks((str(article), found[1]))]

    def _item(self) -> list[_Reference]:
        number = self.take(rf"({_NUMBER})(?:\.(\d)(?!\d))?")
        if number is None:
            return []
        article = (number[1],)
        if number[2]:
            return [_Reference(p) for p in self._marks((*article, number[2]))]
        if listed := self._paragraph_list():
            return [_Reference(p) for p in _paragraphs(article, listed)]
        return [_Reference(p) for p in self._marks(article)]

    def _paragraph_list(self) -> str:
        keyword = self.take(rf"\s*,?\s*(?:first )?(?:sub-?\s?)?(?P<word>{_PARAGRAPH})\s*(?=\d|\()")
        if keyword is None:
            return ""
        found = self.take(rf"(?:{_NUMBER}|{_MARK})(?:\s*{_MARKS})?")
        listed = found[0] if found else ""
        # In "articles 9, paragraph 2 and 16" the 16 is an article; in "article 9, paragraphs 2 and 3" the 3 is none.
        bare = "" if self.plural and not keyword["word"].lower().rstrip(".").endswith("s") else rf"{_NUMBER}|"
        more = rf"{_JOIN}(?:{_PARAGRAPH}\s+(?:{_NUMBER}|{_MARK})|{bare}{_MARK})(?:\s*{_MARKS})?(?!\s*,?\s*{_PARAGRAPH}\s*\d)"
        while found := self.take(more):
            listed += found[0]
        return listed

    def _marks(self, path: tuple[str, ...]) -> list[tuple[str, ...]]:
        found = self.take(rf"\s*({_MARKS})")
        return _under(path, found[1]) if found else [path]


def _ours(rest: str, treaty: str) -> bool:
    """Whether the words after a reference leave it to this treaty: no other instrument is named as its owner."""
    owner = _OWNER.match(rest)
    if owner is None:
        return True
    own, foreign = _OWN.search(owner[1]), _FOREIGN.search(owner[1])
    if own is None:
        return foreign is None
    if foreign is not None and (foreign.start() < own.start() or re.match(r"(?i)vienna|european|american", foreign[0])):
        return False
    return not _other_treaty(owner[1][own.start() :], own[0], treaty)


def _other_treaty(words: str, kind: str, treaty: str) -> bool:
    if "OP" in treaty:
        return kind != "Protocol"
    if treaty not in ("ICCPR", "ICESCR"):
        return kind == "Protocol" or words.startswith(("Covenant on", "Covenants on", "Convention relating to"))
    other = "Covenant on Economic" if treaty == "ICCPR" else "Covenant on Civil"
    return kind == "Protocol" or words.startswith(other)
