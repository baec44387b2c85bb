"""A process that serves another one leaves with it, even when that one was killed outright."""

import ctypes
import os
import signal

PARENT = "TRESEN_PARENT"
PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """If `tresen serve` started this process: ask the kernel for SIGTERM when it goes. Linux only; else no change."""
    parent = os.environ.pop(PARENT, "")
    if not parent:
        return
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):  # it went before we asked
        raise SystemExit(1)
