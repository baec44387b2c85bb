"""Gives a test run a PostgreSQL of its own, before Django reads its settings.

Loaded by `-p tests.postgres_plugin` in pyproject.toml: a conftest.py would come after pytest-django's own start.
`DATABASE_URL` names another server; `TRESEN_TEST_POSTGRES` chooses `distribution`, `wheel` or a major version.
"""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from tresen.local.postgres import Binaries, PostgresMissing, start_ephemeral
from tresen.local.postgres.ephemeral import Ephemeral
from tresen.local.postgres.finding import find_binaries, installed

# Invented; they protect nothing.
SETTINGS = {
    "TRESEN_SECRET_KEY": "a key for tests that guards nothing at all",
    "TRESEN_VAULT_KEYS": "dGVzdHMtb25seS1uby1zZWNyZXQtMzItYnl0ZXMtbG8=",
}
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}
KINDS = ("database", "orm", "browser", "slow", "rest")
WITHOUT_SQL = ("api", "channels", "fakes", "workspace")
"""Rooms that leave the SQL to Django, and so to its own tests on each version; but for these within them:"""
WITH_SQL = ("workspace/queue",)
TESTS = Path(__file__).parent
_server: list[Ephemeral] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Generator[None]:
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    if "DATABASE_URL" not in os.environ:
        _server.append(start_ephemeral(binaries=_chosen(os.environ.get("TRESEN_TEST_POSTGRES", ""))))
        os.environ["DATABASE_URL"] = _server[0].url
    try:
        return (yield)
    except BaseException:  # settings that can't be read end the run before pytest_unconfigure
        pytest_unconfigure()
        raise


def pytest_addoption(parser: pytest.Parser) -> None:
    what = f"only tests of these kinds, as in database,browser; there are {', '.join(KINDS)}"
    parser.addoption("--kinds", default=",".join(KINDS), help=what)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out all other kinds."""
    wanted = set(config.getoption("--kinds").split(","))
    if unknown := wanted - set(KINDS):
        raise pytest.UsageError(f"--kinds: there is no {', '.join(sorted(unknown))}; there are {', '.join(KINDS)}.")
    left = [item for item in items if kind_of(item) in wanted]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(left)])
    items[:] = left


def kind_of(item: pytest.Item) -> str:
    """`database`: what its version may change. Slow ones kill processes or tell a whole story: once is enough."""
    for marker in ("browser", "slow"):
        if item.get_closest_marker(marker):
            return marker
    if not (item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))):
        return "rest"
    room = item.path.relative_to(TESTS)
    is_within = {each: room.is_relative_to(each) for each in (*WITHOUT_SQL, *WITH_SQL)}
    leaves_it = any(is_within[each] for each in WITHOUT_SQL) and not any(is_within[each] for each in WITH_SQL)
    return "orm" if leaves_it else "database"


def pytest_report_header() -> str:
    return f"PostgreSQL {_server[0].running.version}" if _server else "PostgreSQL of DATABASE_URL"


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    while _server:
        _server.pop().stop()


def _chosen(wish: str) -> Binaries:
    if not wish:
        return find_binaries(os.environ)
    for binaries in installed():
        if wish in {binaries.source, str(binaries.major)}:
            return binaries
    raise PostgresMissing(f"TRESEN_TEST_POSTGRES={wish}: no such PostgreSQL is on this machine.")
