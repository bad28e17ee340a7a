"""Settings from the environment and `.env`. No other module touches os.environ."""

import os
import sys
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
SpoilerMode = Literal["marked", "cover"]


class SettingsError(Exception):
    """A setting cannot be used; the text names it and says what it takes."""


class Settings(BaseSettings):
    """Every setting, as `.env.example` explains them."""

    model_config = SettingsConfigDict(
        env_file=(ROOT / ".env", ".env"), env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    token: SecretStr | None = Field(None, validation_alias="DISCORD_TOKEN")
    database: Path = Field(ROOT / "data" / "usher.sqlite3", validation_alias="USHER_DATABASE")
    data: Path = Field(ROOT / "data", validation_alias="USHER_DATA")
    spoiler_mode: SpoilerMode = Field("marked", validation_alias="USHER_SPOILER_MODE")
    commands_per_minute: int = Field(30, ge=1, le=10_000, validation_alias="USHER_COMMANDS_PER_MINUTE")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", validation_alias="USHER_LOG_LEVEL")
    shards: int | None = Field(None, ge=1, validation_alias="USHER_SHARDS")

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value


def read_settings() -> Settings:
    """Read the settings; SettingsError names the first one that cannot be used."""
    try:
        return Settings()  # pyright: ignore[reportCallIssue]
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"{name}: {first['msg']}. See .env.example.") from None
    except UnicodeDecodeError:
        raise SettingsError("The file .env is not UTF-8 text. Save it as UTF-8.") from None


def has_screen() -> bool:
    """Tell whether a browser window can be opened here."""
    if sys.platform in {"win32", "darwin"}:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
