"""What a store's platform forbids in an answer's words, in a sentence. Nobody can overrule it: it is the platform's."""

from datetime import datetime

from django.utils.translation import gettext_noop

from tresen.channels.surfaces import Surface
from tresen.channels.word_rules import Broken, forbidden_in
from tresen.stores.connectors import connector_of
from tresen.stores.models import Store

SENTENCES = {
    Broken.EMAIL: gettext_noop("%(channel)s takes no e-mail addresses in answers: “%(piece)s”."),
    Broken.PHONE: gettext_noop("%(channel)s takes no telephone numbers in answers: “%(piece)s”."),
    Broken.LINK: gettext_noop("%(channel)s takes no links that lead away from it: “%(piece)s”."),
    Broken.MARKUP: gettext_noop("%(channel)s takes no HTML in answers: “%(piece)s”."),
    Broken.PHRASE: gettext_noop("%(channel)s takes no advertising in answers: “%(piece)s”."),
}
ONLY_IN = {
    "en": gettext_noop("%(channel)s takes answers in English alone here, and this is not English."),
}
"""By the language that a platform wants."""


def refusal_of(text: str, store: Store, *, surface: str, at: datetime) -> str:
    """Why the platform does not take these words at `at`, in English for `troubles.in_words`; empty where it does."""
    rules = connector_of(store).rule_packs.at(at, store.marketplace, Surface(surface)).words
    found = forbidden_in(text, rules)
    if found is None:
        return ""
    sentence = ONLY_IN[found.rule.language] if found.how is Broken.LANGUAGE else SENTENCES[found.how]
    return sentence % {"channel": connector_of(store).title, "piece": found.piece}
