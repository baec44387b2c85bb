from datetime import UTC, datetime

import pytest

from tresen.mail.imap_answers import Listed, batches, internal_date, listed_in, mails_in

AT = datetime(2026, 11, 1, 23, 30, 5, tzinfo=UTC)
ELSE = datetime(1970, 1, 1, tzinfo=UTC)


def listed(uid, size=5):
    return Listed(uid=uid, size=size, internal_date=AT)


def read(data):
    return [(mail.uid, mail.raw, mail.internal_date) for mail in mails_in(data, [listed(7)], largest=1000)]


@pytest.mark.parametrize(
    "data",
    [
        [(b"1 (UID 7 BODY[] {5}", b"hallo"), b")"],
        [(b"1 (BODY[] {5}", b"hallo"), b" UID 7)"],
        [(b"1 (UID 7 body[]<0> {5}", b"hallo"), b")"],
        [(b"1 (UID 7 BODY[HEADER] {5}", b"hallo"), b")"],
        [b'1 (UID 7 BODY[] "hallo")'],
        [b"2 (FLAGS ())", (b"1 (UID 7 FLAGS () BODY[] {5}", b"hallo"), b")", None],
    ],
)
def test_a_mail_is_found_however_the_server_orders_its_answer(data):
    assert read(data) == [(7, b"hallo", AT)]


def test_an_empty_mail_is_a_mail():
    assert read([b"1 (UID 7 BODY[] NIL)"]) == [(7, b"", AT)]
    assert read([b'1 (UID 7 BODY[] "")']) == [(7, b"", AT)]


def test_mails_that_nobody_asked_for_are_passed_over():
    assert read([(b"1 (UID 8 BODY[] {5}", b"hallo"), b")", b"3 (UID 7 FLAGS ())", None]) == []


@pytest.mark.parametrize("date", [b"", b'INTERNALDATE "irgendwann mal"', b'INTERNALDATE "99-Xxx-2026 99:99 +0000"'])
def test_a_time_that_cannot_be_read_holds_nothing_up(date):
    assert list(listed_in([b"1 (UID 7 RFC822.SIZE 5 " + date + b")"], else_at=ELSE)) == [
        Listed(uid=7, size=5, internal_date=ELSE)
    ]


def test_a_listing_tells_number_size_and_time():
    said = [b'1 (UID 7 RFC822.SIZE 5 INTERNALDATE " 1-Nov-2026 23:30:05 +0000")', b"2 (FLAGS ())", None]
    assert list(listed_in(said, else_at=ELSE)) == [listed(7)]


def test_times_are_in_utc():
    assert internal_date(b'INTERNALDATE "02-Nov-2026 00:30:05 +0100"') == datetime(2026, 11, 1, 23, 30, 5, tzinfo=UTC)


def test_batches_lose_nothing_and_end():
    mails = [listed(uid, 15_000_000 if uid % 3 else 10) for uid in range(200)]
    assert [mail for batch in batches(mails) for mail in batch] == mails
    assert list(batches([])) == []
