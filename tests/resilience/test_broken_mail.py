"""Broken mail through the whole real way: from an IMAP server, by the real worker, to something that people see."""

import base64
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.mail import hostile
from tests.resilience.counter import Counter
from tresen.intake.models import StoredPayload
from tresen.mail import sandbox
from tresen.tickets.models import Attachment, Message, MessageArrival

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.mail_server,
    pytest.mark.slow,
    pytest.mark.timeout(300),
]

THIRTY_MEGABYTES = 117_188 * 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A mail, and how it is shown: `says` stands in its text, `problems` are told with it, `file` hangs on it."""

    raw: bytes
    says: str = ""
    problems: tuple[str, ...] = ()
    kind: str = "message"
    file: tuple[str, int] | None = None


def in_charset(text: str, codec: str, label: str = "") -> Case:
    return Case(raw=hostile.in_charset(text, label=label or codec, codec=codec), says=text)


def in_base64(text: str, codec: str) -> Case:
    body = base64.encodebytes(text.encode(codec))
    headers = (f"Content-Type: text/plain; charset={codec}", "Content-Transfer-Encoding: base64")
    return Case(raw=hostile.raw(f"From: {hostile.BUYER}", *headers, body=body), says=text)


def without_sender(raw: bytes, *, says: str = "") -> Case:
    """Nobody can be answered: shown, but no message of a buyer."""
    return Case(raw=raw, says=says, kind="unreadable", problems=("no_sender",))


def with_date(date: str) -> Case:
    raw = hostile.raw(f"From: {hostile.BUYER}", f"Date: {date}", body=f"vom {date}"[:40])
    return Case(raw=raw, says="vom", problems=("date_unreadable",))


def slow_to_read() -> bytes:
    """Six million line breaks in two dozen parts: a minute's work for whoever turns them into text."""
    part = "Content-Type: text/html\n\nZeile" + "<br>" * 249_000
    lines = (f"From: {hostile.BUYER}", "Subject: Viele Zeilen", "Content-Type: multipart/mixed; boundary=x")
    return hostile.raw(*lines, body=f"--x\n{part}\n" * 24 + "--x--\n")


def large_to_read() -> bytes:
    """One character beyond the basic plane makes Python hold four bytes for each of the other 78 million."""
    lines = (f"From: {hostile.BUYER}", "Subject: Viel Text", "Content-Type: text/plain; charset=utf-8")
    return hostile.raw(*lines, body=b"a" * 78_000_000 + "\N{GRINNING FACE}".encode())


CASES: dict[str, Callable[[], Case]] = {
    "latin": lambda: in_charset("Grüße aus Köln, es fehlt die Hälfte", "iso-8859-1"),
    "windows": lambda: in_charset("Preis: 20 €, „dringend“", "cp1252", "windows-1252"),
    "russian": lambda: in_charset("Где моя посылка?", "koi8-r"),
    "chinese": lambda: in_charset("我的包裹在哪里", "gb18030"),
    "japanese": lambda: in_charset("荷物はどこですか", "iso-2022-jp"),
    "sixteen bits": lambda: in_base64("Wo ist es? Größe L", "utf-16"),
    "wrong label": lambda: in_charset("Wo ist mein Paket? Größe L", "utf-8", "us-ascii"),
    "no such charset": lambda: Case(
        raw=hostile.in_charset("Wo ist mein Päckchen?", label="x-nonsense", codec="utf-8"),
        says="Wo ist mein Päckchen?",
        problems=("charset_guessed",),
    ),
    "no headers": lambda: without_sender(b"\nnur ein Text ohne alles", says="nur ein Text"),
    "no sender": lambda: without_sender(hostile.raw("Subject: wer?", body="ohne Absender"), says="ohne Absender"),
    "nothing": lambda: without_sender(b"\n"),
    "large attachment": lambda: Case(
        raw=hostile.with_attachment(THIRTY_MEGABYTES),
        says="siehe Anhang",
        file=("foto.png", THIRTY_MEGABYTES),
    ),
    "deep": lambda: Case(raw=hostile.nested(3_000), problems=("too_nested",)),
    "many parts": lambda: Case(raw=hostile.divided(1_200), problems=("too_many_parts",)),
    "winmail": lambda: Case(
        raw=hostile.winmail(), says="steht alles in der Datei", problems=("winmail",), file=("winmail.dat", 44)
    ),
    "nul bytes": lambda: Case(raw=hostile.with_nul_bytes(), says="ist es?"),
    "long line": lambda: Case(raw=hostile.one_long_line(), says="wort wort wort"),
    "date of words": lambda: with_date("gestern um acht"),
    "date of figures": lambda: with_date("99 Xyz 20026 25:61:61 +9999"),
    "slow": lambda: Case(raw=slow_to_read(), says="Zeile", kind="unreadable", problems=("too_slow",)),
    "large": lambda: Case(raw=large_to_read(), says="aaaa", kind="unreadable", problems=("too_large",)),
}


def test_every_broken_mail_is_seen_and_no_neighbour_is_harmed(counter: Counter) -> None:
    assert (sandbox.MEMORY_BYTES, sandbox.SECONDS) == (500_000_000, 10)
    cases = {name: make() for name, make in CASES.items()}
    for number, case in enumerate(cases.values()):
        counter.imap.deposit(counter.users[0], case.raw)
        counter.imap.deposit(counter.users[0], counter.a_mail_from(f"good{number}", text=f"Gute Frage {number}"))
    counter.worker.start()
    counter.settles(mails=2 * len(cases))
    assert counter.worker.runs()
    counter.worker.kill()

    assert set(StoredPayload.objects.values_list("state", flat=True)) == {"filed"}
    assert Message.objects.count() == MessageArrival.objects.count() == 2 * len(cases)
    shown = messages()
    wrong = {name: found for number, name in enumerate(cases) if (found := differences(shown[2 * number], cases[name]))}
    assert wrong == {}, list(StoredPayload.objects.exclude(problem="").values_list("size", "problem", "read_in_ms"))
    assert [message.text for message in shown[1::2]] == [f"Gute Frage {number}" for number in range(len(cases))]
    assert {message.kind for message in shown[1::2]} == {"message"}
    assert counter.is_whole()


def messages() -> list[Message]:
    """What became of each mail, in the order in which they came."""
    payloads = StoredPayload.objects.order_by("number").values_list("number", "external_key")
    numbers = sorted(payloads, key=lambda payload: int(payload[1].rpartition("/")[2]))
    return [MessageArrival.objects.get(payload_number=number).message for number, _ in numbers]


def differences(message: Message, case: Case) -> list[str]:
    files = set(Attachment.objects.filter(message=message).values_list("name", "size"))
    expected = {
        f"kind {message.kind}": message.kind == case.kind,
        f"text {message.text[:80]!r}": case.says in message.text,
        f"problems {message.problems}": set(case.problems) <= set(message.problems),
        f"files {files}": case.file is None or case.file in files,
        "a NUL": "\0" not in message.text + message.subject,
        "an empty entry": bool(message.text or message.problems),
    }
    return [what for what, holds in expected.items() if not holds]
