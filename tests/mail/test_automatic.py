import pytest

from tests.mail import hostile
from tresen.mail import automatic
from tresen.mail.mime import parse_mail
from tresen.mail.parsed import Automatic

PERSON = "From: Bianca <buyer@customer.example>"


def kind(*lines, **options):
    return parse_mail(hostile.raw(*lines), trusted_receivers=[], **options).headers.automatic


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated",
        "Auto-Submitted: AUTO-REPLIED (vacation); owner-email=a@b",
        "X-Autoreply: yes",
        "X-Autorespond: Urlaub",
        "Precedence: auto_reply",
        "Return-Path: <>",
        "Subject: Out of Office: Re: Paket",
        "Subject: Re: Automatic reply: Paket",
        "Subject: Automatische Antwort: Paket",
        "Subject: Abwesenheitsnotiz",
        "Subject: =?utf-8?q?R=C3=A9ponse_automatique?=",
        "Subject: Risposta automatica: Pacco",
        "Subject: Respuesta automática: Paquete",
        "Subject: Fuori sede",
        "Subject: Fuera de la oficina",
        "Subject: Absence du bureau",
        "Subject: Abwesend: Re: Ihre Bestellung",
        "Subject: AW: Nicht im Büro",
        "Subject: Ich bin derzeit im Urlaub: Re: Paket",
        "Subject: Assente dall'ufficio: Re: Pacco",
        "Subject: Messaggio automatico: Re: Pacco",
        "Subject: On vacation - Re: Parcel",
        "Subject: I'm currently away: Re: Parcel",
    ],
)
def test_an_answering_machine_is_recognised(line):
    assert kind(PERSON, line) is Automatic.AUTO_REPLY


@pytest.mark.parametrize("field", ["In-Reply-To", "References"])
def test_who_answers_nothing_but_that_he_is_away_is_a_machine(field):
    assert kind(PERSON, "Subject: Sono in ferie", f"{field}: <answer@shop.example>") is Automatic.AUTO_REPLY


@pytest.mark.parametrize("sender", ["noreply", "no-reply", "no_reply+x", "donotreply", "do-not-reply", "MAILER-DAEMON"])
def test_a_sender_that_wants_no_answer_is_a_machine(sender):
    assert kind(f"From: {sender}@shop.example") is Automatic.AUTO_REPLY


@pytest.mark.parametrize(
    "lines",
    [
        ("List-Id: News <news.customer.example>",),
        ("List-Post: <mailto:news@customer.example>",),
        ("Precedence: bulk",),
        ("Precedence: list",),
        ("Precedence: Junk",),
    ],
)
def test_a_mailing_list_is_recognised(lines):
    assert kind(PERSON, *lines) is Automatic.MAILING_LIST


@pytest.mark.parametrize(
    "line",
    [
        "Subject: Wo bleibt mein Paket?",
        "Auto-Submitted: no",
        "Precedence: normal",
        "X-Autoreply: no",
        "List-Unsubscribe: <mailto:off@customer.example>",
        "Subject: Auto: Bremse fehlt",
        "Subject: Abwesend am Liefertag",
        "Subject: Ich bin im Urlaub, bitte später liefern",
        "Subject: Urlaub auf dem Bauernhof: Buch fehlt",
        "Subject: Urlaub",
        "Subject: Urlaub: bitte später liefern",
        "Subject: Sono in ferie",
        "Subject: I am on vacation next week, where is my parcel?",
        "Subject: In ferie dal 3, consegna?",
        "Subject: Ausencia de una pieza",
        "Subject: I was out of office when the parcel came",
        "Return-Path: <buyer@customer.example>",
        "X-Auto-Response-Suppress: All",
        "X-Auto-Response-Suppress: DR, OOF, AutoReply",
        "X-Auto-Response-Suppress: RN",
    ],
)
def test_a_persons_mail_is_not_taken_for_a_machines(line):
    assert kind(PERSON, line) is Automatic.NO


OF_A_DESK = "X-Auto-Response-Suppress: All"


def test_a_persons_answer_from_a_desk_that_wants_no_automatic_ones_is_a_persons():
    assert kind(PERSON, OF_A_DESK, "Subject: AW: Ihre Bestellung", "In-Reply-To: <a@shop.example>") is Automatic.NO


@pytest.mark.parametrize(
    "sign", ["Auto-Submitted: auto-generated", "Return-Path: <>", "Precedence: auto_reply", "Subject: Urlaub"]
)
def test_who_wants_no_automatic_answers_and_shows_another_sign_is_a_machine(sign):
    assert kind(PERSON, OF_A_DESK, sign) is Automatic.AUTO_REPLY


def test_a_contact_form_is_its_shoppers_words():
    lines = ("From: Laden <noreply@shop.example>", "Reply-To: robin@mail.example", "Auto-Submitted: auto-generated")
    assert kind(*lines) is Automatic.NO
    assert kind(*lines, "Precedence: bulk") is Automatic.NO
    assert kind(lines[0], "Reply-To: noreply@shop.example") is Automatic.AUTO_REPLY


def test_a_buyers_words_on_a_relay_are_not_the_relays():
    raw = hostile.raw(
        "Return-Path: <>",
        "From: q7w2e9@marketplace.example",
        "Precedence: bulk",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "Subject: Paket",
    )
    headers = parse_mail(raw, trusted_receivers=[]).headers
    assert automatic.of_relayed(headers) is Automatic.NO


def test_an_answering_machine_behind_a_relay_is_one_still():
    raw = hostile.raw("From: q7w2e9@marketplace.example", "Subject: Automatische Antwort: Paket")
    assert automatic.of_relayed(parse_mail(raw, trusted_receivers=[]).headers) is Automatic.AUTO_REPLY


def test_the_group_address_of_our_own_house_is_no_mailing_list():
    lines = (PERSON, "List-Id: <support.shop.example>", "Precedence: list")
    assert kind(*lines) is Automatic.MAILING_LIST
    assert kind(*lines[:2], "Delivered-To: anna@shop.example") is Automatic.NO
    assert kind(*lines, "Delivered-To: anna@shop.example", "X-Google-Group-Id: 1") is Automatic.NO


@pytest.mark.parametrize(
    "line",
    ["X-Tresen-Loop: shop.example", "Message-ID: <018f000000007000800000000000000a.tresen@shop.example>"],
)
def test_our_own_mail_that_comes_back_is_a_loop(line):
    assert kind("From: service@shop.example", line) is Automatic.LOOP


def test_a_loop_stays_a_loop_when_it_comes_back_as_a_bounce():
    raw = b"X-Tresen-Loop: shop.example\n" + hostile.bounce()
    assert parse_mail(raw, trusted_receivers=[]).headers.automatic is Automatic.LOOP


def test_an_id_like_ours_from_somebody_else_is_no_mark_of_ours():
    line = "Message-ID: <018f000000007000800000000000000a.tresen@shop.example>"
    assert kind(PERSON, line) is Automatic.NO


def test_without_its_mark_another_desks_mail_is_judged_as_anybodys():
    lines = ("From: service@other.example", "X-Tresen-Loop: other.example")
    headers = parse_mail(hostile.raw(*lines), trusted_receivers=[]).headers
    assert (headers.automatic, automatic.loop_domain(headers)) == (Automatic.LOOP, "other.example")
    assert automatic.of_others(headers) is Automatic.NO
    answering = parse_mail(hostile.raw(*lines, "Auto-Submitted: auto-replied"), trusted_receivers=[]).headers
    assert automatic.of_others(answering) is Automatic.AUTO_REPLY
