from pathlib import Path

import pytest

from tresen.config.environment import ConfigurationWrong, Environment, environment

SOUND = {
    "DATABASE_URL": "postgresql://tresen:secret@db.example:5433/tresen",
    "TRESEN_SECRET_KEY": "a key for tests that guards nothing at all",
    "TRESEN_VAULT_KEYS": "dGVzdHMtb25seS1uby1zZWNyZXQtMzItYnl0ZXMtbG8=",
}


def read(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Environment:
    for name, value in (SOUND | settings).items():
        monkeypatch.setenv(name, value)
    environment.cache_clear()
    try:
        return environment()
    finally:
        environment.cache_clear()


def problems(monkeypatch: pytest.MonkeyPatch, **settings: str) -> list[str]:
    with pytest.raises(ConfigurationWrong) as wrong:
        read(monkeypatch, **settings)
    return wrong.value.problems


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://tresen@/tresen?host=/run/tresen",
        "postgres://tresen@db.example/tresen",
        "postgresql://tresen:p%40ss@[::1]:5432/tresen?sslmode=require",
    ],
)
def test_addresses_of_databases_as_people_write_them_are_taken(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    assert read(monkeypatch, DATABASE_URL=url).database_url.get_secret_value() == url


@pytest.mark.parametrize(
    "url", ["mysql://tresen@db.example/tresen", "tresen", "postgresql://db.example", "postgresql://db.example:high/x"]
)
def test_what_names_no_postgresql_database_is_refused_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    assert problems(monkeypatch, DATABASE_URL=url) == [
        "DATABASE_URL: must look like postgresql://user:password@host:port/name."
    ]


@pytest.mark.parametrize("url", ["desk.example", "ftp://desk.example", "https://desk.example/help", "https://", ""])
def test_the_sites_address_is_one_that_people_can_open(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    (problem,) = problems(monkeypatch, TRESEN_BASE_URL=url)
    assert problem.startswith("TRESEN_BASE_URL: must be an address as people use it")


def test_a_vault_key_that_cannot_seal_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    for keys in ("!" * 44, "", f"{SOUND['TRESEN_VAULT_KEYS']},short"):
        (problem,) = problems(monkeypatch, TRESEN_VAULT_KEYS=keys)
        assert problem.startswith("TRESEN_VAULT_KEYS: must be one or more Fernet keys")


def test_everything_that_is_wrong_is_said_at_once_and_no_secret_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    said = problems(
        monkeypatch, DATABASE_URL="mysql://x:hidden@y/z", TRESEN_SECRET_KEY="hidden", TRESEN_HOSTS=" , ",
        TRESEN_LOG_LEVEL="LOUD", TRESEN_POOLED="perhaps",
    )  # fmt: skip
    assert [sentence.partition(":")[0] for sentence in said] == [
        "DATABASE_URL", "TRESEN_SECRET_KEY", "TRESEN_HOSTS", "TRESEN_LOG_LEVEL", "TRESEN_POOLED",
    ]  # fmt: skip
    assert all(sentence.endswith(".") and "hidden" not in sentence for sentence in said)


def test_a_secret_may_lie_in_a_file_and_a_file_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "key").write_text(f"{SOUND['TRESEN_SECRET_KEY']}\n")
    monkeypatch.setitem(SOUND, "TRESEN_SECRET_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.delitem(SOUND, "TRESEN_SECRET_KEY")
    monkeypatch.delenv("TRESEN_SECRET_KEY")
    assert read(monkeypatch).secret_key.get_secret_value() == "a key for tests that guards nothing at all"
    (tmp_path / "key").unlink()
    assert problems(monkeypatch) == [f"TRESEN_SECRET_KEY_FILE names {tmp_path / 'key'}, which can't be read."]


@pytest.mark.parametrize(
    ("url", "answered"),
    [
        ("https://desk.example", ("127.0.0.1", "localhost", "desk.example")),
        ("http://192.0.2.5:8000", ("127.0.0.1", "localhost", "192.0.2.5")),
        ("http://[::1]:8000", ("127.0.0.1", "localhost", "[::1]")),
        ("http://localhost:8000", ("127.0.0.1", "localhost")),
    ],
)
def test_the_address_that_people_use_is_answered_without_naming_its_host_twice(
    monkeypatch: pytest.MonkeyPatch, url: str, answered: tuple[str, ...]
) -> None:
    assert read(monkeypatch, TRESEN_BASE_URL=url).answered_hosts == answered


def test_a_demo_may_be_told_another_time(monkeypatch: pytest.MonkeyPatch) -> None:
    pace = "2027-03-28T00:30:00+00:00@2026-11-28T22:00:00+00:00*60"
    assert str(read(monkeypatch, TRESEN_DEMO_CLOCK=pace).demo_clock) == pace


def test_a_clock_that_is_none_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    (problem,) = problems(monkeypatch, TRESEN_DEMO_CLOCK="tomorrow")
    assert problem.startswith("TRESEN_DEMO_CLOCK: must look like")
