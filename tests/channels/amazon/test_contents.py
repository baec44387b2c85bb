import pytest

from tests.channels.payloads import mail_payload, written
from tresen.channels.amazon.contents import Contents, amazon_path, contents_of
from tresen.mail.parsed import ParsedMail

LINK = "https://sellercentral.amazon.de/messaging/no-response-needed?t=THREAD&m=M&mp=A1PA6795UKMFR9&h=ab&s=1"
CASE = "https://sellercentral.amazon.de/messaging/inbox?fi=caseId&ss=11111111-1111-4222-8333-444444444444&cc=x"


def parsed(*lines: str, subject: str = "Frage", stamp: str = "", html: bool = False) -> ParsedMail:
    headers = {"From": "Kai <abc123@marketplace.amazon.de>", "Subject": subject, "X-Space-Notification-Type": stamp}
    if html:
        headers["Content-Type"] = "text/html; charset=utf-8"
    mail = mail_payload(written(*lines, headers=headers)).mail
    assert mail is not None
    return mail


def framed(words: str, *below: str, above: str = "# 303-1000001-2000001:", **more: str) -> Contents:
    lines = ("Ha recibido un mensaje.", above, "------------- Message: -------------", words)
    return contents_of(parsed(*lines, "------------- Finalizar mensaje -------------", *below, **more))


def test_links_count_only_below_the_end_marker() -> None:
    pasted = LINK.replace("THREAD", "FORGED")
    found = framed(f"klick {pasted}", f"Resolver caso {LINK}")
    assert found.thread_ids == ("THREAD",)
    assert [link.url for link in found.links] == [LINK]


def test_a_pasted_end_marker_does_not_make_a_pasted_link_amazons() -> None:
    pasted = LINK.replace("THREAD", "FORGED")
    found = framed(f"------------- Finalizar mensaje -------------\n{pasted}", f"Resolver caso {LINK}")
    assert found.thread_ids == ("THREAD",)
    assert "FORGED" in found.text


@pytest.mark.parametrize(
    "url",
    [
        "https://sellercentral.amazon.de.evil.example/messaging/no-response-needed?t=1",
        "http://sellercentral.amazon.de/messaging/no-response-needed?t=1",
        "https://user@sellercentral.amazon.de/messaging/no-response-needed?t=1",
        "https://evil.example/sellercentral.amazon.de/messaging/no-response-needed?t=1",
        "https://[sellercentral.amazon.de/messaging/no-response-needed?t=1",
    ],
)
def test_links_to_other_hosts_are_not_amazons(url: str) -> None:
    assert amazon_path(url) is None
    assert framed("Hallo", url).links == ()


def test_a_case_id_is_read_from_the_report_link() -> None:
    assert framed("Hallo", CASE).case_ids == ("11111111-1111-4222-8333-444444444444",)


def test_orders_come_from_subject_head_and_words_each_once_and_never_from_the_footer() -> None:
    found = framed(
        "auch 303-1000002-2000002 und 303-1000001-2000001",
        "SPC 303-1000009-2000009",
        subject="Paket nicht angekommen: Gutschrift anfordern(Bestellung: 303-1000003-2000003)",
    )
    assert found.order_ids == ("303-1000003-2000003", "303-1000001-2000001", "303-1000002-2000002")


def test_longer_numbers_are_no_orders() -> None:
    assert framed("1303-1000002-2000002 und 303-1000002-20000021", above="").order_ids == ()


def test_items_come_from_the_order_lines_not_from_the_buyers_words() -> None:
    found = framed("Ist [ASIN: B0OTHER001] gleich?", above="1 / Hocker [ASIN: B0BIRCH001]\n2 / Buch [ASIN: 012345678X]")
    assert found.item_ids == ("B0BIRCH001", "012345678X")


def test_the_history_inside_the_markers_is_cut_after_the_markers() -> None:
    found = framed("Danke!\n\n-----Original Message-----\nFrom: Shop\nIhr Paket")
    assert found.text == "Danke!"


def test_a_mail_from_the_buyers_own_program_loses_its_history() -> None:
    found = contents_of(parsed("Noch nicht da.", "", "> Ihr Paket ist unterwegs."))
    assert (found.text, found.shape, found.problems) == ("Noch nicht da.", "own_mail_program", ())


def test_an_unknown_frame_is_kept_whole_and_flagged() -> None:
    lines = ("Du har fått ett meddelande.", "*** Hej ***", "SPC-EUAmazon-1")
    found = contents_of(parsed(*lines))
    assert found.text == "\n".join(lines)
    assert found.problems == ("frame_unknown",)


def test_a_stamped_mail_without_markers_is_an_unknown_frame() -> None:
    found = contents_of(parsed("Hej", stamp="BBC_MESSAGE_SENT_TO_MERCHANT"))
    assert found.problems == ("frame_unknown",)


PRE = '<pre style="white-space: pre-wrap; white-space: -o-pre-wrap">'


def test_the_buyers_block_is_read_with_its_lines_and_entities() -> None:
    found = contents_of(
        parsed(
            '<p>You have received a message.</p><a href="https://www.amazon.de/dp/B0BIRCH001">x</a>',
            f"{PRE}1 &lt; 2 &amp; 3<br>  eingerückt\nEnde</pre>",
            f'<a href="{LINK.replace("&", "&amp;")}">Resolve case</a>',
            html=True,
        )
    )
    assert found.text == "1 < 2 & 3\n  eingerückt\nEnde"
    assert found.item_ids == ("B0BIRCH001",)
    assert [link.url for link in found.links] == [LINK]


def test_a_block_in_a_quotation_is_not_this_mails() -> None:
    found = contents_of(
        parsed(
            "<div>Danke!</div><blockquote><p>You have received a message.</p>",
            f"{PRE}alt</pre></blockquote>",
            html=True,
        )
    )
    assert found.text != "alt"


def test_two_blocks_are_no_anchor() -> None:
    block = "<p>You have received a message.</p>" + PRE
    found = contents_of(parsed(f"{block}eins</pre>{block}zwei</pre>", html=True))
    assert "eins" in found.text
    assert "zwei" in found.text


def test_no_words_and_no_file_is_flagged() -> None:
    assert framed("").problems == ("no_words",)
