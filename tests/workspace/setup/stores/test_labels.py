"""What connectors say is said in every language."""

from collections.abc import Iterator

from tresen.channels.contract import Connector
from tresen.channels.order_door import ActionOffer
from tresen.channels.setup_fields import SetupField
from tresen.channels.starting import StartDoor
from tresen.stores.connectors import connectors
from tresen.workspace.setup.stores.labels import KNOWN


def words_of(connector: Connector) -> Iterator[str]:
    connection = connector.connection
    yield from (text for asked in connector.setup_fields for text in of_a_field(asked))
    if connector.webhooks:
        yield from (connector.webhooks.where, connector.webhooks.there)
        yield from of_a_field(connector.webhooks.asked) if connector.webhooks.asked else ()
    if connection:
        yield from (step.text for step in connection.steps)
        yield from (text for asked in connection.fields() for text in of_a_field(asked))
        yield from connection.allowances.values()
        yield from connection.says
        yield from (term.then for term in connection.terms)
        yield connection.consent.title if connection.consent else ""
    yield from (feed.title for feed in connector.feeds)
    yield from (reason for offer in connector.actions.values() for reason in offer.reasons.values())
    yield from (text for offer in connector.actions.values() for text in offer.says)
    yield from (text for offer in connector.actions.values() for text in details_of(offer))
    yield from connector.reasons.values()
    yield connector.unasked
    yield from (
        text for ways in connector.ways.values() for one in ways for text in (one.title, one.help_text, one.once)
    )
    if connector.start:
        yield from unfit_words(connector.start)
        yield from (text for one in connector.start.openings for text in (one.title, one.help_text))


def details_of(offer: ActionOffer) -> Iterator[str]:
    """Names of carriers, and letters, are the same in every language; whoever has no name is not."""
    yield from (title for key, title in offer.carriers.items() if key.startswith("OTHER"))
    for asked in offer.details:
        yield from (asked.label, asked.help_text)
        yield from (title for key, title in asked.choices.items() if key.casefold() != title.casefold())


UNFIT = ("Hm", "<b>Hello</b>", "a@mail.example", "Tel. 030 23125123", "https://shop.example.com")


def unfit_words(start: StartDoor) -> Iterator[str]:
    if start.unfit is not None:
        found = (start.unfit(one, text) for one in start.openings for text in UNFIT)
        yield from (unfit.sentence for unfit in found if unfit)


def of_a_field(asked: SetupField) -> Iterator[str]:
    yield asked.label
    yield asked.help_text
    yield asked.unfit
    # Names of sites are the same in every language, names of countries are not.
    said = {key for key, _title in asked.choices if key == "other" or key.startswith("tiktok.com/")}
    yield from (title for key, title in asked.choices if asked.name != "marketplace" or key in said)


def asked() -> set[str]:
    return {text for one in connectors() for text in words_of(one)}


def test_everything_a_connector_asks_for_can_be_said_in_every_language():
    assert asked() - {""} - {str(label) for label in KNOWN} == set()


def test_nothing_is_kept_that_no_connector_asks_for():
    assert {str(label) for label in KNOWN} - asked() == set()
