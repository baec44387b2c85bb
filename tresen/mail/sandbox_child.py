"""The other side of `sandbox`: started by name, it answers until its parent goes."""

import importlib
import os
import pickle
import resource
import signal
import struct
import sys
import traceback
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from typing import BinaryIO

import msgspec

LENGTH = struct.Struct(">Q")
# What a child may keep between two mails. One that has grown beyond is replaced: memory that Python has once taken
# it seldom gives back, and the next mail deserves the whole limit.
_RESIDENT_BYTES = 200_000_000


class Said(bytes, Enum):
    """The first byte of everything a child says."""

    READY = b"r"
    ANSWERED = b"a"
    ANSWERED_AND_GROWN = b"g"
    RAISED = b"e"
    TOO_LARGE = b"m"


def main() -> None:
    """Read questions from standard input, write answers to what was standard output."""
    target, memory, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    questions = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        function = _function(target)
    except Exception as error:  # noqa: BLE001 - whatever the target does when it is loaded, the parent is told
        _say(answers, Said.RAISED, str(error).encode())
        return
    # Whatever a library prints must not end up among the answers, nor in a log that has a limit of zero bytes.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    _limit(memory)
    _say(answers, Said.READY, b"")
    while (question := _read(questions)) is not None:
        # Should the parent die meanwhile, nobody else would end a reading that never ends.
        signal.alarm(int(seconds) + 5)
        said, content = _answer(function, question)
        del question
        _say(answers, said, content)
        signal.alarm(0)
        if said is Said.TOO_LARGE:
            return


def _answer(function: Callable[..., object], question: bytes) -> tuple[Said, bytes]:
    try:
        arguments, named = pickle.loads(question)  # noqa: S301 - written by our own parent
        found = function(*arguments, **named)
        pieces = found if isinstance(found, Sequence) else [found]
        content = msgspec.msgpack.encode([(type(piece).__name__, piece) for piece in pieces])
    except MemoryError:
        return Said.TOO_LARGE, b""
    except Exception:  # noqa: BLE001 - the parent learns of it; the child goes on
        return Said.RAISED, traceback.format_exc(limit=-3).encode("utf-8", "replace")
    return (Said.ANSWERED_AND_GROWN if _resident() > _RESIDENT_BYTES else Said.ANSWERED), content


def _resident() -> int:
    """Bytes in memory now; the peak that the system reports is inherited from the parent."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text(encoding="ascii").split()[1]) * resource.getpagesize() if statm.exists() else 0


def _function(target: str) -> Callable[..., object]:
    module, _, name = target.partition(":")
    function: Callable[..., object] = getattr(importlib.import_module(module), name)
    return function


def _limit(memory: int) -> None:
    """Address space, no core dumps, no new files worth the name, no children."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _read(questions: BinaryIO) -> bytes | None:
    header = questions.read(LENGTH.size)
    if len(header) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(header)
    question = questions.read(length)
    return question if len(question) == length else None


def _say(answers: BinaryIO, said: Said, content: bytes) -> None:
    answers.write(LENGTH.pack(len(content) + 1))
    answers.write(said.value)
    answers.write(content)
    answers.flush()


if __name__ == "__main__":
    main()
