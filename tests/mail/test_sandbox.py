import os
import threading

import pytest

from tests.mail import hostile
from tests.mail.misbehaving import Answer, Other
from tresen.mail.mime import parse_mail
from tresen.mail.parsed import ParsedMail
from tresen.mail.sandbox import Crashed, Done, Sandbox, TooLarge, TooSlow

TARGET = "tests.mail.misbehaving:act"


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(TARGET, answers=[Answer, Other], seconds=1) as box:
        yield box


def child_of(sandbox) -> int:
    return sandbox.run("pid").answers[0].number


def test_answers_come_back_in_order_and_of_their_types(sandbox):
    done = sandbox.run("several")
    assert done.answers == (Answer(number=1), Other(names=("a", "b")), Answer(number=2))
    assert sandbox.run("count", amount=7).answers == (Answer(number=7),)


def test_one_child_serves_many_calls_and_is_not_us(sandbox):
    assert child_of(sandbox) == child_of(sandbox) != os.getpid()


@pytest.mark.parametrize("what", ["spin", "sleep"])
def test_what_takes_too_long_is_killed_and_the_next_call_finds_a_sound_child(sandbox, what):
    before = child_of(sandbox)
    assert sandbox.run(what, 60) == TooSlow(seconds=1)
    assert child_of(sandbox) != before
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)


def test_what_wants_too_much_memory_is_told_so():
    with Sandbox(TARGET, answers=[Answer]) as box:
        assert box.run("eat", 400_000_000).answers == (Answer(number=400_000_000),)
        assert box.run("eat", 520_000_000) == TooLarge(memory=500_000_000)
        assert isinstance(box.run("count", 1), Done)


@pytest.mark.parametrize("what", ["segfault", "leave"])
def test_a_child_that_dies_is_replaced(sandbox, what):
    assert isinstance(sandbox.run(what, 3), Crashed)
    assert isinstance(sandbox.run("count", 1), Done)


def test_an_exception_is_told_and_the_child_goes_on(sandbox):
    before = child_of(sandbox)
    crashed = sandbox.run("raise")
    assert isinstance(crashed, Crashed)
    assert "nothing of that kind" in crashed.reason
    assert child_of(sandbox) == before


@pytest.mark.parametrize("what", ["unknown", "stranger"])
def test_an_answer_of_another_type_is_not_taken(sandbox, what):
    assert isinstance(sandbox.run(what), Crashed)


def test_what_a_library_prints_does_not_mix_with_answers(sandbox):
    assert sandbox.run("print").answers == (Answer(text="quiet"),)


def test_the_child_knows_none_of_our_secrets(sandbox, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    sandbox.close()
    assert "DATABASE_URL" not in sandbox.run("secrets").answers[0].text.split()


def test_the_child_writes_no_files(sandbox):
    assert isinstance(sandbox.run("write"), Crashed)


def test_questions_and_answers_larger_than_a_pipe_pass():
    with Sandbox(TARGET, answers=[Answer]) as box:
        assert len(box.run("large", 40_000_000).answers[0].content) == 40_000_000
        assert isinstance(box.run("count", 1), Done)


def test_a_target_that_cannot_be_loaded_is_told():
    with Sandbox("tests.mail.misbehaving:missing", answers=[Answer]) as box:
        crashed = box.run()
    assert isinstance(crashed, Crashed)
    assert "missing" in crashed.reason


def test_threads_may_share_a_sandbox(sandbox):
    numbers: list[int] = []
    threads = [
        threading.Thread(target=lambda n=n: numbers.append(sandbox.run("count", n).answers[0].number)) for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(numbers) == list(range(8))


def test_the_figures_tell_the_usual_time_and_the_breaches():
    with Sandbox(TARGET, answers=[Answer], seconds=0.3) as box:
        assert box.figures().median is None
        for _ in range(5):
            box.run("count", 1)
        box.run("spin")
        box.run("leave")
        figures = box.figures()
    assert (figures.runs, figures.too_slow, figures.too_large, figures.crashed) == (7, 1, 0, 1)
    assert figures.median < 0.3 <= figures.slowest


MAILS = {
    "plain": hostile.plain(),
    "attachment of 30 MB": hostile.with_attachment(30_000_000),
    "3,000 nested parts": hostile.nested(3000),
    "2 MB in one line": hostile.one_long_line(),
    "winmail": hostile.winmail(),
    "nul bytes": hostile.with_nul_bytes(),
    "bounce": hostile.bounce(),
    "nothing": b"",
}


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_read_in_the_sandbox_is_the_same_as_read_here(name):
    raw = MAILS[name]
    with Sandbox("tresen.mail.mime:parse_mail", answers=[ParsedMail]) as box:
        (there,) = box.run(raw, trusted_receivers=["mx.shop.example"]).answers
    here = parse_mail(raw, trusted_receivers=["mx.shop.example"])
    assert (there.headers, there.text, there.html, there.report, there.received_at, there.problems) == (
        here.headers,
        here.text,
        here.html,
        here.report,
        here.received_at,
        here.problems,
    )
    assert list(there.attachments) == list(here.attachments)
