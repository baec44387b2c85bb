import pytest

from tests.mail import hostile
from tresen.mail.headers.lines import read_block


def fields(raw):
    return read_block(raw).fields


def test_folded_lines_are_one_value():
    assert fields(b"Subject: one\r\n two\r\n\tthree\r\n\r\nbody") == (("subject", "one two three"),)


def test_the_body_begins_after_the_blank_line():
    raw = b"A: b\r\n\r\nbody"
    assert raw[read_block(raw).body_at :] == b"body"
    assert read_block(b"\nbody").body_at == 1
    assert read_block(b"").body_at == 0


def test_the_line_that_mailbox_files_begin_with_is_skipped():
    block = read_block(b"From a@b Mon Nov  9 12:00:00 2026\nSubject: x\n\ny")
    assert (block.fields, block.damaged) == ((("subject", "x"),), False)


@pytest.mark.parametrize("line", [b"Subject : x", b"SUBJECT:x", b"subject:\tx", b"Subject:   x   "])
def test_a_field_is_read_however_it_is_spaced(line):
    assert fields(line + b"\n\n") == (("subject", "x"),)


def test_a_field_may_come_several_times_and_in_order():
    block = read_block(hostile.raw("Received: one", "X: y", "Received: two"))
    assert block.all("received") == ("one", "two")
    assert block.first("received") == "one"
    assert block.first("missing") == ""


def test_a_value_without_end_is_cut():
    assert len(read_block(b"Subject: " + b"x" * 10_000_000).first("subject")) < 70_000
