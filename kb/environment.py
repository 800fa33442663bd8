"""What the environment says, as one object: which variables there are, what they mean, and what they cannot be."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import pydantic
from pydantic import Field, SecretStr, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

from kb.errors import UsageError


def _no_file(path: Path) -> Path:
    if path.is_file():
        raise ValueError("it is a file, and should be a folder")
    return path


_Text = Annotated[str, StringConstraints(strip_whitespace=True)]
#: What can stand in a header of HTTP.
_Header = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[ -~]*$")]
_Folder = Annotated[Path, pydantic.AfterValidator(_no_file)]


class Settings(BaseSettings):
    """What the environment says. An empty variable is one that is not set; the password never appears in its text."""

    model_config = SettingsConfigDict(case_sensitive=True, env_ignore_empty=True, extra="ignore", frozen=True)

    hrkb_home: _Folder | None = Field(
        default=None,
        validation_alias="HRKB_HOME",
        description="folder of the built graphs and of what the refresh keeps; without it, `hrkb` in your data directory",
        examples=["/var/lib/hrkb"],
    )
    neo4j_uri: _Text = Field(
        default="",
        validation_alias="NEO4J_URI",
        repr=False,  # some write a password into it
        description="the server that every command asks: `bolt://` for one server, `neo4j://` for a cluster, `neo4j+s://` for "
        "Aura; without it, the embedded engine answers",
        examples=["neo4j://localhost:7687"],
    )
    neo4j_user: _Text = Field(
        default="neo4j", validation_alias="NEO4J_USER", description="the user on that server", examples=["neo4j"]
    )
    neo4j_password: SecretStr = Field(
        default=SecretStr(""), validation_alias="NEO4J_PASSWORD", description="the user's password", examples=["..."]
    )
    neo4j_password_file: Path | None = Field(
        default=None,
        validation_alias="NEO4J_PASSWORD_FILE",
        description="a file that holds the password, read at each connection; it goes before `NEO4J_PASSWORD`",
        examples=["/run/secrets/neo4j_password"],
    )
    neo4j_database: _Text = Field(
        default="neo4j",
        validation_alias="NEO4J_DATABASE",
        description="the database on that server; Community has only `neo4j`",
        examples=["neo4j"],
    )
    hrkb_raw: _Folder | None = Field(
        default=None,
        validation_alias="HRKB_RAW",
        description="folder of raw files, one folder per source, where a refresh looks for those of other sources that a "
        "loader reads beside its own",
        examples=["/srv/raw"],
    )
    hrkb_contact: _Header = Field(
        default="",
        validation_alias="HRKB_CONTACT",
        description="whom a publisher may write to about our requests, in their User-Agent",
        examples=["mailto:desk@example.org"],
    )
    hrkb_allow_gds: bool = Field(
        default=False,
        validation_alias="HRKB_ALLOW_GDS",
        description="whether ad-hoc Cypher may call the reading procedures of Graph Data Science: `1` or `0`",
        examples=["1"],
    )
    hrkb_chromium: _Text = Field(
        default="",
        validation_alias="HRKB_CHROMIUM",
        description="the Chromium that draws the gallery and runs the browser tests; without it, the one in `PATH`",
        examples=["/usr/bin/chromium"],
    )


def read() -> Settings:
    """What the environment says now. Raises :class:`UsageError` naming the variable that cannot be what it says."""
    try:
        return Settings()
    except pydantic.ValidationError as fault:
        error = fault.errors(include_url=False)[0]
        variable = str(error["loc"][0])
        field = next(f for f in Settings.model_fields.values() if f.validation_alias == variable)
        wrong = "" if field.annotation is SecretStr else f" {error['input']!r}"
        raise UsageError(
            f"the environment variable {variable}{wrong} cannot be used: {error['msg'].removeprefix('Value error, ')}",
            f"write {variable}={(field.examples or [''])[0]}, or leave it out; docs/settings.md says what it is",
        ) from None


def variables() -> dict[str, Any]:
    """Every environment variable with its declaration, a :class:`pydantic.fields.FieldInfo`."""
    return {str(field.validation_alias): field for field in Settings.model_fields.values()}


def stated() -> dict[str, str]:
    """The variables that are set, as text to show: no password, neither its own nor one inside an address."""
    now = read()
    values = {str(field.validation_alias): getattr(now, name) for name, field in Settings.model_fields.items()}
    return {name: _shown(values[name]) for name in values if os.environ.get(name)}


def _shown(value: Any) -> str:
    scheme, separator, rest = str(value).partition("://")
    return f"{scheme}{separator}{rest.rpartition('@')[2]}"


def pin_paths() -> None:
    """Make relative paths in the environment absolute, for a process that is to start in another folder."""
    now = read()
    for name, field in Settings.model_fields.items():
        value = getattr(now, name)
        if isinstance(value, Path):
            os.environ[str(field.validation_alias)] = str(value.absolute())
