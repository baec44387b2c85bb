"""What every command needs first: settings in the environment, and a PostgreSQL that answers."""

import base64
import os
import secrets
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager, nullcontext
from pathlib import Path

import django
import structlog

from tresen.config.environment import environment
from tresen.local.postgres import PostgresFailed, PostgresMissing, Running, start
from tresen.local.postgres.account import home_folder

log = structlog.get_logger()
LOOK_EVERY = 1.0


@contextmanager
def installation(*, lasting: bool = False) -> Iterator[None]:
    """Django, ready to use, on the database of this installation.

    Without DATABASE_URL the embedded PostgreSQL is started (or joined), and left again at the end. `lasting`: the
    command runs until it is told to stop, so it restarts a database that dies. Raises ConfigurationWrong,
    PostgresMissing or PostgresFailed.
    """
    with database(lasting=lasting):
        prepare_django()
        yield


@contextmanager
def database(*, lasting: bool) -> Iterator[None]:
    """The database of DATABASE_URL, else the embedded one. All settings are checked once it is there."""
    with embedded_database(lasting=lasting) if "DATABASE_URL" not in os.environ else nullcontext():
        environment()
        yield


@contextmanager
def embedded_database(*, lasting: bool) -> Iterator[None]:
    """The embedded PostgreSQL, its address in DATABASE_URL for this process and those it starts."""
    home = home_folder(os.environ)
    server = start(home)
    os.environ["DATABASE_URL"] = server.url
    keep_secrets(home, os.environ)
    know_address(home, os.environ)
    over = threading.Event()
    guard = Guard(home, server, over)
    if lasting:
        guard.start()
    try:
        yield
    finally:
        over.set()
        if lasting:
            guard.join()
        guard.server.stop()
        del os.environ["DATABASE_URL"]


def prepare_django() -> None:
    """Settings, checked first, so that everything that is wrong with them is said at once; then the models."""
    level = environment().log_level
    # What a command prints is its result; what it logs goes to the other stream. The usual traceback there shows every
    # local value, and so what customers wrote.
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer(
                colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
            ),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tresen.config.settings")
    django.setup()


class Guard(threading.Thread):
    """Starts the embedded PostgreSQL again when it died. Several processes may do so at once; one succeeds."""

    def __init__(self, home: Path, server: Running, over: threading.Event) -> None:
        super().__init__(name="database guard", daemon=True)
        self.home = home
        self.server = server
        self.over = over

    def run(self) -> None:
        """Look once a second until the command is over."""
        while not self.over.wait(LOOK_EVERY):
            if not self.server.alive():
                self._revive()

    def _revive(self) -> None:
        log.warning("database_died", pid=self.server.pid)
        try:
            revived = start(self.home)
        except (PostgresFailed, PostgresMissing, OSError) as problem:
            log.error("database_not_restarted", problem=str(problem))  # noqa: TRY400 (the sentence says it)
            return
        self.server.users.close()
        self.server = revived
        log.warning("database_restarted", pid=revived.pid)


def keep_secrets(home: Path, environ: MutableMapping[str, str]) -> None:
    """Keys of an embedded installation: made once, kept in its home, named to the settings by NAME_FILE.

    With a database elsewhere there may be more machines, and keys of one of them would not open what another sealed.
    """
    folder = home / "secrets"
    folder.mkdir(mode=0o700, exist_ok=True)
    made: dict[str, Callable[[], str]] = {
        "TRESEN_SECRET_KEY": lambda: secrets.token_urlsafe(48),
        "TRESEN_VAULT_KEYS": lambda: base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii"),
    }
    for name, make in made.items():
        if name not in environ and f"{name}_FILE" not in environ:
            path = folder / name.removeprefix("TRESEN_").lower()
            _write_once(path, make())
            environ[f"{name}_FILE"] = str(path)


ADDRESS = "TRESEN_BASE_URL"


def keep_address(home: Path, environ: Mapping[str, str]) -> None:
    """Note where this home is served, so that links of commands that run beside it lead there."""
    if os.access(home, os.W_OK) and (address := environ.get(ADDRESS)):
        (home / "address").write_text(f"{address}\n", encoding="utf-8")


def know_address(home: Path, environ: MutableMapping[str, str]) -> None:
    """The address at which this home was served last, named to the settings by NAME_FILE where nobody sets it."""
    if ADDRESS not in environ and f"{ADDRESS}_FILE" not in environ and (home / "address").is_file():
        environ[f"{ADDRESS}_FILE"] = str(home / "address")


def _write_once(path: Path, secret: str) -> None:
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secret)
    try:
        os.link(unfinished, path)  # refuses when another process, or an earlier start, was first
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()
