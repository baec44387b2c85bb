import base64

import pytest

from tests.mail import hostile
from tresen.mail.mime import parse_mail
from tresen.mail.parsed import Problem


def read(raw):
    return parse_mail(raw, trusted_receivers=[])


def multipart(kind, *parts, boundary="x", headers=("From: a@b.example",)):
    body = "".join(f"--{boundary}\n{part}\n" for part in parts)
    return hostile.raw(*headers, f"Content-Type: multipart/{kind}; boundary={boundary}", body=f"{body}--{boundary}--\n")


TEXT = "Content-Type: text/plain; charset=utf-8\n\nHallo"
HTML = 'Content-Type: text/html; charset=utf-8\n\n<p>Hallo <img src="cid:foto@x"></p>'
PHOTO = (
    "Content-Type: image/png; name=foto.png\nContent-ID: <foto@x>\nContent-Disposition: inline\n"
    "Content-Transfer-Encoding: base64\n\nAAEC"
)


def test_of_two_forms_of_one_text_the_plain_one_is_read_and_the_other_kept():
    mail = read(hostile.alternative("Hallo", "<p>Hallo <b>Du</b></p>"))
    assert mail.text == "Hallo"
    assert "<b>Du</b>" in mail.html


def test_html_alone_is_turned_into_text():
    mail = read(hostile.raw("From: a@b.c", "Content-Type: text/html", body="<p>Hallo</p><p>Du</p>"))
    assert (mail.text, mail.html) == ("Hallo\n\nDu", "<p>Hallo</p><p>Du</p>")


def test_an_empty_plain_form_does_not_hide_the_html():
    assert read(multipart("alternative", "Content-Type: text/plain\n\n \n", HTML)).text == "Hallo"


def test_a_picture_counts_as_inline_only_where_the_text_shows_it():
    (shown,) = read(multipart("related", HTML, PHOTO)).attachments
    assert (shown.name, shown.content, shown.content_id, shown.inline) == ("foto.png", b"\0\1\2", "foto@x", True)
    (listed,) = read(multipart("mixed", TEXT, PHOTO)).attachments
    assert not listed.inline


def test_texts_between_pictures_are_all_read_in_order():
    later = "Content-Type: text/plain\n\nund das zweite"
    assert read(multipart("mixed", TEXT, PHOTO, later)).text == "Hallo\n\nund das zweite"


def test_a_plain_text_beside_html_is_not_lost():
    mail = read(multipart("mixed", HTML, "Content-Type: text/plain\n\nGesendet von <unterwegs>"))
    assert mail.text == "Hallo\n\nGesendet von <unterwegs>"
    assert "Gesendet von &lt;unterwegs&gt;" in mail.html


def test_a_text_that_is_a_file_stays_a_file():
    mail = read(multipart("mixed", TEXT, "Content-Disposition: attachment; filename=log.txt\n\nzeilen"))
    assert mail.text == "Hallo"
    assert [(file.name, file.content) for file in mail.attachments] == [("log.txt", b"zeilen")]


def test_an_attached_mail_is_a_file_and_its_text_not_ours():
    inner = "Content-Type: message/rfc822\n\nSubject: Frühere Frage\nFrom: c@d.example\n\ninnen"
    mail = read(multipart("mixed", TEXT, inner))
    assert mail.text == "Hallo"
    assert [(file.name, file.content_type) for file in mail.attachments] == [("Frühere Frage.eml", "message/rfc822")]
    assert mail.attachments[0].content.endswith(b"innen")


def test_an_invitation_is_a_file():
    mail = read(multipart("alternative", TEXT, "Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR"))
    assert (mail.text, [file.name for file in mail.attachments]) == ("Hallo", ["file.ics"])


def test_a_signed_mail_shows_its_text_and_keeps_the_signature():
    mail = read(multipart("signed", TEXT, "Content-Type: application/pgp-signature\n\n-----BEGIN PGP SIGNATURE-----"))
    assert (mail.text, [file.name for file in mail.attachments], mail.problems) == ("Hallo", ["file.asc"], ())


@pytest.mark.parametrize(
    "raw",
    [
        multipart(
            "encrypted",
            "Content-Type: application/pgp-encrypted\n\nVersion: 1",
            "Content-Type: application/octet-stream\n\nx",
        ),
        hostile.raw(
            "Content-Type: application/pkcs7-mime; smime-type=enveloped-data",
            "Content-Transfer-Encoding: base64",
            body="AAEC",
        ),
    ],
)
def test_what_is_encrypted_says_so_and_is_kept(raw):
    mail = read(raw)
    assert Problem.ENCRYPTED in mail.problems
    assert mail.attachments


def test_a_multipart_without_its_parts_shows_its_bytes_as_text():
    mail = read(hostile.raw("From: a@b.c", "Content-Type: multipart/mixed; boundary=x", body="doch nur Text"))
    assert (mail.text, mail.problems) == ("doch nur Text", (Problem.PARTS_MISSING,))


def test_a_last_delimiter_that_is_missing_loses_nothing():
    raw = hostile.raw("From: a@b.c", "Content-Type: multipart/mixed; boundary=x", body=f"--x\n{TEXT}\n--x\n{PHOTO}")
    mail = read(raw)
    assert (mail.text, mail.attachments[0].content) == ("Hallo", b"\0\1\2")


def test_a_boundary_that_begins_another_is_not_taken_for_it():
    inner = 'Content-Type: multipart/alternative; boundary="x-1"\n\n--x-1\nContent-Type: text/plain\n\nHallo\n--x-1--'
    assert read(multipart("mixed", inner)).text == "Hallo"


def test_a_last_line_without_line_end_is_the_texts():
    assert (
        read(hostile.raw("From: a@b.c", "Content-Type: multipart/mixed; boundary=x", body="--x\n\nHallo\n--x--")).text
        == "Hallo"
    )


@pytest.mark.parametrize("damage", ["AAEC!", "AAE\nC", "AAEC=", "AAEC\n--\nfooter", "AAECA"])
def test_damaged_base64_gives_what_can_be_read(damage):
    part = f"Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\n{damage}"
    (file,) = read(multipart("mixed", TEXT, part)).attachments
    assert file.content.startswith(b"\0\1\2")


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment; filename=foto.jpg", "foto.jpg"),
        ('attachment; filename="Rechnung 1.pdf"', "Rechnung 1.pdf"),
        ("attachment; filename*=utf-8''R%C3%BCck%20gabe.pdf", "Rück gabe.pdf"),
        ("attachment; filename*0*=utf-8''R%C3%BC; filename*1=ckgabe; filename*2=.pdf", "Rückgabe.pdf"),
        ('attachment; filename="=?utf-8?q?R=C3=BCckgabe.pdf?="', "Rückgabe.pdf"),
        ('attachment; filename="../../etc/passwd"', ".._.._etc_passwd".strip(".")),
        ('attachment; filename="C:\\\\Bilder\\\\a.png"', "C__Bilder_a.png"),
        ("attachment; filename=Rückgabe.pdf", "Rückgabe.pdf"),
        ('attachment; filename="ein\u202egnp.exe"', "ein_gnp.exe"),
        ('attachment; filename=""', "file.bin"),
        ('attachment; filename="..."', "file.bin"),
        ("attachment; filename=" + "a" * 300 + ".pdf", "a" * 130 + ".pdf"),
    ],
)
def test_a_files_name_is_read_and_fit_for_any_disk(disposition, name):
    part = f"Content-Type: application/x-thing\nContent-Disposition: {disposition}\n\nx"
    (file,) = read(multipart("mixed", TEXT, part)).attachments
    assert file.name == name


def base64_text(content):
    raw = b"From: a@b.example\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n" + content
    mail = parse_mail(raw, trusted_receivers=[])
    return mail.text, "encoding_damaged" in mail.problems


def test_words_that_call_themselves_base64_stay_words():
    assert base64_text(b"Guten Tag, wo ist mein Paket?\nGruss") == ("Guten Tag, wo ist mein Paket?\nGruss", True)


def test_base64_that_was_encoded_line_by_line_is_read_to_its_end():
    lines = b"".join(base64.b64encode(line) + b"\r\n" for line in (b"Guten Tag,\n", b"wo ist es?\n"))
    assert base64_text(lines) == ("Guten Tag,\nwo ist es?", False)


def test_a_list_servers_footer_below_base64_does_not_make_it_words():
    content = base64.b64encode(b"Guten Tag") + b"\n\n_____\nTo leave this list, write to somebody else.\n"
    assert base64_text(content)[0].startswith("Guten Tag")
