"""The whole way of a mail: from its bytes, kept raw, through the reading child process to the filed message."""

import time
from datetime import datetime, timedelta
from email.utils import format_datetime
from statistics import median

from django.db import connection

from benchmarks.database import copied, using
from benchmarks.filing import BATCH, START
from benchmarks.result import Figure

WARMING = 2
"""Batches before the first that counts: by then the child is started and the statements are prepared."""
COUNTED = 8
ADDRESS = "service@benchmark.example"
MAIL = """\
From: {name} - Amazon Marketplace <{alias}@marketplace.amazon.de>
Reply-To: {alias}@marketplace.amazon.de
To: {address}
Subject: Anfrage von Amazon-Kunde {name}(Bestellung: {order})
Date: {date}
Message-ID: <{number:012d}@raw.mail.example>
X-Space-Notification-Type: BBC_MESSAGE_SENT_TO_MERCHANT
X-Marketplace-ID: A1PA6795UKMFR9
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Sie haben eine Nachricht erhalten.

# {order}:
1 / Stehleuchte Holm, Eiche [ASIN: B0EXAMPLE1]

------------- Nachricht: -------------

{text}

------------- Ende der Nachricht -------------

SPC-EUAmazon-{number:016d}
"""
"""A buyer's message in the frame of amazon.de's relay."""


def run() -> list[Figure]:
    """Messages a second from kept bytes to filed, beside filing alone of as many that had been read before."""
    from benchmarks.shop import parsed_messages, seed_shop  # noqa: PLC0415 - needs Django set up
    from tresen.intake.filing import file  # noqa: PLC0415 - same
    from tresen.intake.parsing import parse_kept  # noqa: PLC0415 - same

    whole, filing = [], []
    with using(copied(connection.settings_dict["NAME"], "raw_mail")):
        store = seed_shop(at=START - timedelta(days=1))
        count = BATCH * (WARMING + COUNTED)
        _keep(store.id, count=count)
        messages = parsed_messages(store, count=count, at=START, first_payload=2 * count)
        for start in range(0, len(messages), BATCH):
            begun = time.perf_counter()
            done = parse_kept(START, most=BATCH)
            whole.append((time.perf_counter() - begun) / done)
            batch = messages[start : start + BATCH]
            begun = time.perf_counter()
            file(batch, at=START)
            filing.append((time.perf_counter() - begun) / BATCH)
    ours, reference = (1 / median(took[WARMING:]) for took in (whole, filing))
    name = "from raw mail to filed, beside filing alone"
    return [Figure(name=name, ours=ours, reference=reference, unit="messages/s")]


def _keep(store: int, *, count: int) -> None:
    """Mails in the store's mailbox, kept raw as the worker keeps them."""
    from tresen.channels.contract import Source  # noqa: PLC0415 - needs Django set up
    from tresen.intake.keeping import Arrived, keep_raw  # noqa: PLC0415 - same
    from tresen.stores.models import Mailbox  # noqa: PLC0415 - same

    mailbox = Mailbox.objects.create(
        name="Benchmark",
        address=ADDRESS,
        imap_host="imap.benchmark.example",
        smtp_host="smtp.benchmark.example",
        username=ADDRESS,
        created_at=START - timedelta(days=1),
    )
    mailbox.stores.add(store)
    mails = [_mail(number, at=START - timedelta(seconds=count - number)) for number in range(count)]
    arrived = [
        Arrived(
            source=Source.MAIL,
            external_key=f"INBOX/1/{number}",
            body=body,
            size=len(body),
            received_at=START,
            mailbox=mailbox.pk,
        )
        for number, body in enumerate(mails, start=1)
    ]
    keep_raw(arrived, at=START)


def _mail(number: int, *, at: datetime) -> bytes:
    from benchmarks.shop import TEXTS  # noqa: PLC0415 - needs Django set up

    name = f"Buyer {number}"
    mail = MAIL.format(
        name=name,
        alias=f"raw{number:011d}",
        address=ADDRESS,
        order=f"303-{number:07d}-{number:07d}",
        date=format_datetime(at),
        number=number,
        text=TEXTS[number % len(TEXTS)].format(name=name),
    )
    return mail.replace("\n", "\r\n").encode()
