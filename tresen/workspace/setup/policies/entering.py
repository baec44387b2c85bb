"""Between a policy's form and what the operations read. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision

from tresen.clock.facts import Metric
from tresen.sla.conditions import Between, Conditions
from tresen.sla.queries import ListedPolicy
from tresen.sla.targets import Targets, Warnings

HOUR = 60
UNIT_MINUTES = {"h": HOUR, "min": 1}
SETS = ("channels", "stores", "brands", "marketplaces", "languages", "risk_tiers", "segments", "fulfilled_by")


def initial_of(policy: ListedPolicy) -> dict[str, object]:
    """The form of a policy as it stands."""
    said = policy.conditions
    return {
        "name": policy.name,
        **{name: sorted(getattr(said, name)) for name in SETS},
        **_value(said),
        **_ends("lines", said.lines),
        "sale": {True: "pre", False: "post", None: ""}[said.pre_sale],
        "tags": ", ".join(sorted(said.tags)),
        **_promises(policy.targets),
        "warn_percent": ", ".join(map(str, policy.targets.warn_percent)),
        "warn_before": ", ".join(map(str, policy.targets.warn_before)),
    }


def stated_conditions(given: Mapping[str, Any]) -> dict[str, object]:
    """What was filled in, as tresen/sla/conditions.py reads it."""
    stated: dict[str, object] = {name: list(given[name]) for name in SETS if given.get(name)}
    if given.get("tags"):
        stated["tags"] = sorted({tag.strip() for tag in given["tags"].split(",") if tag.strip()})
    if given.get("sale"):
        stated["pre_sale"] = given["sale"] == "pre"
    value = _span(given, "value")
    if value:
        currency = given.get("currency", "").upper()
        stated["order_value"] = {end: _minor(amount, currency) for end, amount in value.items()} | {
            "currency": currency
        }
    if lines := _span(given, "lines"):
        stated["lines"] = lines
    return stated


def stated_targets(given: Mapping[str, Any]) -> dict[str, object]:
    """What was filled in, as tresen/sla/targets.py reads it."""
    stated: dict[str, Any] = {}
    for metric in Metric:
        hours, minutes = given.get(f"{metric}_h"), given.get(f"{metric}_min")
        counted = given.get(f"{metric}_in", "")
        if counted and (hours is not None or minutes is not None):
            stated[metric.value] = {
                "minutes": (hours or 0) * HOUR + (minutes or 0),
                "hours": int(counted) if counted.isdecimal() else counted,
            }
            if given.get(f"{metric}_warn") is not None:
                stated[metric.value] |= {"warnings": given[f"{metric}_warn"]}
    for warning in ("warn_percent", "warn_before"):
        if given.get(warning):
            stated[warning] = given[warning]
    return stated


def field_of(where: str) -> str | None:
    """The field that a problem's path is about."""
    _part, _, path = where.partition(".")
    if not path:
        return where
    name, _, rest = path.partition(".")
    if name in tuple(Metric):
        return f"{name}_{_PARTS.get(rest.partition('.')[0], 'h')}"
    return _FIELDS.get(path) or _FIELDS.get(name, name)


_PARTS = {"hours": "in", "warnings": "warn"}
_FIELDS = {"order_value.currency": "currency", "order_value": "value_from", "lines": "lines_from", "pre_sale": "sale"}


def _value(said: Conditions) -> dict[str, object]:
    span = said.order_value
    if span is None:
        return {"currency": "EUR"}
    return {
        "value_from": _major(span.at_least, said.currency),
        "value_to": _major(span.at_most, said.currency),
        "currency": said.currency,
    }


def _ends(name: str, span: Between | None) -> dict[str, object]:
    return {f"{name}_from": span.at_least, f"{name}_to": span.at_most} if span else {}


def _promises(targets: Targets) -> dict[str, object]:
    filled: dict[str, object] = {}
    for metric, target in targets.given.items():
        hours, minutes = divmod(target.minutes, HOUR)
        filled |= {f"{metric}_h": hours or None, f"{metric}_min": minutes or None, f"{metric}_in": target.hours}
        filled[f"{metric}_warn"] = "" if target.warnings is None else _warnings(target.warnings)
    return filled


def _warnings(own: Warnings) -> str:
    percent = [f"{each} %" for each in own.percent]
    before = [f"{each // HOUR} h" if each % HOUR == 0 else f"{each} min" for each in own.before]
    return ", ".join([*percent, *before]) or "–"


def _span(given: Mapping[str, Any], name: str) -> dict[str, Any]:
    ends = {"at_least": given.get(f"{name}_from"), "at_most": given.get(f"{name}_to")}
    return {end: value for end, value in ends.items() if value is not None}


def _minor(amount: Decimal, currency: str) -> int:
    return int(amount.scaleb(get_currency_precision(currency)))


def _major(amount: int | None, currency: str) -> Decimal | None:
    return None if amount is None else Decimal(amount).scaleb(-get_currency_precision(currency))
