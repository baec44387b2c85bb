import base64
from datetime import timedelta

import pytest

from tests.channels.payloads import RECEIVED, mail_payload, recorded, written
from tresen.channels.amazon.parsing import parse
from tresen.channels.contract import DeliveryNotice, NoticeKind, PlatformNotice


def notice(name: str) -> PlatformNotice:
    found = parse(recorded(f"amazon/{name}.eml"))[0]
    assert isinstance(found, PlatformNotice)
    return found


def sent(sender: str, subject: str, *lines: str, **headers: str) -> PlatformNotice:
    more = {name.replace("_", "-"): value for name, value in headers.items()}
    found = parse(mail_payload(written(*lines, headers={"From": sender, "Subject": subject} | more)))[0]
    assert isinstance(found, PlatformNotice)
    return found


@pytest.mark.parametrize(
    ("name", "kind", "order", "marketplace"),
    [
        ("atoz_opened_en", NoticeKind.A_TO_Z_OPENED, "202-1000001-2000001", "amazon.co.uk"),
        ("atoz_decided_es", NoticeKind.A_TO_Z_DECIDED, "407-1000009-2000009", "amazon.es"),
        ("refund_it", NoticeKind.REFUND_ISSUED, "404-1000010-2000010", "amazon.it"),
        ("return_es_two_articles", NoticeKind.RETURN_AUTHORISED, "407-1000011-2000011", "amazon.es"),
        ("return_requested_en", NoticeKind.RETURN_REQUESTED, "202-1000012-2000012", "amazon.co.uk"),
        ("cancellation_it", NoticeKind.CANCELLATION_REQUESTED, "404-1000013-2000013", "amazon.it"),
        ("chargeback_decided_en", NoticeKind.CHARGEBACK_DECIDED, "111-1000014-2000014", None),
        ("delivery_failed_en", NoticeKind.DELIVERY_FAILED, "303-1000004-2000004", "amazon.de"),
    ],
)
def test_a_notice_is_known_by_stamp_or_by_sender_and_words(
    name: str, kind: NoticeKind, order: str, marketplace: str | None
) -> None:
    found = notice(name)
    assert (found.kind, found.order_ids, found.marketplace) == (kind, (order,), marketplace)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("name", "amount", "currency"),
    [
        ("atoz_opened_en", "1049.90", "GBP"),
        ("atoz_decided_es", "59.00", "EUR"),
        ("refund_it", "12.90", "EUR"),
        ("chargeback_decided_en", "1012.34", "USD"),
    ],
)
def test_sums_are_read_in_either_notation(name: str, amount: str, currency: str) -> None:
    assert (notice(name).extra["amount"], notice(name).extra["currency"]) == (amount, currency)


def test_a_bare_dollar_means_the_marketplaces_own() -> None:
    found = sent(
        "atoz-guarantee-no-reply@amazon.com",
        "Claim received on order 701-1000001-2000001",
        "A claim of $12.34.",
        X_Marketplace_ID="A2EUQ1WTGCTBG2",
    )
    assert found.extra == {"amount": "12.34", "currency": "CAD"}


def test_a_claims_deadline_is_read_from_the_text_and_waits_for_a_request() -> None:
    deadline = notice("atoz_opened_en").deadline
    assert deadline is not None
    assert (deadline.amount, deadline.unit, deadline.conditional, deadline.at) == (5, "calendar_days", True, None)


def test_a_chargebacks_deadline_counts_from_the_mail() -> None:
    found = sent(
        "cb-seller-notification@amazon.com",
        "Chargeback",
        "Order number: 111-1000001-2000001, for 10.00 USD",
        "You have 9 days from the date",
        "of this email to respond.",
    )
    assert found.kind is NoticeKind.CHARGEBACK_OPENED
    assert found.deadline is not None
    assert found.deadline.at == RECEIVED + timedelta(days=9)
    assert found.deadline.stated == "9 days from the date of this email"


def test_a_return_of_two_articles_keeps_both() -> None:
    found = notice("return_es_two_articles")
    assert found.item_ids == ("B0BIRCH001", "B0LINEN002")
    assert (found.extra["sku"], found.extra["quantity"]) == ("BH-1\nBH-2", "1\n2")
    assert found.extra["reason"] == "Defectuoso\nColor"
    assert found.extra["buyer_comment"] == "Se mueve"


def test_a_plain_text_return_is_read_by_its_labels() -> None:
    assert notice("return_requested_en").extra == {
        "reason": "Too small",
        "buyer_comment": "It does not fit under my table.",
        "return_requested_on": "2026-11-18",
    }


def test_a_return_stamp_without_known_words_is_taken_for_the_lesser_one_and_flagged() -> None:
    found = sent("donotreply@amazon.com", "Retur", "303-1000001-2000001", X_Space_Notification_Type="RETURN_REQUEST")
    assert found.kind is NoticeKind.RETURN_REQUESTED
    assert found.problems == ("notice_unclear",)


def test_a_cancellation_keeps_amazons_link_and_no_other() -> None:
    (link,) = notice("cancellation_it").links
    assert link.url == "https://sellercentral.amazon.it/orders-v3/order/404-1000013-2000013/cancel-order"


def test_an_opt_out_is_a_notice_and_takes_the_answer_back() -> None:
    filed, failure = parse(recorded("amazon/opted_out_en.eml"))
    assert isinstance(filed, PlatformNotice)
    assert isinstance(failure, DeliveryNotice)
    assert filed.kind is NoticeKind.DELIVERY_FAILED_BUYER_OPTED_OUT
    assert filed.buyer_name == "Nora"
    assert filed.extra == {
        "failed_recipient": "hb3x9k2m7q4w1z@marketplace.amazon.co.uk",
        "our_message_sent_on": "2026-11-19",
        "override_keyword": "[Important]",
    }
    assert failure.recipient == "hb3x9k2m7q4w1z@marketplace.amazon.co.uk"
    assert failure.order_ids == ("202-1000001-2000001",)
    assert failure.message_id is None


def test_another_failed_delivery_takes_the_answer_back_too() -> None:
    _, failure = parse(recorded("amazon/delivery_failed_en.eml"))
    assert isinstance(failure, DeliveryNotice)
    assert failure.order_ids == ("303-1000004-2000004",)


def test_a_policy_warning_keeps_its_complaint() -> None:
    found = notice("policy_warning_de")
    assert found.kind is NoticeKind.POLICY_WARNING
    assert found.extra == {"complaint_id": "9000000001"}


def test_a_curly_apostrophe_and_missing_accents_make_no_difference() -> None:
    for apostrophe in ("'", "\u2019"):
        subject = f"Richiesta di rimborso ricevuta per l{apostrophe}ordine 404-1000001-2000001"
        found = sent("atoz-guarantee-no-reply@amazon.it", f"=?utf-8?b?{_base64(subject)}?=", "x")
        assert found.kind is NoticeKind.A_TO_Z_OPENED


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    ("sender", "subject", "kind"),
    [
        ("atoz-guarantee-no-reply@amazon.de", "A-bis-z-Antrag erhalten: {}", NoticeKind.A_TO_Z_OPENED),
        ("atoz-guarantee-no-reply@amazon.de", "Entscheidung zum A-bis-z-Antrag {}", NoticeKind.A_TO_Z_DECIDED),
        ("atoz-guarantee-no-reply@amazon.de", "Weitere Informationen zum A-bis-z-Antrag {}", NoticeKind.A_TO_Z_ASKED),
        (
            "atoz-guarantee-no-reply@amazon.it",
            "Richiesta di rimborso ricevuta per l’ordine {}",
            NoticeKind.A_TO_Z_OPENED,
        ),
        ("atoz-guarantee-no-reply@amazon.it", "Decisione sul reclamo per l'ordine {}", NoticeKind.A_TO_Z_DECIDED),
        ("atoz-guarantee-no-reply@amazon.fr", "Décision concernant la réclamation {}", NoticeKind.A_TO_Z_DECIDED),
        ("atoz-guarantee-no-reply@amazon.fr", "Réclamation reçue pour la commande {}", NoticeKind.A_TO_Z_OPENED),
        ("atoz-guarantee-no-reply@amazon.es", "Reclamación recibida para el pedido {}", NoticeKind.A_TO_Z_OPENED),
        ("donotreply@amazon.de", "Rücksendeantrag für Bestellung {}", NoticeKind.RETURN_REQUESTED),
        ("donotreply@amazon.fr", "Notification d'autorisation de retour {}", NoticeKind.RETURN_AUTHORISED),
        ("donotreply@amazon.es", "Solicitud de cancelación del pedido {}", NoticeKind.CANCELLATION_REQUESTED),
        ("donotreply@amazon.de", "Stornierungsanfrage für Bestellung {}", NoticeKind.CANCELLATION_REQUESTED),
        ("donotreply@amazon.fr", "Remboursement initié pour la commande {}", NoticeKind.REFUND_ISSUED),
        ("donotreply@amazon.fr", "Avertissement concernant les politiques de vente", NoticeKind.POLICY_WARNING),
        ("donotreply@amazon.it", "Avviso violazione norma", NoticeKind.POLICY_WARNING),
    ],
)
def test_a_notice_is_known_in_each_countrys_language(sender: str, subject: str, kind: NoticeKind) -> None:
    found = sent(sender, subject.format("302-1000001-2000001"), "…")
    assert (found.kind, "notice_unknown" in found.problems) == (kind, False)


def test_a_mail_of_the_claims_sender_in_words_nobody_knows_is_not_understood() -> None:
    found = sent("atoz-guarantee-no-reply@amazon.de", "Etwas ganz Neues zu 302-1000001-2000001", "…")
    assert (found.kind, found.problems, found.case) == (NoticeKind.OTHER, ("notice_unknown",), None)


def test_a_notice_says_what_it_means_for_its_case() -> None:
    opened, warned = notice("atoz_opened_en").case, notice("policy_warning_de").case
    assert opened is not None
    assert (opened.step, opened.kind) == ("opened", "a_to_z")
    assert warned is not None
    assert (warned.kind, warned.external_id) == ("policy_warning", "9000000001")
    assert notice("refund_it").case is None


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("The claim was decided in your favor.", "won"),
        ("We have granted the claim.", "lost"),
        ("Wir haben dem Antrag stattgegeben.", "lost"),
        ("We looked into it.", "decided"),
    ],
)
def test_a_decision_says_how_it_came_out_where_the_mail_does(words: str, outcome: str) -> None:
    case = sent("atoz-guarantee-no-reply@amazon.com", "Claim decision on order 111-1000001-2000001", words).case
    assert case is not None
    assert case.outcome == outcome


def test_when_amazon_asks_the_time_runs_from_that_mail() -> None:
    found = sent(
        "atoz-guarantee-no-reply@amazon.de",
        "Weitere Informationen zum A-bis-z-Antrag 302-1000001-2000001",
        "Bitte antworten Sie innerhalb von 3 Kalendertagen.",
    )
    assert found.deadline is not None
    assert (found.deadline.amount, found.deadline.unit, found.case.step) == (3, "calendar_days", "asked")


@pytest.mark.parametrize(
    ("sender", "subject", "kind"),
    [
        # Words of one kind stand within another's.
        ("donotreply@amazon.de", "Antrag auf Rücksendegenehmigung für Bestellung {}", NoticeKind.RETURN_REQUESTED),
        ("donotreply@amazon.de", "Rücksendegenehmigung für Bestellung {}", NoticeKind.RETURN_AUTHORISED),
        ("donotreply@amazon.de", "Ihr Rücksendeantrag genehmigt: {}", NoticeKind.RETURN_AUTHORISED),
        ("atoz-guarantee-no-reply@amazon.de", "Entscheidung zum Antrag für Bestellung {}", NoticeKind.A_TO_Z_DECIDED),
        ("atoz-guarantee-no-reply@amazon.de", "Antrag für Bestellung {}", NoticeKind.A_TO_Z_OPENED),
    ],
)
def test_of_words_within_words_the_longer_ones_decide(sender: str, subject: str, kind: NoticeKind) -> None:
    assert sent(sender, subject.format("302-1000001-2000001"), "…").kind is kind


@pytest.mark.parametrize(
    "words",
    [
        "Bitte antworten Sie innerhalb von 7 Tagen.",
        "Risponda entro 7 giorni.",
        "Répondez sous 7 jours.",
        "Responda en un plazo de 7 días.",
        "Please respond within 7 days.",
        "Responda en un plazo de 7 di\u0301as.",
    ],
)
def test_a_chargebacks_time_runs_from_the_mail_in_every_language(words: str) -> None:
    deadline = sent("cb-seller-notification@amazon.com", "Chargeback", "Order 111-1000001-2000001", words).deadline
    assert deadline is not None
    assert (deadline.conditional, deadline.at, deadline.starts) == (False, RECEIVED + timedelta(days=7), "mail_date")


@pytest.mark.parametrize(
    ("words", "hours"),
    [
        ("Please respond within 48 hours. Buyers may appeal within 30 days.", 48),
        ("Bitte antworten Sie innerhalb von 48 Stunden.", 48),
        ("Risponda entro 48 ore.", 48),
        ("Répondez dans les 3 jours.", 72),
        ("The money moves within 0 days. Answer within 3 calendar days.", 72),
    ],
)
def test_of_several_spans_the_shortest_counts_in_hours_too(words: str, hours: int) -> None:
    found = sent("atoz-guarantee-no-reply@amazon.com", "Information needed for claim 111-1000001-2000001", words)
    assert found.deadline is not None
    assert found.deadline.at == RECEIVED + timedelta(hours=hours)


def test_a_claim_with_the_buyers_relay_in_reply_to_is_no_message_of_the_buyers() -> None:
    """Amazon's own senders never write for a buyer; from any other a relay in Reply-To is who is answered."""
    headers = {"Subject": "Réclamation reçue pour la commande 302-1000001-2000001"}
    relay = {"Reply-To": "hb3x9k2m7q4w1z@marketplace.amazon.fr"}
    (found,) = parse(
        mail_payload(written("…", headers={"From": "atoz-guarantee-no-reply@amazon.fr"} | headers | relay))
    )
    assert isinstance(found, PlatformNotice)
    assert found.kind is NoticeKind.A_TO_Z_OPENED
    (found,) = parse(mail_payload(written("…", headers={"From": "x@amazon.fr", "Subject": "Bonjour"} | relay)))
    assert not isinstance(found, PlatformNotice)
