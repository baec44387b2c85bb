"""A function run on hostile bytes in a child process that may neither grow nor linger.

One child serves many calls (it starts in a tenth of a second, but a mail is read in one hundredth). Arguments go to
it pickled: they are our own. Its answers come back as msgpack and are checked against the types that the caller
named: the child has read what strangers wrote, and an unpickled answer could run anything in the parent.
"""

import contextlib
import os
import pickle
import select
import statistics
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from tresen.mail.sandbox_child import LENGTH, Said

MEMORY_BYTES = 500_000_000
SECONDS = 10.0
START_SECONDS = 60.0
REMEMBERED_RUNS = 1000

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Done[T]:
    """The function's answers, in order, and how long it took in seconds."""

    answers: tuple[T, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TooSlow:
    """It was still running at the limit, in seconds, and was killed."""

    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TooLarge:
    """It wanted more memory than the limit, in bytes."""

    memory: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Crashed:
    """It raised, died, or answered what it may not. `reason` is for the log."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the last thousand runs went. Times in seconds; None before the first."""

    runs: int
    median: float | None
    slowest: float | None
    too_slow: int
    too_large: int
    crashed: int


class Sandbox[T]:
    """Runs the function `target` ("package.module:name") in a child; safe to share between threads.

    `answers`: the types (dataclasses) that the function may return a sequence of; the name tells them apart.
    """

    def __init__(
        self, target: str, *, answers: Sequence[type[T]], memory: int = MEMORY_BYTES, seconds: float = SECONDS
    ) -> None:
        self._target = target
        self._decoders = {kind.__name__: msgspec.msgpack.Decoder(kind) for kind in answers}
        self._memory = memory
        self._seconds = seconds
        self._child: _Child | None = None
        self._lock = threading.Lock()
        self._times: deque[float] = deque(maxlen=REMEMBERED_RUNS)
        self._breaches = {TooSlow: 0, TooLarge: 0, Crashed: 0}

    def run(self, *arguments: object, **named: object) -> Done[T] | TooSlow | TooLarge | Crashed:
        """Call the function. Whatever happens to the child, the next call finds a sound one."""
        request = pickle.dumps((arguments, named), protocol=5)
        with self._lock:
            started = time.monotonic()
            outcome = self._ask(request)
            self._times.append(time.monotonic() - started)
            if not isinstance(outcome, Done):
                self._breaches[type(outcome)] += 1
        return outcome

    def figures(self) -> Figures:
        """How long it usually takes, and how often a limit was hit."""
        times = list(self._times)
        return Figures(
            runs=len(times),
            median=statistics.median(times) if times else None,
            slowest=max(times, default=None),
            too_slow=self._breaches[TooSlow],
            too_large=self._breaches[TooLarge],
            crashed=self._breaches[Crashed],
        )

    def close(self) -> None:
        """End the child. A later `run` starts a new one."""
        with self._lock:
            self._drop()

    def __enter__(self) -> "Sandbox[T]":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, request: bytes) -> Done[T] | TooSlow | TooLarge | Crashed:
        try:
            child = self._ready_child()
        except (_Gone, OSError) as gone:
            self._drop()
            return Crashed(reason=f"The child does not start: {gone}")
        started = time.monotonic()
        try:
            answer = child.exchange(request, until=started + self._seconds, at_most=self._memory)
        except TimeoutError:
            self._drop()
            return TooSlow(seconds=self._seconds)
        except _Gone as gone:
            self._drop()
            return Crashed(reason=str(gone))
        said, content = answer[:1], answer[1:]
        if said == Said.TOO_LARGE:
            self._drop()
            return TooLarge(memory=self._memory)
        if said == Said.RAISED:
            return Crashed(reason=content.decode("utf-8", "replace")[:2000])
        if said == Said.ANSWERED_AND_GROWN:
            self._drop()
        return self._decoded(content, seconds=time.monotonic() - started)

    def _decoded(self, content: bytes, *, seconds: float) -> Done[T] | Crashed:
        try:
            pieces = msgspec.msgpack.decode(content, type=list[tuple[str, msgspec.Raw]])
            answers = tuple(self._decoders[name].decode(raw) for name, raw in pieces)
        except (msgspec.MsgspecError, KeyError, ValueError) as error:
            self._drop()
            return Crashed(reason=f"The child answered what it may not: {error}")
        return Done(answers=answers, seconds=seconds)

    def _ready_child(self) -> "_Child":
        """The child that waits, or a new one. Its start does not count against the limit of time."""
        if self._child is None:
            self._child = _Child(self._target, memory=self._memory, seconds=self._seconds)
            try:
                ready = self._child.receive(until=time.monotonic() + START_SECONDS, at_most=_PIECE)
            except TimeoutError:
                raise _Gone("it did not get ready") from None
            if ready[:1] != Said.READY:
                raise _Gone(ready[1:].decode("utf-8", "replace"))
        return self._child

    def _drop(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


class _Gone(Exception):
    """The child is not there any more."""


class _Child:
    def __init__(self, target: str, *, memory: int, seconds: float) -> None:
        command = [sys.executable, "-m", "tresen.mail.sandbox_child", target, str(memory), str(seconds)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module; the target is named in our code
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment(), bufsize=0
        )
        self._in, self._out = _fd(self._process.stdin), _fd(self._process.stdout)
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)

    def exchange(self, request: bytes, *, until: float, at_most: int) -> bytes:
        """One question, one answer. Both pipes are served at once, so that neither side can block the other."""
        rest = memoryview(LENGTH.pack(len(request)) + request)
        while rest:
            self._wait(self._in, select.POLLOUT, until)
            try:
                rest = rest[os.write(self._in, rest[:_PIECE]) :]
            except BlockingIOError:
                continue
            except OSError:
                raise _Gone(self._death()) from None
        return self.receive(until=until, at_most=at_most)

    def receive(self, *, until: float, at_most: int) -> bytes:
        (length,) = LENGTH.unpack(self._read(LENGTH.size, until))
        if length > at_most:
            raise _Gone(f"its answer of {length:,} bytes is too long")
        return self._read(length, until)

    def end(self) -> None:
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def _read(self, length: int, until: float) -> bytes:
        content = bytearray()
        while len(content) < length:
            self._wait(self._out, select.POLLIN, until)
            try:
                piece = os.read(self._out, min(_PIECE, length - len(content)))
            except BlockingIOError:
                continue
            if not piece:
                raise _Gone(self._death())
            content += piece
        return bytes(content)

    def _wait(self, descriptor: int, event: int, until: float) -> None:
        poller = select.poll()
        poller.register(descriptor, event)
        left = until - time.monotonic()
        if left <= 0 or not poller.poll(left * 1000):
            raise TimeoutError

    def _death(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        return f"the child ended with {self._process.returncode}"


def _environment() -> Mapping[str, str]:
    """Nothing of ours that is secret: a mail that takes over the child finds no database and no key."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TMPDIR", "HOME") if name in os.environ}
    paths = [path for path in sys.path if path and os.path.isdir(path)]  # noqa: PTH112 - strings, as Python wants them
    # One arena: the limit is on address space, and glibc reserves 64 MB of it for each further one.
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), "MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1"}


def _fd(pipe: Any) -> int:
    number: int = pipe.fileno()
    return number
