"""What our own receiver found out about the sender (RFC 8601). What others claim to have found out is not read."""

import re
from collections.abc import Sequence

from tresen.mail.headers.lines import HeaderBlock
from tresen.mail.headers.received import is_trusted, receiving_host, trusted_line
from tresen.mail.parsed import Verdict

FIELD = "authentication-results"

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"(?:^|[;\s])(spf|dkim|dmarc)\s*=\s*([a-z]+)")
_FAILED = {"fail", "hardfail"}


def judge(block: HeaderBlock, *, trusted_receivers: Sequence[str]) -> Verdict:
    """The verdict of the topmost Authentication-Results that one of our receivers wrote; NONE without such a line.

    A pass of DMARC outweighs the rest: the sender's domain is proven then, and SPF fails in every forwarded mail.
    Without DMARC any explicit failure counts, but of several signatures one good one is enough.
    """
    own = own_results(block, trusted_receivers=trusted_receivers)
    if not own:
        return Verdict.NONE
    found: dict[str, set[str]] = {}
    for method, result in _RESULT.findall(_COMMENT.sub(" ", own.lower())):
        found.setdefault(method, set()).add(result)
    if "pass" in found.get("dmarc", ()):
        return Verdict.PASS
    failed = {method for method, results in found.items() if results & _FAILED and "pass" not in results}
    if failed:
        return Verdict.FAIL
    return Verdict.PASS if any("pass" in results for results in found.values()) else Verdict.NONE


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
