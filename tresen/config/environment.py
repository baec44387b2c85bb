"""What an installation is told from outside: typed, read once, and every bad value reported at once."""

import base64
import os
from functools import cache
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from tresen.config.secret_files import SecretFiles
from tresen.timekeeping.wall import Pace


class ConfigurationWrong(Exception):
    """The environment can't be used. `problems` holds one sentence a problem."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Environment(BaseSettings):
    """All settings of an installation. What a seller decides (policies, stores, teams) is rows, not settings."""

    model_config = SettingsConfigDict(env_prefix="TRESEN_", extra="ignore", frozen=True)

    database_url: SecretStr = Field(validation_alias="DATABASE_URL")
    database_direct_url: SecretStr | None = Field(default=None, validation_alias="DATABASE_DIRECT_URL")
    secret_key: SecretStr
    vault_keys: Annotated[tuple[SecretStr, ...], NoDecode]
    base_url: str = "http://127.0.0.1:8000"
    hosts: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.1", "localhost")
    debug: bool = False
    demo: bool = False
    demo_platforms: str = ""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    pooled: bool = False
    demo_clock: Annotated[Pace, NoDecode] | None = None

    @property
    def answered_hosts(self) -> tuple[str, ...]:
        """The names by which requests may ask for this server: that of `base_url` needs not be said twice."""
        name = urlsplit(self.base_url).hostname or ""
        return tuple(dict.fromkeys((*self.hosts, f"[{name}]" if ":" in name else name)))

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment first, then the files that NAME_FILE names."""
        del dotenv_settings, file_secret_settings
        return init_settings, env_settings, SecretFiles(settings_cls)

    @field_validator("hosts", "vault_keys", mode="before")
    @classmethod
    def _separated(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("database_url", "database_direct_url")
    @classmethod
    def _address_of_database(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not names_database(value.get_secret_value()):
            raise ValueError("must look like postgresql://user:password@host:port/name")
        return value

    @field_validator("base_url")
    @classmethod
    def _address_of_site(cls, value: str) -> str:
        if not names_site(value):
            raise ValueError("must be an address as people use it, like https://desk.example, without a path")
        return value

    @field_validator("demo_clock", mode="before")
    @classmethod
    def _pace(cls, value: object) -> object:
        return Pace.parse(value) if isinstance(value, str) else value

    @field_validator("hosts")
    @classmethod
    def _at_least_one(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if not value:
            raise ValueError("must name at least one host, or no request is answered")
        return value

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < MIN_SECRET_LENGTH:
            raise ValueError(f"must have at least {MIN_SECRET_LENGTH} characters")
        return value

    @field_validator("vault_keys")
    @classmethod
    def _fernet_keys(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        if not value or not all(is_fernet_key(key.get_secret_value()) for key in value):
            raise ValueError("must be one or more Fernet keys of 44 characters, separated by commas, newest first")
        return value


MIN_SECRET_LENGTH = 32
FERNET_KEY_BYTES = 32


def names_database(url: str) -> bool:
    """Whether this is the address of a PostgreSQL database."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"postgresql", "postgres"} and parts.path.strip("/") != "" and parts.port != 0
    except ValueError:  # a port that is no number
        return False


def names_site(url: str) -> bool:
    """Whether this is the address of a site, with nothing behind it."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and not parts.path
    except ValueError:
        return False


def is_fernet_key(key: str) -> bool:
    """Whether the vault can seal with this key."""
    try:
        return len(base64.urlsafe_b64decode(key)) == FERNET_KEY_BYTES
    except ValueError:
        return False


@cache
def environment() -> Environment:
    """The environment of this process. Raises ConfigurationWrong with the whole list of what is wrong."""
    try:
        return Environment()
    except ValidationError as wrong:
        raise ConfigurationWrong([_sentence(error) for error in wrong.errors()]) from None


def _sentence(error: object) -> str:
    assert isinstance(error, dict)
    name = str(error["loc"][0])
    variable = name if name.isupper() else f"TRESEN_{name.upper()}"
    if error["type"] == "missing":
        file = os.environ.get(f"{variable}_FILE")
        return f"{variable}_FILE names {file}, which can't be read." if file else f"{variable} is not set."
    return f"{variable}: {error['msg'].removeprefix('Value error, ')}."
