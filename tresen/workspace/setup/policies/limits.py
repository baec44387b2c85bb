"""What the platforms themselves demand, from their rule packs: shown, never edited."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tresen.channels.contract import Look
from tresen.channels.limits import ALWAYS, Within
from tresen.channels.rule_packs import NoResponse, RulePack
from tresen.sla.sentences import span
from tresen.stores.channel_words import channel_title, limit_title, source_title
from tresen.stores.connectors import connectors
from tresen.workspace.setup.naming import day_in_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One platform's limits: `cliffs` as (what is lost, within which time), `sources` as (text, address or empty)."""

    title: str
    look: Look
    cliffs: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]
    checked: str


def limits_at(at: datetime) -> list[Limit]:
    """The limits in force at `at`, of all platforms that set any."""
    packs = [(connector, connector.rule_pack_at(at)) for connector in connectors()]
    return [
        Limit(
            title=channel_title(connector.key),
            look=connector.look,
            cliffs=tuple(
                (limit_title(cliff.title), span(cliff.limit.allowed))
                for cliff in pack.reply_cliffs
                if isinstance(cliff.limit, Within)
            ),
            notes=tuple(_notes(pack)),
            sources=tuple((_short(source), _address(source)) for source in pack.sources),
            checked=day_in_words(pack.checked),
        )
        for connector, pack in packs
        if pack.reply_cliffs
    ]


def _notes(pack: RulePack) -> list[str]:
    notes = []
    if all(isinstance(cliff.limit, Within) and cliff.limit.calendar == ALWAYS for cliff in pack.reply_cliffs):
        notes.append(_("Nights, weekends and holidays count."))
    if pack.counts_as_answer == {"person"}:
        notes.append(_("Only a person’s answer counts."))
    if pack.no_response is NoResponse.AT_PLATFORM:
        notes.append(_("“No response needed” counts only once it is marked there too."))
    return notes


def _address(source: str) -> str:
    return source if source.startswith("https://") else ""


def _short(source: str) -> str:
    return source.removeprefix("https://") if _address(source) else source_title(source)
