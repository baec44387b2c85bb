"""Files that lie at the platform: brought after their message was kept, once, and told of where they are not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from tests.factories.connected import an_ebay_store
from tests.factories.messages import understood
from tests.factories.sales import AT, a_talk
from tests.factories.told import a_told_store, asked_world, take_in, told_of
from tresen.channels import files
from tresen.channels.erasure import ErasureKind, ErasureRequest
from tresen.fakes.drawing import file_of
from tresen.fakes.ebay.platform import Ebay
from tresen.fakes.faults import Fault, Faults
from tresen.fakes.sales import Talk
from tresen.files.keeping import read
from tresen.intake.fetching_files import GIVES_UP_AFTER, HOLD, fetch_due, try_again
from tresen.intake.filing import file
from tresen.intake.models import FileState, FileToFetch
from tresen.stores.models import Store
from tresen.tickets.models import Attachment, Message

pytestmark = pytest.mark.django_db
NAMES = ("Kratzer.png", "Rechnung.pdf")
LATER = AT + timedelta(minutes=1)


def with_files(*names: str, size: int = 900) -> Talk:
    talk = a_talk()
    talk.letters[0].files = tuple((name, size) for name in names)
    return talk


@pytest.fixture
def faults() -> Faults:
    return Faults(silence=0.01)


@pytest.fixture
def store(faults: Faults) -> Iterator[Store]:
    with a_told_store(asked_world(talks=[with_files(*NAMES)]), faults=faults) as connected:
        yield connected


def test_the_message_is_kept_before_its_files_and_they_come_as_its_attachments(store: Store) -> None:
    message = Message.objects.get()
    assert not message.attachments.exists()

    assert fetch_due(LATER) == 2

    kept = [(one.name, one.content_type, read(bytes(one.blob_id))) for one in message.attachments.order_by("pk")]
    assert kept == [
        ("Kratzer.png", "image/png", file_of("Kratzer.png")),
        ("Rechnung.pdf", "application/pdf", file_of("Rechnung.pdf")),
    ]
    assert fetch_due(LATER + timedelta(hours=1)) == 0
    assert Attachment.objects.count() == 2


def test_told_of_again_nothing_is_fetched_twice(store: Store) -> None:
    fetch_due(LATER)
    take_in(AT + timedelta(hours=1))

    assert FileToFetch.objects.count() == 2
    assert fetch_due(AT + timedelta(hours=2)) == 0


def test_ebays_come_the_same_way() -> None:
    with an_ebay_store(Ebay(asked_world(talks=[with_files("Foto.png", size=0)]))) as store:
        told_of(store)
        assert fetch_due(LATER) == 1
    assert read(bytes(Attachment.objects.get().blob_id)) == file_of("Foto.png")


def test_a_trouble_is_tried_again_with_growing_pauses_and_given_up_in_the_end(store: Store, faults: Faults) -> None:
    FileToFetch.objects.filter(name="Rechnung.pdf").delete()
    at = LATER
    for attempt in range(1, GIVES_UP_AFTER + 1):
        faults.demand([Fault.BROKEN])
        assert fetch_due(at) == 0
        wanted = FileToFetch.objects.get()
        assert wanted.failures == attempt
        if wanted.next_at is not None:
            assert wanted.next_at > at
            at = wanted.next_at
    assert (wanted.state, wanted.next_at) == (FileState.GIVEN_UP, None)

    try_again(wanted.pk, at=at)

    assert fetch_due(at) == 1


def test_who_dies_on_the_way_leaves_it_to_another(store: Store) -> None:
    FileToFetch.objects.update(held_until=LATER + HOLD)
    assert fetch_due(LATER) == 0
    assert fetch_due(LATER + HOLD) == 2


def test_what_the_platform_calls_too_large_is_not_even_asked_for(store: Store) -> None:
    FileToFetch.objects.update(size=files.LARGEST + 1)
    fetch_due(LATER)
    assert {(one.state, one.trouble) for one in FileToFetch.objects.all()} == {(FileState.NOT_HAD, files.TOO_LARGE)}


def test_what_proves_too_large_is_not_kept(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tresen.intake.fetching_files.LARGEST", 10)
    FileToFetch.objects.update(size=None)
    assert fetch_due(LATER) == 0
    assert not Attachment.objects.exists()


def test_a_type_that_is_only_claimed_is_not_believed(store: Store) -> None:
    FileToFetch.objects.filter(name="Rechnung.pdf").update(content_type="text/html", name="page.html", reference="x")
    FileToFetch.objects.filter(name="Kratzer.png").update(content_type="text/html")
    fetch_due(LATER)
    assert Attachment.objects.get().content_type == "image/png"


def test_who_is_forgotten_leaves_no_file_behind(store: Store) -> None:
    fetch_due(LATER)
    request = ErasureRequest(external_id="e-1", kind=ErasureKind.BUYER, occurred_at=AT, orders=("ORD-1-A",))
    file([understood(store, request)], at=LATER)

    assert not FileToFetch.objects.exists()
    assert not Attachment.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_thread_says_what_is_on_its_way_and_shows_what_has_come(client, store: Store) -> None:
    from tests.factories.shops import an_agent  # noqa: PLC0415

    client.force_login(an_agent(store.default_team))
    ticket = reverse("ticket", args=[Message.objects.get().ticket_id])
    page = client.get(ticket).text
    assert "Kratzer.png" in page
    assert "is being fetched" in page

    fetch_due(LATER)

    page = client.get(ticket).text
    assert "is being fetched" not in page
    assert 'class="file"' in page
