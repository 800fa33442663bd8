"""Errors that people see: one sentence that says what is wrong, and one that says what to do."""

from __future__ import annotations


class HrkbError(Exception):
    """What went wrong, and the remedy. ``exit_code`` is what the command line ends with.

    Exit codes: 1 something else failed, 2 wrong usage or unknown name, 3 bad input data, 4 a check failed and the last
    good graph stays, 5 no graph or a graph of another version, 6 the engine cannot be reached, 7 a query was refused,
    8 a source cannot be fetched, 9 another build or refresh is running, 130 stopped with Ctrl-C.
    """

    exit_code = 1

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem}\n  What to do: {self.remedy}" if self.remedy else self.problem


class UsageError(HrkbError):
    """An unknown name or a parameter that does not fit."""

    exit_code = 2


class InputError(HrkbError):
    """A raw file or a snapshot that cannot be read as what it should be."""

    exit_code = 3


class CheckError(HrkbError):
    """An integrity check failed."""

    exit_code = 4


class WrongAnswer(CheckError):
    """An engine answers a question wrongly whose answer is known."""


class GraphMissing(HrkbError):
    """No graph is there, it is being built, or another version of the project made it."""

    exit_code = 5


class EngineError(HrkbError):
    """The engine cannot be reached or failed."""

    exit_code = 6


class QueryRefused(HrkbError):
    """A query that is not read-only, or that does not parse."""

    exit_code = 7


class FetchError(HrkbError):
    """A publisher cannot be reached, refuses, or answers with something else than the file."""

    exit_code = 8


class Busy(HrkbError):
    """Another build or refresh is running."""

    exit_code = 9
