"""Received lines: when our own receiver took a mail, and which host that is.

Each server puts its line on top, so whatever stands above the topmost line of a trusted host was added by us, and a
line that the sender invented always lies below it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from tresen.mail.headers.dates import read_date
from tresen.mail.headers.lines import HeaderBlock, read_block

_BY = re.compile(r"(?:^|\s)by\s+([A-Za-z0-9._-]{1,255})(?=[\s;(]|$)", re.IGNORECASE)
_HOST = re.compile(r"(?=.*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_SHARED_SUFFIX_LABELS = 3


def received_at(block: HeaderBlock, *, trusted_receivers: Sequence[str]) -> datetime | None:
    """The stamp of the topmost Received line that a trusted host wrote, in UTC."""
    line = trusted_line(block, trusted_receivers=trusted_receivers)
    return read_date(line.rpartition(";")[2].strip()) if line else None


def trusted_line(block: HeaderBlock, *, trusted_receivers: Sequence[str]) -> str:
    """The topmost Received line of a trusted host, or an empty text."""
    lines = block.all("received")
    return next((line for line in lines if is_trusted(receiving_host(line), trusted_receivers)), "")


def receiving_host(line: str) -> str:
    """The host after `by`, lower-cased; empty where the line names none."""
    found = _BY.search(line)
    return found[1].lower().rstrip(".") if found else ""


def is_trusted(host: str, trusted_receivers: Sequence[str]) -> bool:
    """Whether `host` is one of ours. An entry `*.example.com` means every host below that domain."""
    return bool(host) and any(
        host.endswith(entry[1:]) if entry.startswith("*.") else host == entry
        for entry in (receiver.strip().lower().rstrip(".") for receiver in trusted_receivers)
        if entry.strip("*.")
    )


def suggest_receivers(mails: Iterable[bytes]) -> tuple[str, ...]:
    """Hosts that received most of these raw mails, best first: what set-up offers as trusted receivers.

    Only the topmost line that names a real host counts in each mail. Where a provider has a host of its own for
    every mail, the part of the name that they share is offered as `*.…`.
    """
    hosts: Counter[str] = Counter()
    groups: Counter[str] = Counter()
    count = 0
    for raw in mails:
        count += 1
        lines = read_block(raw).all("received")
        host = next((name for name in map(receiving_host, lines) if _HOST.fullmatch(name)), "")
        if not host:
            continue
        hosts[host] += 1
        labels = host.split(".")
        if len(labels) > _SHARED_SUFFIX_LABELS:
            groups["*." + ".".join(labels[-_SHARED_SUFFIX_LABELS:])] += 1
    enough = max(2, count // 5) if count > 1 else 1
    suggested = [host for host, seen in hosts.most_common() if seen >= enough]
    covered = sum(hosts[host] for host in suggested)
    if covered < sum(hosts.values()) / 2:
        suggested += [group for group, seen in groups.most_common() if seen >= enough]
    return tuple(suggested)
