import re
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tresen.mail.cleaning import clean_line, clean_text
from tresen.mail.composing import OutgoingFile, OutgoingMail, compose, reply_references, reply_subject
from tresen.mail.mime import parse_mail
from tresen.mail.parsed import Address, Automatic
from tresen.mail.thread_keys import own_message_id

KEY = UUID("018f0000-0000-7000-8000-000000000001")
MAIL = OutgoingMail(
    message_id=own_message_id(KEY, domain="shop.example"),
    sender=Address(email="service@shop.example", name="Nordlicht Laden"),
    recipient=Address(email="buyer@customer.example", name="Björn Müller"),
    subject="Re: Paket",
    text="Guten Tag,\nes kommt morgen.\n\nGrüße",
    at=datetime(2026, 11, 9, 12, tzinfo=UTC),
    in_reply_to="abc@customer.example",
    references=("first@customer.example",),
)


def read(mail):
    return parse_mail(compose(mail), trusted_receivers=[])


def test_what_goes_out_reads_back_the_same():
    back = read(MAIL)
    assert back.headers.message_id == MAIL.message_id
    assert back.headers.sender == MAIL.sender
    assert back.headers.to == (MAIL.recipient,)
    assert back.headers.subject == MAIL.subject
    assert back.headers.in_reply_to == ("abc@customer.example",)
    assert back.headers.references == ("first@customer.example", "abc@customer.example")
    assert back.headers.claimed_at == MAIL.at
    assert back.text == MAIL.text
    assert back.problems == ()


def test_the_same_values_give_the_same_bytes():
    file = OutgoingFile(name="a.pdf", content_type="application/pdf", content=b"x" * 1000)
    assert compose(replace(MAIL, files=(file,))) == compose(replace(MAIL, files=(file,)))


def test_files_arrive_whole_under_their_names():
    files = (
        OutgoingFile(name="Rückgabe-Etikett €.pdf", content_type="application/pdf", content=bytes(range(256)) * 100),
        OutgoingFile(name='../a"b.png', content_type="image/png", content=b""),
        OutgoingFile(name="Brief.eml", content_type="message/rfc822", content=b"Subject: x\n\ny"),
    )
    back = read(replace(MAIL, files=files))
    assert back.text == MAIL.text
    assert [(file.name, file.content_type) for file in back.attachments] == [
        ("Rückgabe-Etikett €.pdf", "application/pdf"),
        ("_a_b.png", "image/png"),
        ("Brief.eml", "application/octet-stream"),
    ]
    assert [file.content for file in back.attachments] == [file.content for file in files]


def test_the_standard_library_reads_it_without_a_defect():
    file = OutgoingFile(name="ä.pdf", content_type="application/pdf", content=b"%PDF")
    mail = message_from_bytes(compose(replace(MAIL, files=(file,))), policy=policy.default)
    assert [part.defects for part in mail.walk()] == [[], [], []]
    assert mail["To"].addresses[0].display_name == "Björn Müller"
    assert [part.get_filename() for part in mail.iter_attachments()] == ["ä.pdf"]


LINE = re.compile(rb"[^\r\n]{0,998}\r\n")
WORDS = st.text(max_size=300)


@given(WORDS, WORDS, WORDS, st.lists(st.text("abc@.<> \n", max_size=30), max_size=30))
def test_no_value_can_add_a_header_or_break_a_line(subject, name, text, references):
    mail = replace(
        MAIL,
        subject=f"{subject}\r\nBcc: x@evil.example",
        sender=Address(email="a@b.example", name=f"{name}\nBcc: x@evil.example"),
        text=text,
        references=tuple(references),
    )
    raw = compose(mail)
    assert b"".join(LINE.findall(raw)) == raw
    assert raw.isascii()
    back = parse_mail(raw, trusted_receivers=[])
    known = {"message-id", "date", "from", "to", "subject", "in-reply-to", "references", "mime-version"}
    assert {header for header, _ in back.headers.everything} <= known | {"content-type", "content-transfer-encoding"}
    assert back.headers.sender.email == "a@b.example"
    assert back.headers.subject == clean_line(mail.subject)[:500]
    assert back.text.strip() == clean_text(text).strip()


@pytest.mark.parametrize("email", ["", "nobody", "a@b\r\nBcc: c@d", "a b@c.d", "<a@b.c>", "a@b.c, d@e.f"])
def test_what_is_no_address_is_refused(email):
    with pytest.raises(ValueError, match="no mail address"):
        compose(replace(MAIL, recipient=Address(email=email)))


@pytest.mark.parametrize("message_id", ["", "<a@b>", "a@b\r\nX: y", "a b@c"])
def test_what_is_no_message_id_is_refused(message_id):
    with pytest.raises(ValueError, match="no message id"):
        compose(replace(MAIL, message_id=message_id))


def test_long_ids_stay_whole():
    long = "x" * 200 + "@mail.customer.example"
    back = message_from_bytes(compose(replace(MAIL, in_reply_to=long)), policy=policy.default)
    assert back["In-Reply-To"] == f"<{long}>"
    assert f"<{long}>" in back["References"]


def test_references_stay_bounded_and_keep_the_beginning_and_the_end():
    chain = tuple(f"{number}@customer.example" for number in range(100))
    kept = reply_references(chain, "new@customer.example")
    assert len(kept) == 20
    assert (kept[0], kept[-1]) == ("0@customer.example", "new@customer.example")
    assert reply_references(("a@b", "a@b"), "a@b") == ("a@b",)


def test_a_persons_answer_carries_no_mark_of_ours():
    names = {name for name, _ in read(MAIL).headers.everything}
    assert not {name for name in names if name.startswith("x-") or name == "auto-submitted"}


def test_an_automatic_answer_says_so_and_comes_back_as_a_loop():
    back = read(replace(MAIL, automatic=True, marks_loops=True))
    assert back.headers.get("Auto-Submitted") == "auto-replied"
    assert back.headers.get("X-Tresen-Loop") == "shop.example"
    assert back.headers.automatic is Automatic.LOOP


def test_quoted_words_stand_below_the_text():
    assert (
        read(replace(MAIL, text="Ja.\n", quoted="Sie schrieben:\n> Kommt es?\n")).text
        == "Ja.\n\nSie schrieben:\n> Kommt es?"
    )


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("Paket", "Re: Paket"),
        ("Re: Paket", "Re: Paket"),
        ("RE: AW: WG: Paket", "Re: Paket"),
        (
            "R: Articolo danneggiato (Ordine: 404-5550101-5550102)",
            "Re: Articolo danneggiato (Ordine: 404-5550101-5550102)",
        ),
        ("Question about #123 [#a11-x#]", "Re: Question about #123 [#a11-x#]"),
        ("", "Re: "),
    ],
)
def test_the_subject_of_an_answer_has_a_single_re(subject, answer):
    assert reply_subject(subject) == answer
