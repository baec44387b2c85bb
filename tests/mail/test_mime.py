from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail import hostile
from tresen.mail.mime import parse_headers_only, parse_mail
from tresen.mail.parsed import Address, Problem, Verdict

HOST = "mx.shop.example"


def read(raw):
    return parse_mail(raw, trusted_receivers=[HOST])


def test_an_ordinary_mail_reads_whole():
    mail = read(hostile.plain("Wo bleibt mein Paket?\nGrüße"))
    assert mail.headers.sender == Address(email="buyer@customer.example", name="Bianca Esempi")
    assert mail.headers.to == (Address(email="service@shop.example"),)
    assert mail.headers.subject == "Paket"
    assert mail.headers.message_id == "abc@customer.example"
    assert mail.headers.claimed_at == datetime(2026, 11, 9, 15, 4, 11, tzinfo=UTC)
    assert mail.text == "Wo bleibt mein Paket?\nGrüße"
    assert mail.problems == ()


def test_a_forged_date_changes_nothing_of_when_the_mail_came():
    mail = read(
        hostile.raw(
            f"Received: from relay.example by {HOST} with ESMTPS id 1; Mon, 9 Nov 2026 16:04:12 +0100 (CET)",
            f"Received: from me by {HOST}; Mon, 9 Nov 1999 16:04:12 +0100",
            "From: a@b.example",
            "Date: Fri, 1 Jan 2099 00:00:00 +0000",
        )
    )
    assert mail.received_at == datetime(2026, 11, 9, 15, 4, 12, tzinfo=UTC)
    assert mail.headers.claimed_at == datetime(2099, 1, 1, tzinfo=UTC)


def test_a_stamp_of_an_untrusted_host_is_not_believed():
    mail = read(hostile.raw("Received: by mx.evil.example; Mon, 9 Nov 2026 16:04:12 +0100", "From: a@b.example"))
    assert mail.received_at is None


@pytest.mark.parametrize(
    ("text", "label", "codec"),
    [
        ("Grüße aus Köln", "utf-8", "utf-8"),
        ("Grüße aus Köln", "iso-8859-1", "latin-1"),
        ("Preis: 5 €", "iso-8859-1", "cp1252"),
        ("Preis: 5 €", "us-ascii", "utf-8"),
        ("Grüße", "", "utf-8"),
        ("Grüße", '"UTF8mb4"', "utf-8"),
        ("返品したいです", "iso-2022-jp", "iso-2022-jp"),
        ("返品したいです", "shift_jis", "cp932"),
        ("我要退货", "gb2312", "gbk"),
        ("반품하고 싶어요", "ks_c_5601-1987", "cp949"),
        ("Где мой заказ", "koi8-r", "koi8-r"),
        ("Πού είναι", "windows-1253", "cp1253"),
    ],
)
def test_a_text_in_its_charset_reads(text, label, codec):
    mail = read(hostile.in_charset(text, label=label, codec=codec))
    assert mail.text == text
    assert mail.problems == ()


@pytest.mark.parametrize(
    "label", ["x-unknown", "idna", "unicode_escape", "zlib", "base64", "undefined", "ütf", "a" * 900]
)
def test_an_unknown_charset_is_guessed_and_flagged(label):
    mail = read(hostile.in_charset("Grüße aus Köln", label=label, codec="utf-8"))
    assert mail.text == "Grüße aus Köln"
    assert Problem.CHARSET_GUESSED in mail.problems


def test_bytes_that_are_not_in_their_charset_are_flagged_and_the_rest_stays_readable():
    mail = read(hostile.raw("From: a@b.c", "Content-Type: text/plain; charset=utf-8", body=b"Gr\xfc\xdfe, Anna"))
    assert mail.text.endswith("e, Anna")
    assert mail.problems == (Problem.CHARSET_GUESSED,)


def test_nul_bytes_and_control_characters_vanish():
    mail = read(hostile.with_nul_bytes())
    assert mail.headers.subject == "Paket"
    assert mail.text == "Wo ist es?"


def test_a_mail_without_any_header_shows_its_text():
    mail = read(b"just some words\nand more")
    assert mail.text == "just some words\nand more"
    assert mail.headers.sender is None
    assert Problem.NO_SENDER in mail.problems


def test_an_empty_mail_says_so():
    assert Problem.NO_CONTENT in read(b"").problems
    assert Problem.NO_CONTENT in read(b"From: a@b.example\n\n").problems


@pytest.mark.parametrize(
    "date", ["gestern", "Mon, 99 Nov 2026 99:99:99 +9999", "1 Jan 1950 00:00 +0000", "-1", "9" * 400]
)
def test_a_malformed_date_is_flagged(date):
    mail = read(hostile.raw("From: a@b.example", f"Date: {date}"))
    assert mail.headers.claimed_at is None
    assert Problem.DATE_UNREADABLE in mail.problems


def test_a_subject_broken_without_indentation_hides_no_later_header():
    mail = read(hostile.raw("Subject: a very long", "subject line that goes on", "From: a@b.example", "X-Kind: one"))
    assert mail.headers.sender == Address(email="a@b.example")
    assert Problem.HEADERS_DAMAGED in mail.problems


def test_a_text_right_after_the_headers_is_text():
    mail = read(b"From: a@b.example\nSubject: hi\nthis is no header\nnor this\n")
    assert mail.headers.subject == "hi"
    assert mail.text == "this is no header\nnor this"


def test_eight_bit_headers_read_as_utf_8_or_western_european():
    assert read(hostile.raw("Subject: Grüße")).headers.subject == "Grüße"
    assert read(hostile.raw(b"Subject: Gr\xfc\xdfe")).headers.subject == "Grüße"


def test_line_ends_of_old_macs_are_understood():
    mail = read(b"From: a@b.example\rSubject: alt\r\rHallo\rdu")
    assert (mail.headers.subject, mail.text) == ("alt", "Hallo\ndu")


def test_a_thirty_megabyte_attachment_comes_whole():
    mail = read(hostile.with_attachment(30_000_000))
    (file,) = mail.attachments
    assert (file.name, file.content_type, len(file.content)) == ("foto.png", "image/png", 29_999_872)
    assert file.content[:256] == bytes(range(256))
    assert mail.problems == ()


def test_three_thousand_nested_parts_leave_headers_and_an_excerpt():
    mail = read(hostile.nested(3000))
    assert mail.problems == (Problem.TOO_NESTED,)
    assert mail.headers.subject == "tief"
    assert "multipart/mixed" in mail.text


def test_a_hundred_nested_parts_still_read():
    assert read(hostile.nested(99)).text == "ganz unten"


def test_too_many_parts_leave_headers_and_an_excerpt():
    assert read(hostile.divided(1001)).problems == (Problem.TOO_MANY_PARTS,)
    assert read(hostile.divided(900)).text.count("hallo") == 900


def test_a_monstrous_header_is_cut_and_flagged():
    mail = read(b"From: a@b.example\n" + b"X-Filler: y\n" * 200_000 + b"\nHallo")
    assert Problem.MONSTROUS_HEADER in mail.problems
    assert (mail.headers.sender.email, mail.text) == ("a@b.example", "Hallo")


def test_winmail_is_kept_and_named():
    mail = read(hostile.winmail())
    assert [file.name for file in mail.attachments] == ["winmail.dat"]
    assert mail.problems == (Problem.WINMAIL,)


def test_two_megabytes_in_one_line_come_whole():
    assert len(read(hostile.one_long_line()).text) == 2_000_000


def test_uuencoded_text_stays_as_it_is():
    text = "begin 644 a.txt\n#0V%T\n`\nend"
    assert read(hostile.raw("From: a@b.c", body=text)).text == text


def test_a_mail_that_only_has_headers_read_says_why():
    mail = parse_headers_only(hostile.plain(), problem=Problem.TOO_SLOW)
    assert mail.headers.subject == "Paket"
    assert mail.text.startswith("Wo bleibt")
    assert mail.problems == (Problem.TOO_SLOW,)


def test_authentication_results_of_others_are_not_shown_to_connectors():
    mail = read(
        hostile.raw(
            "Authentication-Results: mx.evil.example; dmarc=pass",
            f"Authentication-Results: {HOST}; spf=fail smtp.mailfrom=a@b.example",
            "From: a@b.example",
        )
    )
    assert mail.headers.get("Authentication-Results") == f"{HOST}; spf=fail smtp.mailfrom=a@b.example"
    assert mail.headers.authenticated is Verdict.FAIL


def test_where_it_was_delivered_to_is_known_once_each():
    mail = read(
        hostile.raw("Delivered-To: Shop+DE@Shop.Example", "X-Original-To: <Shop+DE@shop.example>", "Envelope-To: b@c.d")
    )
    assert mail.headers.delivered_to == ("Shop+DE@shop.example", "b@c.d")


@given(st.binary(max_size=2000))
def test_no_bytes_make_the_reader_fail(raw):
    storable(read(raw))


PIECES = st.sampled_from([
    b"From: ", b"Subject: ", b"Content-Type: ", b"multipart/mixed; boundary=", b"text/html; charset=", b"x", b"--x",
    b"\n", b"\r\n", b"\n\n", b"Content-Transfer-Encoding: base64", b"=?utf-8?q?=e4=20?=", b"=?x?b?4?=",
    b"<a@b.c>", b"\xff",
    b"filename*0*=utf-8''%ff", b"Date: ", b"Received: by x; ", b"message/rfc822", b"message/delivery-status", b"\0",
    b"multipart/report", b"Final-Recipient: ;", b"Action: failed", b"\xed\xa0\x80", b"(", b'"', b"utf-16",
    b"<div>", b"&#0;",
])  # fmt: skip


@given(st.lists(PIECES | st.binary(max_size=5), max_size=60).map(b"".join))
def test_no_bytes_that_look_like_a_mail_make_the_reader_fail(raw):
    storable(read(raw))


def storable(mail):
    """Everything can go into PostgreSQL."""
    texts = [mail.text, mail.html, mail.headers.subject, *(value for pair in mail.headers.everything for value in pair)]
    texts += [text for file in mail.attachments for text in (file.name, file.content_type, file.content_id or "")]
    texts += [mail.headers.message_id or "", *mail.headers.references]
    if mail.report:
        texts += [text for one in mail.report.recipients for text in (one.email, one.status, one.reason)]
    for text in texts:
        assert "\0" not in text
        text.encode()


CONTENTS = st.binary(max_size=300)


@given(st.lists(st.tuples(st.integers(0, 2), CONTENTS, st.sampled_from(["base64", "quoted-printable"])), max_size=6))
def test_parts_come_out_as_the_standard_library_put_them_in(parts):
    mail = EmailMessage()
    mail["From"] = "a@b.example"
    mail.set_content("Hallo")
    level = mail
    for depth, content, encoding in parts:
        if depth == 0:
            inner = EmailMessage()
            inner.set_content("innen")
            inner.make_mixed()
            if not level.is_multipart():
                level.make_mixed()
            level.attach(inner)
            level = inner
        level.add_attachment(content, maintype="application", subtype="x", filename="f", cte=encoding)
    assert [file.content for file in read(bytes(mail)).attachments] == [content for _, content, _ in parts]
