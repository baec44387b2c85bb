import os
import queue
import threading

import psycopg
import pytest

from tresen.local.listening import Listener

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    over, channels = threading.Event(), queue.Queue()
    listener = Listener(os.environ["DATABASE_URL"], ["tickets", "it's odd"], wake=channels.put, over=over)
    listener.start()
    yield channels
    over.set()
    listener.join(10)
    assert not listener.is_alive()


def notify(channel):
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("SELECT pg_notify(%s, '')", [channel])


def test_all_are_woken_at_first_and_then_those_of_the_channel(heard):
    assert heard.get(timeout=10) == ""
    for channel in ("tickets", "it's odd"):
        notify(channel)
        assert heard.get(timeout=10) == channel


def test_after_a_lost_connection_all_are_woken_again(heard):
    assert heard.get(timeout=10) == ""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE query LIKE 'LISTEN %' AND pid <> pg_backend_pid()"
        )
    assert heard.get(timeout=10) == ""
