"""Settings, read once from the environment (``ENGAGEMENT_...``)."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

HOUSE = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Where things are kept and how much is let in."""

    model_config = SettingsConfigDict(env_prefix="ENGAGEMENT_", frozen=True)

    data_dir: Path = Field(
        HOUSE / "data" / "local", description="The folder for the record, files and caches."
    )
    database_url: str = Field(
        "", description="The record's address. Empty: an SQLite file in the data folder."
    )
    max_upload_mb: int = Field(
        20, description="The largest file that is let in, in megabytes.", ge=1, le=1000
    )
    secure_cookies: bool = Field(
        False, description="Say yes behind TLS: cookies are then sent over https only."
    )
    secret: str = Field("", description="Signs board tokens. Empty: made once and kept in the data folder.")
    model_folder: str = Field(
        "", description="The folder of another embedding model. Empty: the one that comes with the product."
    )
    dask_scheduler: str = Field(
        "",
        description="The scheduler of a Dask cluster that helps with very many voices. Empty: this computer.",
        pattern=r"^((tcp|tls)://.+:\d+)?$",
    )
    worker_threads: int = Field(2, description="Processor cores that theming may use.", ge=1)

    @property
    def record_url(self) -> str:
        """Tell the record's address, whether given or the usual place."""
        return self.database_url or f"sqlite:///{self.data_dir / 'common-thread.db'}"


_NAMES = tuple(f"ENGAGEMENT_{name.upper()}" for name in Settings.model_fields)


@cache
def _read_settings(_environment: tuple[str | None, ...]) -> Settings:
    return Settings()


def read_settings() -> Settings:
    """Read the settings, again only when the environment has changed."""
    return _read_settings(tuple(map(os.environ.get, _NAMES)))
