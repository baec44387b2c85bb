"""What our own receiver found out about the sender (RFC 8601). What others claim to have found out is not read."""

import re
from collections.abc import Sequence

from tresen.mail.headers.addresses import domain_of, read_addresses
from tresen.mail.headers.lines import HeaderBlock
from tresen.mail.headers.received import is_trusted, receiving_host, trusted_line
from tresen.mail.parsed import Verdict

FIELD = "authentication-results"

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"\([^()]*\)")
_NESTED = 10
_RESULT = re.compile(r"(?:^|[;\s])(spf|dkim|dmarc)\s*=\s*([a-z]+)([^;]*?)(?=;|\s(?:spf|dkim|dmarc)\s*=|$)")
_CONCERNED = {
    "dkim": (re.compile(r"header\.d\s*=\s*(\S+)"), re.compile(r"header\.i\s*=\s*(\S+)")),
    "spf": (re.compile(r"smtp\.mail(?:from)?\s*=\s*(\S+)"),),
}
_FAILED = {"fail", "hardfail"}


def judge(block: HeaderBlock, *, trusted_receivers: Sequence[str]) -> Verdict:
    """The verdict of the topmost Authentication-Results that one of our receivers wrote; NONE without such a line.

    DMARC's own verdict stands. Without it we do as it does: one good signature of the sender's own domain, or the right
    server for that domain, proves it, whatever else fails; SPF fails in every forwarded mail, and a footer breaks
    signatures. A pass for anybody else's domain proves nothing about this sender. See decision 0018.
    """
    own = own_results(block, trusted_receivers=trusted_receivers)
    if not own:
        return Verdict.NONE
    senders = block.all("from")
    domain = _domain(senders[0]) if len(senders) == 1 else ""
    found: dict[str, set[str]] = {}
    proven = False
    for method, result, said in _RESULT.findall(_results(own)):
        found.setdefault(method, set()).add(result)
        proven = proven or (result == "pass" and method in _CONCERNED and _speaks_for(_concerned(method, said), domain))
    policy = found.pop("dmarc", set())
    if policy & {"fail", "pass"}:
        return Verdict.FAIL if "fail" in policy else Verdict.PASS
    if proven:
        return Verdict.PASS
    failed = any(results & _FAILED and "pass" not in results for results in found.values())
    return Verdict.FAIL if failed else Verdict.NONE


def _results(line: str) -> str:
    """The results alone: senders choose words that stand in quotes and comments."""
    line = _QUOTED.sub("", line.lower())
    for _ in range(_NESTED):
        line, removed = _COMMENT.subn(" ", line)
        if not removed:
            break
    return line


def _domain(value: str) -> str:
    addresses = read_addresses(value)
    return domain_of(addresses[0].email) if addresses else ""


def _concerned(method: str, said: str) -> str:
    """The domain that signed, or whose servers were asked for."""
    named = next((found[1] for pattern in _CONCERNED[method] if (found := pattern.search(said))), "")
    return named.rpartition("@")[2].strip("<>.'")


def _speaks_for(domain: str, sender: str) -> bool:
    """Whether a domain is the sender's or stands above it, as a marketplace's above its relay."""
    return "." in domain and (sender == domain or sender.endswith(f".{domain}"))


def own_results(block: HeaderBlock, *, trusted_receivers: Sequence[str]) -> str:
    """The value of that topmost line, or an empty text."""
    for index, line in enumerate(block.all(FIELD)):
        name = line.partition(";")[0].strip().lower().partition(" ")[0]
        if is_trusted(name, trusted_receivers):
            return line
        if index == 0 and "=" in name and _received_by_outlook(block, trusted_receivers):
            return line
    return ""


def _received_by_outlook(block: HeaderBlock, trusted_receivers: Sequence[str]) -> bool:
    """Microsoft 365 leaves its own name out of the line, and always puts one above all that came with the mail."""
    host = receiving_host(trusted_line(block, trusted_receivers=trusted_receivers))
    return host.endswith(".outlook.com")
