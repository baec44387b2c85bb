"""What a policy says about itself, in the agent's language: for whom it is, and what it promises."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tresen.channels.order_news import FulfilledBy
from tresen.customers.models import Segment
from tresen.sla.sentences import span, worked_span
from tresen.sla.targets import ALWAYS, COVERAGE, STORE, HoursChoice
from tresen.sla.wording import Params, Phrase
from tresen.workspace.money import money
from tresen.workspace.setup.naming import Names, any_channel_title, language_title, marketplace_title, one_of

SEGMENTS = {
    Segment.NEW.value: gettext_lazy("new customers"),
    Segment.REGULAR.value: gettext_lazy("regular customers"),
    Segment.VIP.value: gettext_lazy("VIP customers"),
}
FULFILLED_BY = {
    FulfilledBy.US.value: gettext_lazy("us"),
    FulfilledBy.PLATFORM.value: gettext_lazy("the platform"),
}
METRICS = {
    "first_reply": gettext_lazy("First reply"),
    "next_reply": gettext_lazy("Each further reply"),
    "resolution": gettext_lazy("Solved"),
}
EACH_REPLY = gettext_lazy("Every reply")
ON_CALL_FOR_ALL, ON_CALL_FOR_TIER_0 = "all", "tier_0"
_COVERED = {
    "": gettext_lazy("while the team works"),
    ON_CALL_FOR_ALL: gettext_lazy("while the team works and while somebody is on call"),
    ON_CALL_FOR_TIER_0: gettext_lazy("while the team works, at risk tier 0 also while somebody is on call"),
}


def put_in_words(phrases: Iterable[Phrase], names: Names) -> list[str]:
    """One text for each phrase, in their order."""
    return [_WORDS[phrase.key](phrase.params, names) for phrase in phrases]


def hours_in_words(hours: HoursChoice, names: Names, *, on_call: str = "") -> str:
    """The hours in which a target counts; `on_call` says for whom those count in which somebody is on call."""
    if hours == ALWAYS:
        return _("around the clock")
    if hours == COVERAGE:
        return str(_COVERED[on_call])
    if hours == STORE:
        return _("in the store’s hours")
    return names.timetables.get(hours, f"#{hours}")


def _all(params: Params, names: Names) -> str:
    del params, names
    return _("every ticket")


def _channels(params: Params, names: Names) -> str:
    del names
    return one_of(any_channel_title(key) for key in _texts(params, "channels"))


def _marketplaces(params: Params, names: Names) -> str:
    del names
    return one_of(marketplace_title(host) for host in _texts(params, "marketplaces"))


def _stores(params: Params, names: Names) -> str:
    return _("store %(names)s") % {"names": _named(params, "stores", names.stores)}


def _brands(params: Params, names: Names) -> str:
    return _("brand %(names)s") % {"names": _named(params, "brands", names.brands)}


def _languages(params: Params, names: Names) -> str:
    del names
    return _("written in %(languages)s") % {"languages": one_of(map(language_title, _texts(params, "languages")))}


def _risk_tiers(params: Params, names: Names) -> str:
    del names
    return _("risk tier %(tiers)s") % {"tiers": one_of(map(str, _numbers(params, "risk_tiers")))}


def _segments(params: Params, names: Names) -> str:
    del names
    return one_of(str(SEGMENTS[key]) for key in _texts(params, "segments"))


def _fulfilled_by(params: Params, names: Names) -> str:
    del names
    return _("shipped by %(who)s") % {"who": one_of(str(FULFILLED_BY[key]) for key in _texts(params, "fulfilled_by"))}


def _tags(params: Params, names: Names) -> str:
    del names
    return _("tagged %(tags)s") % {"tags": one_of(_texts(params, "tags"))}


def _order_value(params: Params, names: Names) -> str:
    del names
    least, most, currency = params["at_least"], params["at_most"], str(params["currency"])
    if isinstance(least, int) and isinstance(most, int):
        words = _("order of %(least)s to %(most)s")
        return words % {"least": money(least, currency), "most": money(most, currency)}
    if isinstance(least, int):
        return _("order of %(least)s or more") % {"least": money(least, currency)}
    return _("order of at most %(most)s") % {"most": money(cast("int", most), currency)}


def _lines(params: Params, names: Names) -> str:
    del names
    least, most = params["at_least"], params["at_most"]
    if isinstance(least, int) and isinstance(most, int):
        return _("%(least)s to %(most)s order lines") % {"least": least, "most": most}
    if isinstance(least, int):
        return ngettext("%(least)s order line or more", "%(least)s order lines or more", least) % {"least": least}
    count = cast("int", most)
    return ngettext("at most %(most)s order line", "at most %(most)s order lines", count) % {"most": count}


def _pre_sale(params: Params, names: Names) -> str:
    del params, names
    return _("before buying")


def _post_sale(params: Params, names: Names) -> str:
    del params, names
    return _("with an order")


def _promise(metric: str) -> Callable[[Params, Names], str]:
    def words(params: Params, names: Names) -> str:
        allowed = timedelta(minutes=cast("int", params["minutes"]))
        hours = cast("HoursChoice", params["hours"])
        counted = span(allowed) if hours == ALWAYS else worked_span(allowed)
        title = EACH_REPLY if metric == "each_reply" else METRICS[metric]
        own = f" ({_warned(params)})" if "percent" in params else ""
        return f"{title}: {counted}, {hours_in_words(hours, names, on_call=str(params.get('on_call', '')))}{own}"

    return words


def _warnings(params: Params, names: Names) -> str:
    del names
    return _warned(params)


def _warned(params: Params) -> str:
    percent = [_("after %(percent)s %%") % {"percent": each} for each in _numbers(params, "percent")]
    before = [
        _("%(time)s before the end") % {"time": span(timedelta(minutes=each))}
        for each in _numbers(params, "minutes_before")
    ]
    moments = ", ".join([*percent, *before])
    return _("Warns %(when)s") % {"when": moments} if moments else _("Warns nobody before the end")


def _no_warnings(params: Params, names: Names) -> str:
    del params, names
    return _("Warns nobody before the end")


def _named(params: Params, key: str, names: Mapping[int, str]) -> str:
    return one_of(names.get(number, f"#{number}") for number in _numbers(params, key))


def _texts(params: Params, key: str) -> tuple[str, ...]:
    return cast("tuple[str, ...]", params[key])


def _numbers(params: Params, key: str) -> tuple[int, ...]:
    return cast("tuple[int, ...]", params[key])


_WORDS: Mapping[str, Callable[[Params, Names], str]] = {
    "condition.all": _all,
    "condition.channels": _channels,
    "condition.marketplaces": _marketplaces,
    "condition.stores": _stores,
    "condition.brands": _brands,
    "condition.languages": _languages,
    "condition.risk_tiers": _risk_tiers,
    "condition.segments": _segments,
    "condition.fulfilled_by": _fulfilled_by,
    "condition.tags": _tags,
    "condition.order_value": _order_value,
    "condition.lines": _lines,
    "condition.pre_sale": _pre_sale,
    "condition.post_sale": _post_sale,
    "target.first_reply": _promise("first_reply"),
    "target.next_reply": _promise("next_reply"),
    "target.each_reply": _promise("each_reply"),
    "target.resolution": _promise("resolution"),
    "target.warnings": _warnings,
    "target.no_warnings": _no_warnings,
}
