import pytest

from tests.mail import hostile
from tresen.mail.mime import parse_mail
from tresen.mail.parsed import Automatic, DeliveryReport, FailedRecipient

BUYER = "buyer@customer.example"


def read(raw):
    mail = parse_mail(raw, trusted_receivers=[])
    return mail.headers.automatic, mail.report


def test_a_bounce_names_the_mail_the_recipient_and_the_reason():
    kind, report = read(hostile.bounce())
    assert kind is Automatic.BOUNCE
    assert report == DeliveryReport(
        message_id="one@shop.example",
        recipients=(
            FailedRecipient(
                email=BUYER,
                status="5.1.1",
                reason="550 5.1.1 <buyer@customer.example>: Recipient address rejected: User unknown",
            ),
        ),
    )


def test_a_server_that_gave_up_after_days_has_given_up():
    kind, report = read(hostile.bounce(status="4.4.7"))
    assert kind is Automatic.BOUNCE
    assert report.recipients[0].permanent


def test_a_delay_is_no_bounce():
    kind, report = read(hostile.bounce(action="delayed", status="4.4.1"))
    assert kind is Automatic.DELIVERY_REPORT
    assert (report.message_id, report.recipients[0].permanent) == ("one@shop.example", False)


def test_a_delivery_told_is_no_failure():
    kind, report = read(hostile.bounce(action="delivered", status="2.0.0"))
    assert (kind, report.recipients) == (Automatic.DELIVERY_REPORT, ())


def test_a_read_receipt_is_a_report_about_our_mail():
    assert read(hostile.read_receipt()) == (Automatic.DELIVERY_REPORT, DeliveryReport(message_id="one@shop.example"))


def test_several_recipients_are_told_apart():
    raw = hostile.raw(
        "From: MAILER-DAEMON@mx.example",
        "Content-Type: multipart/report; report-type=delivery-status; boundary=x",
        body="--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        "Final-Recipient: rfc822; a@customer.example\nAction: failed\nStatus: 5.2.2\n\n"
        "Final-Recipient: rfc822; b@customer.example\nAction: delivered\nStatus: 2.0.0\n\n"
        "Final-Recipient: rfc822; c@customer.example\nAction: delayed\nStatus: 4.2.0\n"
        "--x\nContent-Type: text/rfc822-headers\n\nMessage-ID: <two@shop.example>\n--x--\n",
    )
    kind, report = read(raw)
    assert kind is Automatic.BOUNCE
    assert report.message_id == "two@shop.example"
    assert [(one.email, one.permanent) for one in report.recipients] == [
        ("a@customer.example", True),
        ("c@customer.example", False),
    ]


QMAIL = """Hi. This is the qmail-send program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<buyer@customer.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <service@shop.example>
Message-ID: <one@shop.example>
Subject: Re: Paket

support@other.example
"""

EXIM = """This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its recipients.

  buyer@customer.example
    host mx.customer.example [192.0.2.1]
    SMTP error from remote mail server after RCPT TO:<buyer@customer.example>:
    550 5.1.1 User unknown

------ This is a copy of the message, including all the headers. ------

Message-ID: <one@shop.example>
From: service@shop.example
"""


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        (("Return-Path: <>", "From: MAILER-DAEMON@mx.example", "Subject: failure notice"), QMAIL),
        (
            (
                "From: Mail Delivery System <Mailer-Daemon@mx.example>",
                "Subject: Mail delivery failed: returning message to sender",
                "X-Failed-Recipients: buyer@customer.example",
                "Auto-Submitted: auto-replied",
            ),
            EXIM,
        ),
    ],
)
def test_the_plain_letters_of_old_servers_are_bounces_too(lines, body):
    kind, report = read(hostile.raw(*lines, body=body))
    assert kind is Automatic.BOUNCE
    assert report.message_id == "one@shop.example"
    assert [(one.email, one.status, one.permanent) for one in report.recipients] == [(BUYER, "5.1.1", True)]
    assert report.recipients[0].reason


@pytest.mark.parametrize("subject", ["Unzustellbar: Re: Paket", "Undeliverable: Re: Paket", "Non recapitabile: Paket"])
def test_bounces_in_other_languages_are_recognised(subject):
    kind, _ = read(hostile.raw("From: postmaster@customer.example", f"Subject: {subject}"))
    assert kind is Automatic.BOUNCE


def test_a_warning_that_it_takes_longer_is_not_final():
    _, report = read(
        hostile.raw(
            "From: MAILER-DAEMON@mx.example",
            "Subject: Warning: Delivery Status Notification (Delay)",
            body="<buyer@customer.example>:\nwill try again\n",
        )
    )
    assert [one.permanent for one in report.recipients] == [False]


def test_a_buyer_who_writes_of_undelivered_parcels_is_no_bounce():
    raw = hostile.raw(f"From: {BUYER}", "Subject: Undelivered parcel, delivery failed!")
    assert read(raw) == (Automatic.NO, None)


def test_a_report_without_its_machine_readable_part_is_still_a_bounce():
    raw = hostile.raw(
        "From: MAILER-DAEMON@mx.example",
        "Subject: Undelivered Mail Returned to Sender",
        "Content-Type: multipart/report; boundary=x",
        body=f"--x\nContent-Type: text/plain\n\n<{BUYER}>: 550 unknown\n--x--\n",
    )
    assert read(raw)[0] is Automatic.BOUNCE


OURS = "0123456789abcdef0123456789abcdef.tresen@shop.example"


@pytest.mark.parametrize(
    ("subject", "letter"),
    [
        ("Undelivered Mail Returned to Sender", f"<{BUYER}>: host mx.customer.example said: 550 5.1.1 no such user\n"),
        ("Delivery Status Notification (Failure)", f"Your message was not delivered to {BUYER}: 550 5.1.1 no.\n"),
        ("Zustellung fehlgeschlagen: Re: Paket", f"Ihre Nachricht an {BUYER} kam nicht an: 550 5.1.1 unbekannt.\n"),
        ("Ihre Nachricht konnte nicht zugestellt werden", f"{BUYER}\n550 5.1.1 unbekannt\n"),
        ("Non riusciamo a recapitare: Pacco", f"<{BUYER}>\n550 5.1.1 sconosciuto\n"),
        ("Messaggio non recapitato: Re: Pacco", f"<{BUYER}>\n550 5.1.1 sconosciuto\n"),
    ],
)
def test_a_letter_names_the_recipient_wherever_it_stands(subject, letter):
    raw = hostile.raw("From: postmaster@mx.example", "To: service@shop.example", f"Subject: {subject}", body=letter)
    kind, report = read(raw)
    assert kind is Automatic.BOUNCE
    assert [(one.email, one.status, one.permanent) for one in report.recipients] == [(BUYER, "5.1.1", True)]


def test_the_letters_own_addresses_are_no_recipients():
    letter = "Dear service@shop.example, this did not arrive. postmaster@mx.example\n"
    raw = hostile.raw(
        "From: postmaster@mx.example", "To: service@shop.example", "Subject: Undeliverable: Paket", body=letter
    )
    assert read(raw)[1].recipients == ()


@pytest.mark.parametrize("line", [f"In-Reply-To: <{OURS}>", f"References: <a@b.example> <{OURS}>", "X-Nothing: 1"])
def test_a_letter_about_our_mail_is_known_by_our_own_id(line):
    letter = "No such user.\n" if line.startswith(("In", "Re")) else f"Your mail <{OURS}> is lost.\n"
    raw = hostile.raw("From: postmaster@mx.example", "Subject: Undeliverable: Paket", line, body=letter)
    assert read(raw)[1].message_id == OURS


def test_a_failure_that_names_no_action_is_told_by_its_status():
    kind, report = read(hostile.bounce(action="failed").replace(b"Action: failed\n", b""))
    assert (kind, report.recipients[0].permanent) == (Automatic.BOUNCE, True)


def test_a_complaint_about_our_mail_is_a_report():
    raw = hostile.raw(
        "From: complaints@provider.example",
        "Subject: FW: Re: Paket",
        "Content-Type: multipart/report; report-type=feedback-report; boundary=x",
        body="--x\nContent-Type: text/plain\n\nThis is an abuse report.\n"
        "--x\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nVersion: 1\n"
        "--x\nContent-Type: message/rfc822\n\nMessage-ID: <one@shop.example>\n\nHello\n--x--\n",
    )
    assert read(raw) == (Automatic.DELIVERY_REPORT, DeliveryReport(message_id="one@shop.example"))


def test_a_report_of_an_unknown_kind_is_still_nobodys_letter():
    raw = hostile.raw(
        "From: mailer@provider.example",
        "Content-Type: multipart/report; report-type=tlsrpt; boundary=x",
        body="--x\nContent-Type: text/plain\n\nSomething.\n--x--\n",
    )
    assert read(raw) == (Automatic.DELIVERY_REPORT, DeliveryReport(message_id=None))


def test_a_report_that_a_person_hangs_on_a_letter_leaves_it_a_letter():
    raw = hostile.raw(
        f"From: {BUYER}",
        "Content-Type: multipart/mixed; boundary=x",
        body="--x\nContent-Type: text/plain\n\nWhat does this mean?\n"
        "--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx\n\n"
        "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1\n--x--\n",
    )
    assert read(raw) == (Automatic.NO, None)
