"""What went wrong at a platform's interface, for people.

Workers keep what was said in English, as it was said; here the catalogues know what it means for an administrator.
"""

import re
from collections.abc import Sequence
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from tresen.stores.causes import NO_SUCH_NAME, Trouble, cause_of
from tresen.stores.connectors import connectors

NOT_LET_IN = gettext_lazy(
    "The platform does not let us in: what was entered is wrong, has expired or was withdrawn. Make it anew at the "
    "platform and enter it here."
)
NOT_ALLOWED = gettext_lazy("The platform knows us and does not allow this: a permission is missing. Grant it there.")
NO_SUCH_PLACE = gettext_lazy("The platform has nothing at this address. Check the address that was entered.")
ELSEWHERE = gettext_lazy("The address leads somewhere else. Check the address that was entered.")
TOO_OFTEN = gettext_lazy("The platform was asked too often and wants a pause. It goes on by itself.")
NOT_TAKEN = gettext_lazy("The platform does not take what we ask. Report what it said to those who look after Tresen.")
OF_ITS_OWN = gettext_lazy("The platform has trouble of its own and does not answer as it should.")
IN_NO_TIME = gettext_lazy("The platform did not answer in time.")
NOT_FOUND = gettext_lazy(
    "%(host)s is not found. This machine may have no way to the internet; or the address is misspelled, where one was "
    "entered here."
)
UNREACHED = gettext_lazy("The platform cannot be reached.")
OURS = gettext_lazy("Tresen made a mistake here. Report the details to those who look after Tresen.")
UNCLEAR = gettext_lazy("The platform answers otherwise than it documents.")

SENTENCES = (
    gettext_noop("Something that was asked for when the store was connected is missing."),
    gettext_noop("This store is not connected to the platform’s interface."),
    gettext_noop("The platform forgets where it was in the middle of what it tells."),
)
"""What we say in whole sentences; what connectors say stands in their `Connection.says`."""


def explained_connection(said: str) -> Trouble:
    """What it means, in the active language; `details` is what was said, where that says more."""
    status, plain = _parted(said)
    if known := _known(plain):
        return Trouble(known)
    if status:
        return Trouble(str(_of_status(status)), said)
    if why := _of_the_way(said):
        return Trouble(why, said)
    if _FAULT.match(said):
        return Trouble(str(OURS), said)
    return Trouble(said) if said.endswith(".") else Trouble(str(UNCLEAR), said)


def sentence_of(said: str) -> str:
    """A connector's sentence in the active language."""
    return _known(said) or said


def _parted(said: str) -> tuple[int, str]:
    """The status of HTTP, and what came with it; 0 where there is none."""
    found = _STATUS.match(said)
    return (int(found[1]), said[found.end() :].strip()) if found else (0, said)


def _known(said: str) -> str:
    for sentence, pattern in _patterns():
        if found := pattern.fullmatch(said):
            return _(sentence) % found.groupdict()
    return ""


def _of_status(status: int) -> str | Promise:
    exact: dict[int, Promise] = {
        401: NOT_LET_IN,
        403: NOT_ALLOWED,
        404: NO_SUCH_PLACE,
        408: IN_NO_TIME,
        429: TOO_OFTEN,
        504: IN_NO_TIME,
    }
    by_hundred: dict[int, Promise] = {3: ELSEWHERE, 4: NOT_TAKEN, 5: OF_ITS_OWN}
    return exact.get(status) or by_hundred.get(status // 100, UNCLEAR)


def _of_the_way(said: str) -> str:
    """Nothing came back: why, as the library for HTTP has it."""
    if _HELD.search(said):
        return str(TOO_OFTEN)
    name = said.partition(":")[0]
    if name not in _WAYS:
        return ""
    if name in _TIMES:
        return str(IN_NO_TIME)
    host = _HOST.match(said)
    if host and NO_SUCH_NAME.search(said):
        return str(NOT_FOUND) % {"host": host[1]}
    return cause_of(said) or str(UNREACHED)


_STATUS = re.compile(r"([1-5]\d\d)(?=\s|$)")
_HELD = re.compile(r"^The allowance “.*” is used up\.$|was asked too often\.$")
_HOST = re.compile(r"\w+: ([\w-]+(?:\.[\w-]+)+): ")
_TIMES = {"ReadTimeout", "ConnectTimeout", "WriteTimeout", "PoolTimeout"}
_WAYS = _TIMES | {
    *("ConnectError", "ReadError", "WriteError", "CloseError", "RemoteProtocolError", "LocalProtocolError"),
    *("DecodingError", "UnsupportedProtocol", "TooManyRedirects"),
}
_FAULT = re.compile(r"[A-Z]\w*(?:Error|Exception|Missing|Exit): ?|[A-Z]\w*(?:Error|Exception)$")


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"%\\\((\w+)\\\)s|%\((\w+)\)s", r"(?P<\1\2>.*?)", re.escape(sentence)), re.DOTALL)


@cache
def _patterns() -> Sequence[tuple[str, re.Pattern[str]]]:
    said = (sentence for one in connectors() if one.connection for sentence in one.connection.says)
    return [(sentence, _pattern(sentence)) for sentence in dict.fromkeys((*SENTENCES, *said))]
