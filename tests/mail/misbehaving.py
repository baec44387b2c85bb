"""Functions that a sandbox has to survive. They run in its child."""

import ctypes
import os
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    number: int = 0
    text: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    names: tuple[str, ...] = ()


def act(what: str, amount: int = 0) -> object:
    """Do as told."""
    return _ACTS[what](amount)


def _eat(amount: int) -> Answer:
    return Answer(number=len(bytearray(amount)))


def _sleep(amount: int) -> Answer:
    time.sleep(amount)
    return Answer()


def _spin(_: int) -> Answer:
    while True:
        pass


def _segfault(_: int) -> Answer:
    return Answer(text=str(ctypes.string_at(0)))


def _raise(_: int) -> Answer:
    raise LookupError("nothing of that kind")


def _leave(amount: int) -> Answer:
    os._exit(amount)


def _print(_: int) -> Answer:
    print("noise among the answers", flush=True)  # noqa: T201
    os.write(1, b"more noise")
    return Answer(text="quiet")


def _write(_: int) -> Answer:
    Path("/tmp/tresen-sandbox-test").write_bytes(b"x" * 10)  # noqa: S108
    return Answer(text="written")


_ACTS = {
    "count": lambda amount: Answer(number=amount),
    "several": lambda _: [Answer(number=1), Other(names=("a", "b")), Answer(number=2)],
    "pid": lambda _: Answer(number=os.getpid()),
    "large": lambda amount: Answer(content=b"x" * amount),
    "unknown": lambda _: Path("/"),
    "stranger": lambda _: {"type": "Answer"},
    "secrets": lambda _: Answer(text=" ".join(os.environ)),
    "eat": _eat,
    "sleep": _sleep,
    "spin": _spin,
    "segfault": _segfault,
    "raise": _raise,
    "leave": _leave,
    "print": _print,
    "write": _write,
}
