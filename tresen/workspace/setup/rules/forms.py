"""What a store says in place of its platform's rules, as a form."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tresen.channels.limits import UNITS, Until, written
from tresen.channels.rule_packs import Exclusion, RulePack
from tresen.clock import zones
from tresen.sla.overriding import Said, Stretch
from tresen.sla.packs import OWN_LIMIT, OWN_LIMIT_TITLE
from tresen.stores.rule_words import rule_words
from tresen.workspace.setup.rules.words import limit_in_words

_SPAN = re.compile(r"(\d{1,5}) ?(min|h|d)")
_MINUTE = UNITS["min"]
LONGEST_REASON = 300


class SpanField(forms.CharField):
    """A time as "12 h", "90 min" or "2 d", in minutes; None where left empty."""

    def clean(self, value: Any) -> int | None:
        """The minutes."""
        text = super().clean(value).strip().lower()
        if not text:
            return None
        found = _SPAN.fullmatch(text)
        if found is None:
            raise forms.ValidationError(_("Write a time like 12 h, 90 min or 2 d."))
        return int(found[1]) * UNITS[found[2]] // _MINUTE


class StoreRulesForm(forms.Form):
    """Another time for each limit, or none; for each exclusion, from when to when it holds; and why."""

    reason = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Whoever asks later finds it here."),
    )

    def __init__(self, data: Any = None, *, pack: RulePack, said: Said, zone: str) -> None:
        super().__init__(data)
        self.said, self.zone = said, zones.zone(zone)
        self.cliffs = [cliff for cliff in pack.cliffs if not isinstance(cliff.limit, Until)]
        self.exclusions = [one for one in pack.exclusions if one.by_store]
        self.own = not pack.reply_cliffs
        for cliff in self.cliffs:
            self._add_limit(cliff.key, rule_words(cliff.title), limit_in_words(cliff.limit, pack))
        if self.own:
            self._add_limit(OWN_LIMIT, rule_words(OWN_LIMIT_TITLE), _("none by the platform"))
        for one in self.exclusions:
            self._add_stretch(one)

    def limits(self) -> list[tuple[BoundField, BoundField]]:
        """Each limit's other time, and whether it does not count."""
        keys = [*(cliff.key for cliff in self.cliffs), *([OWN_LIMIT] if self.own else [])]
        return [(self[f"time_{key}"], self[f"off_{key}"]) for key in keys]

    def stretches(self) -> list[tuple[str, BoundField, BoundField, Sequence[Stretch]]]:
        """Each exclusion's title, beginning and end, and the stretches that are over already."""
        return [
            (rule_words(one.title), self[f"from_{one.key}"], self[f"until_{one.key}"], self._before(one.key))
            for one in self.exclusions
        ]

    def said_now(self) -> Said:
        """What the form says. Stretches that were said before and are over stay."""
        given = self.cleaned_data
        limits: dict[str, int | None] = {}
        for bound, off in self.limits():
            key = bound.name.removeprefix("time_")
            if given.get(off.name):
                limits[key] = None
            elif given.get(bound.name) is not None:
                limits[key] = given[bound.name]
        stretches = {one.key: found for one in self.exclusions if (found := self._stretches(one.key, given))}
        return Said(limits=limits, stretches=stretches)

    def _add_limit(self, key: str, title: str, time: str) -> None:
        minutes = self.said.limits.get(key)
        self.fields[f"time_{key}"] = SpanField(
            label=title,
            required=False,
            initial=written(timedelta(minutes=minutes)) if minutes else "",
            help_text=time,
            widget=forms.TextInput(attrs={"autocomplete": "off", "size": 8}),
        )
        off = key in self.said.limits and minutes is None
        self.fields[f"off_{key}"] = forms.BooleanField(label=_("does not count here"), required=False, initial=off)

    def _add_stretch(self, one: Exclusion) -> None:
        begun, ended = (self.said.stretches.get(one.key) or ((None, None),))[-1]
        for name, label, moment in (("from", _("from"), begun), ("until", _("until"), ended)):
            self.fields[f"{name}_{one.key}"] = forms.DateTimeField(
                label=label,
                required=False,
                initial=moment.astimezone(self.zone).strftime("%Y-%m-%dT%H:%M") if moment else "",
                widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
                input_formats=["%Y-%m-%dT%H:%M"],
            )

    def _before(self, key: str) -> Sequence[Stretch]:
        return self.said.stretches.get(key, ())[:-1]

    def _stretches(self, key: str, given: Mapping[str, Any]) -> tuple[Stretch, ...]:
        begun = self._moment(given.get(f"from_{key}"))
        if begun is None:
            return tuple(self._before(key))
        stretch = (begun, self._moment(given.get(f"until_{key}")))
        last = self.said.stretches.get(key, ())[-1:]
        kept = self.said.stretches.get(key, ()) if last and last[0][1] and last[0][1] < begun else self._before(key)
        return (*kept, stretch)

    def _moment(self, typed: datetime | None) -> datetime | None:
        return None if typed is None else zones.in_utc(typed.replace(tzinfo=self.zone))
