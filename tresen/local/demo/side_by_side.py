"""Several processes that tell parts of one story at once, and wait for each other before anything concerns them all."""

import multiprocessing
import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from multiprocessing.synchronize import Barrier
from threading import BrokenBarrierError
from zlib import crc32

from django.db import connections

MOST = 4
"""More tell it no faster: what they file is of one brand, whose batches wait for each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """One teller among `parts`. Alone by default: then there is nobody to wait for."""

    part: int = 0
    parts: int = 1
    barrier: Barrier | None = None
    in_turn: AbstractContextManager[object] = field(default_factory=nullcontext)
    """What only one of them may do at a time."""

    @property
    def leads(self) -> bool:
        """Whether this one does what concerns them all."""
        return self.part == 0

    def tells_of(self, who: str) -> bool:
        """Whether what this person wrote is in this part: all of one person's is, so no two touch one ticket."""
        return crc32(who.encode()) % self.parts == self.part

    def meet(self) -> None:
        """Wait until all have come this far."""
        if self.barrier is not None:
            self.barrier.wait()


def fitting() -> int:
    """How many tellers this machine has processors for."""
    return min(MOST, len(os.sched_getaffinity(0)))


def tell_in_parts(tell: Callable[[Company], None], *, parts: int) -> None:
    """Let as many processes tell a part each. Raises RuntimeError when one of them fails; then all stop."""
    if parts == 1:
        tell(Company())
        return
    connections.close_all()  # a child must not speak on its parent's connection
    context = multiprocessing.get_context("fork")
    barrier, lock = context.Barrier(parts), context.Lock()
    companies = [Company(part=part, parts=parts, barrier=barrier, in_turn=lock) for part in range(parts)]
    tellers = [context.Process(target=_tell, args=(tell, company), daemon=True) for company in companies]
    for teller in tellers:
        teller.start()
    for teller in tellers:
        teller.join()
    if any(teller.exitcode for teller in tellers):
        raise RuntimeError("The demo could not be filled; why is written above.")


def _tell(tell: Callable[[Company], None], company: Company) -> None:
    assert company.barrier is not None  # it is not alone
    try:
        tell(company)
    except (BrokenBarrierError, KeyboardInterrupt):
        company.barrier.abort()
        sys.exit(1)  # another one says why, or nobody needs to
    except BaseException:
        company.barrier.abort()
        raise
