"""Which decisions TikTok Shop takes just now about a return or a cancellation, and for which reasons."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from tresen.channels.answered import to_sender
from tresen.channels.feeds import Stopped
from tresen.channels.http import HttpRequest, HttpResponse
from tresen.channels.order_door import ActionResult, ActionWanted, Done
from tresen.channels.outbound import Later, Refused, StoreAccess
from tresen.channels.tiktok_shop.asking import AMONG_CLOCKS, read, request, seconds


class Reason(msgspec.Struct, frozen=True):
    """A reason of TikTok Shop's, by its name and in its words."""

    name: str
    text: str = ""


class Decision(msgspec.Struct, frozen=True):
    """Whether one decision is possible, and why not."""

    decision: str
    eligible: bool = False
    ineligible_reason: str = ""
    available_reject_reasons: Sequence[Reason] = ()


class _Decisions(msgspec.Struct, frozen=True):
    decisions: Sequence[Decision] = ()


def decisions_on(access: StoreAccess, number: str, of: Iterable[str]) -> Sequence[Decision] | Stopped:
    """Of these decisions each with whether it is possible, in the order given."""
    wanted = list(of)
    query = (("return_or_cancel_id", number), ("check_decisions", ",".join(wanted)))
    asked = request(access, "GET", "/return_refund/202601/decision_eligibility", *query)
    found = read(access, _Decisions, asked)
    if isinstance(found, Stopped):
        return found
    return sorted(
        (one for one in found.decisions if one.decision in wanted), key=lambda one: wanted.index(one.decision)
    )


def possible(access: StoreAccess, number: str, of: Iterable[str]) -> Decision | Later | Refused:
    """The first of these decisions that is possible; else why none is."""
    found = decisions_on(access, number, of)
    if isinstance(found, Stopped):
        return not_read(found)
    chosen = next((one for one in found if one.eligible), None)
    if chosen is not None:
        return chosen
    why = next((one.ineligible_reason for one in found if one.ineligible_reason), "")
    return Refused(reason=why or NONE_POSSIBLE)


def reasons_in(found: Sequence[Decision] | Stopped) -> Mapping[str, str] | Stopped:
    """The reasons that a refusal can have, by TikTok Shop's name for each."""
    if isinstance(found, Stopped):
        return found
    chosen = next((one for one in found if one.eligible), None)
    return {one.name: one.text or one.name for one in chosen.available_reject_reasons} if chosen else {}


def once(access: StoreAccess, path: str, wanted: ActionWanted, told: Mapping[str, object] | None) -> HttpRequest:
    """A decision that TikTok Shop takes once for our key, however often it is told."""
    return request(access, "POST", f"/return_refund{path}", ("idempotency_key", wanted.key), told=told)


def decided(access: StoreAccess, asked: HttpRequest, number: str) -> ActionResult:
    """What became of it."""
    outcome = to_sender(access.http.send(asked))
    return Done(external_id=number) if isinstance(outcome, HttpResponse) else outcome


def changed_since(at: int, wanted: ActionWanted) -> bool:
    """Whether something changed after it was first wanted: then this may be what changed it."""
    return wanted.since is None or at >= seconds(wanted.since - AMONG_CLOCKS)


def not_read(stopped: Stopped) -> Later | Refused:
    """Nothing was done, for it could not be read first."""
    return Refused(reason=stopped.reason) if stopped.lacks else stopped.later()


NONE_POSSIBLE = "TikTok Shop takes no such decision just now."
