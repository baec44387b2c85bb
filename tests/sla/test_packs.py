"""The platform's rules as the clocks read them, by the names in the ledger."""

from datetime import timedelta

import pytest

from tests.factories.messages import a_message, filed, understood
from tests.factories.replies import a_ticket
from tests.factories.shops import MONDAY, a_store
from tresen.accounts.actors import SYSTEM
from tresen.channels.rule_files import all_rule_packs
from tresen.clock.rules import Measure, Unit
from tresen.intake.filing import file
from tresen.sla.models import Clock
from tresen.sla.overriding import Said, say_for_store, take_back
from tresen.sla.packs import OWN_LIMIT, cliff_title, counts, edition_at, leaves_out, pack_of
from tresen.sla.verifying import differences
from tresen.stores.models import Store
from tresen.tickets.models import Ticket

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LATER = MONDAY + 2 * HOUR
TWELVE_HOURS = Said(limits={"response_rate": 720})


@pytest.fixture
def store() -> Store:
    return a_store()


def dues(ticket: Ticket) -> dict[str, timedelta]:
    return {
        f"{clock.metric} of {(clock.started_at - MONDAY) // HOUR}": clock.due - clock.started_at
        for clock in Clock.objects.filter(ticket=ticket, kind="platform")
    }


def says(store: Store, said: Said = TWELVE_HOURS, *, at=LATER):
    return say_for_store(store.pk, said, reason="Peak season", by=SYSTEM, at=at)


def test_every_edition_of_every_platform_can_be_counted() -> None:
    for packs in all_rule_packs():
        for edition in packs.editions:
            pack = pack_of(edition.name)
            assert [cliff.key for cliff in pack.cliffs] == [cliff.key for cliff in edition.reply_cliffs]
            assert pack.unit is Unit(edition.unit.value)


def test_the_marketplace_decides_which_edition_counts() -> None:
    assert edition_at(a_store("amazon", "amazon.de"), MONDAY) == "amazon 2020-07-01"
    assert edition_at(a_store("amazon", "amazon.com"), MONDAY) == "amazon us 2020-07-01"
    assert edition_at(a_store("shopify", ""), MONDAY) == ""
    assert edition_at(a_store("ebay", "ebay.de"), MONDAY) == ""  # eBay's limits are of cases


def test_windows_and_averages_are_no_limits() -> None:
    meta = {cliff.key: cliff.measure for cliff in pack_of("facebook 2026-01-01").cliffs}
    assert meta == {"standard_window": Measure.WINDOW, "human_agent_window": Measure.WINDOW}
    assert pack_of("mirakl conrad 2026-01-01").cliffs[0].measure is Measure.AVERAGE


def test_what_counts_as_an_answer_is_the_packs_word() -> None:
    assert counts("amazon 2020-07-01", "person")
    assert not counts("amazon 2020-07-01", "automatic")
    assert counts("tiktok_shop th 2025-08-15", "automatic")
    assert (counts("", "person"), counts("", "bot")) == (True, False)
    assert leaves_out("tiktok_shop us 2026-01-01", "bot")
    assert not leaves_out("tiktok_shop us 2026-01-01", "person")


def test_a_stores_word_counts_for_what_comes_after_it_and_leaves_open_clocks_alone(store: Store) -> None:
    ticket = a_ticket(store, at=MONDAY)
    version = says(store)
    filed(store, a_message(at=MONDAY + 3 * HOUR))

    assert dues(ticket) == {
        "response_rate of 0": 24 * HOUR,
        "a_to_z_eligibility of 0": 48 * HOUR,
        "response_rate of 3": 12 * HOUR,
        "a_to_z_eligibility of 3": 48 * HOUR,
    }
    assert set(Clock.objects.filter(kind="platform").values_list("pack", flat=True)) == {
        "amazon 2020-07-01",
        f"amazon 2020-07-01 +{version.pk}",
    }
    assert not differences([ticket.pk], at=MONDAY + 4 * HOUR)


def test_a_message_that_turns_up_late_is_judged_by_what_counted_when_it_came(store: Store) -> None:
    ticket = a_ticket(store, at=MONDAY)
    says(store)
    filed(store, a_message(at=MONDAY + 3 * HOUR))
    filed(store, a_message(at=MONDAY + HOUR))

    assert dues(ticket)["response_rate of 1"] == 24 * HOUR
    assert dues(ticket)["response_rate of 3"] == 12 * HOUR


def test_an_override_that_was_taken_back_still_means_what_it_meant(store: Store) -> None:
    says(store)
    ticket = a_ticket(store, at=MONDAY + 3 * HOUR)
    take_back(store.pk, reason="Over", by=SYSTEM, at=MONDAY + 4 * HOUR)
    filed(store, a_message(at=MONDAY + 5 * HOUR))

    assert dues(ticket)["response_rate of 3"] == 12 * HOUR
    assert dues(ticket)["response_rate of 5"] == 24 * HOUR


def test_a_limit_can_be_said_not_to_count(store: Store) -> None:
    says(store, Said(limits={"a_to_z_eligibility": None}))
    ticket = a_ticket(store, at=MONDAY + 3 * HOUR)
    assert dues(ticket) == {"response_rate of 3": 24 * HOUR}


def test_a_store_whose_platform_sets_no_time_can_have_a_limit_of_its_own() -> None:
    store = a_store("shopify", "")
    version = says(store, Said(limits={OWN_LIMIT: 300}))
    name = edition_at(store, LATER)

    assert name == f"shopify 2026-01-01 +{version.pk}"
    assert [(cliff.key, cliff.allowed) for cliff in pack_of(name).cliffs] == [(OWN_LIMIT, 5 * HOUR)]
    assert cliff_title(name, OWN_LIMIT) == "Limit set for this store"


def test_what_a_platform_leaves_out_holds_for_as_long_as_the_store_says() -> None:
    store = a_store("tiktok_shop", "tiktok.com/th")
    says(store, Said(stretches={"holiday_mode": ((LATER, LATER + 5 * HOUR),)}))
    pack = pack_of(edition_at(store, LATER))

    assert pack.cliffs_at(LATER) == ()
    assert [cliff.key for cliff in pack.cliffs_at(LATER + 5 * HOUR)] == ["response_rate"]


def test_a_name_that_never_was_sets_no_time() -> None:
    assert pack_of("amazon 1999-01-01").cliffs == ()
    assert cliff_title("amazon 1999-01-01", "rate") == "rate"


def test_a_complaint_through_an_authority_has_walmarts_first_hour() -> None:
    store = a_store("walmart", "walmart.com", language="en")
    said = a_message(text="I have filed a complaint with the Better Business Bureau.")
    (filing,) = file([understood(store, said, language="en")], at=MONDAY)
    ticket = Ticket.objects.get(pk=filing.ticket.id)
    assert dues(ticket) == {"authority_complaint of 0": HOUR, "response_rate of 0": 48 * HOUR}
