import socket
import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.mail import hostile
from tests.servers import dovecot, token_endpoint
from tresen.mail import imap, imap_answers
from tresen.mail.signing_in import (
    AuthenticationRefused,
    BearerToken,
    FolderGone,
    Password,
    Security,
    ServerAddress,
    UidValidityChanged,
    Unreachable,
)

pytestmark = pytest.mark.mail_server
NOW = datetime(2026, 11, 9, 12, tzinfo=UTC)


@pytest.fixture
def user(mail_server, request) -> str:
    name = f"{abs(hash(request.node.name))}@shop.example"
    mail_server.add_user(name, "geheim-ü")
    return name


def address(server):
    return ServerAddress(host=server.host, port=server.port, security=Security.PLAIN, timeout=5)


def connected(server, user, password="geheim-ü"):  # noqa: S107
    return imap.connect(address(server), Password(user, password))


def fetched(mailbox, after=0, **options):
    return [mail for batch in mailbox.fetch_after(after, **options) for mail in batch]


def test_mails_come_whole_with_number_and_time_of_the_server(mail_server, user):
    raw = hostile.plain("Grüße").replace(b"\n", b"\r\n")
    mail_server.deliver(user, raw, internal_date=datetime(2026, 11, 1, 23, 30, 5, tzinfo=UTC))
    with connected(mail_server, user) as mailbox:
        state = mailbox.open("INBOX")
        (mail,) = fetched(mailbox)
    assert (mail.uid, mail.raw, mail.size) == (1, raw, len(raw))
    assert mail.internal_date == datetime(2026, 11, 1, 23, 30, 5, tzinfo=UTC)
    assert (state.uid_next, state.count) == (2, 1)


def test_reading_leaves_no_mark_and_takes_read_mail_too(mail_server, user):
    mail_server.deliver(user, hostile.plain("eins"))
    mail_server.deliver(user, hostile.plain("zwei"), seen=True)
    before = mail_server.flags(user)
    with connected(mail_server, user) as mailbox:
        mailbox.open("INBOX")
        assert len(fetched(mailbox)) == 2
    assert (
        [r"\Seen" in flags for flags in mail_server.flags(user)]
        == [r"\Seen" in flags for flags in before]
        == [False, True]
    )


def test_only_what_lies_above_the_high_water_mark_comes_and_the_last_never_twice(mail_server, user):
    for number in range(3):
        mail_server.deliver(user, hostile.plain(str(number)))
    with connected(mail_server, user) as mailbox:
        mailbox.open("INBOX")
        assert [mail.uid for mail in fetched(mailbox, 1)] == [2, 3]
        assert fetched(mailbox, 3) == []
        mail_server.deliver(user, hostile.plain("neu"))
        assert [mail.uid for mail in fetched(mailbox, 3)] == [4]


def test_an_empty_folder_has_nothing(mail_server, user):
    with connected(mail_server, user) as mailbox:
        assert mailbox.open("INBOX").count == 0
        assert fetched(mailbox) == []
        assert mailbox.uids_since(date(2000, 1, 1)) == ()


def test_deleted_mail_is_gone_and_disturbs_nothing(mail_server, user):
    for number in range(3):
        mail_server.deliver(user, hostile.plain(str(number)))
    mail_server.delete(user, 2)
    with connected(mail_server, user) as mailbox:
        mailbox.open("INBOX")
        assert [mail.uid for mail in fetched(mailbox)] == [1, 3]


def test_many_mails_come_in_batches_in_order(mail_server, user, monkeypatch):
    monkeypatch.setattr(imap, "_UID_SPAN", 50)
    mail_server.deliver_all(user, [(hostile.plain(str(number)), NOW) for number in range(120)])
    with connected(mail_server, user) as mailbox:
        mailbox.open("INBOX")
        batches = list(mailbox.fetch_after(0))
    assert [len(batch) for batch in batches] == [50, 50, 20]
    assert [mail.uid for batch in batches for mail in batch] == list(range(1, 121))


def test_a_batch_is_bounded_by_its_bytes_too(mail_server, user, monkeypatch):
    monkeypatch.setattr(imap_answers, "BATCH_BYTES", 100_000)
    for size in (60_000, 60_000, 200_000, 100):
        mail_server.deliver(user, hostile.with_attachment(size))
    with connected(mail_server, user) as mailbox:
        mailbox.open("INBOX")
        assert [[mail.uid for mail in batch] for batch in mailbox.fetch_after(0)] == [[1], [2], [3], [4]]


def test_a_monstrous_mail_comes_cut_and_says_so(mail_server, user, monkeypatch):
    monkeypatch.setattr(imap, "MAX_MAIL_BYTES", 50_000)
    mail_server.deliver(user, hostile.with_attachment(200_000))
    mail_server.deliver(user, hostile.plain())
    with connected(mail_server, user) as mailbox:
        mailbox.open("INBOX")
        large, small = fetched(mailbox)
    assert (large.cut, len(large.raw)) == (True, 50_000)
    assert large.size > 200_000
    assert not small.cut


def test_a_mail_that_the_server_cannot_read_itself_holds_up_no_other(mail_server, user):
    for text in ("eins", "zwei", "drei"):
        mail_server.deliver(user, hostile.plain(text))
    mail_server.damage(user, 2)
    with connected(mail_server, user) as mailbox:
        mailbox.open("INBOX")
        mails = fetched(mailbox)
    assert [mail.uid for mail in mails] == [1, 2, 3]
    assert [mail.cut for mail in mails] == [False, True, False]
    assert mails[1].internal_date.year >= 2026


def test_an_empty_mail_comes_too(mail_server, user):
    mail_server.deliver(user, b"\r\n")
    with connected(mail_server, user) as mailbox:
        mailbox.open("INBOX")
        assert [(mail.uid, mail.raw) for mail in fetched(mailbox)] == [(1, b"\r\n")]


def test_the_ages_of_mails_are_counted_before_anybody_reads_them(mail_server, user):
    ages = [1, 5, 20, 60, 200, 800]
    mail_server.deliver_all(user, [(hostile.plain(), NOW - timedelta(days=age)) for age in ages])
    with connected(mail_server, user) as mailbox:
        mailbox.open("INBOX")
        assert mailbox.count_by_age((7, 30, 90, 365, 36500), at=NOW) == {7: 2, 30: 3, 90: 4, 365: 5, 36500: 6}
        assert mailbox.uids_since((NOW - timedelta(days=30)).date()) == (1, 2, 3)
        assert [mail.uid for mail in fetched(mailbox, since=(NOW - timedelta(days=30)).date())] == [1, 2, 3]


def test_folders_have_readable_names_and_their_role(mail_server, user):
    mail_server.create_folder(user, "Aufträge/März")
    with connected(mail_server, user) as mailbox:
        assert {(folder.name, folder.role) for folder in mailbox.folders()} >= {
            ("INBOX", ""),
            ("Sent", "sent"),
            ("Junk", "junk"),
            ("Aufträge/März", ""),
        }
        mail_server.deliver(user, hostile.plain(), "Aufträge/März")
        mailbox.open("Aufträge/März")
        assert len(fetched(mailbox)) == 1


def test_a_folder_that_is_gone_says_so(mail_server, user):
    mail_server.create_folder(user, "Alt")
    with connected(mail_server, user) as mailbox:
        mailbox.open("Alt")
    mail_server.delete_folder(user, "Alt")
    with connected(mail_server, user) as mailbox, pytest.raises(FolderGone, match="Alt"):
        mailbox.open("Alt")


def test_a_folder_numbered_anew_says_so(user, mail_server):
    mail_server.deliver(user, hostile.plain())
    with connected(mail_server, user) as mailbox:
        before = mailbox.open("INBOX").uid_validity
        assert mailbox.open("INBOX", uid_validity=before).uid_validity == before
    mail_server.renumber(user)
    with connected(mail_server, user) as mailbox, pytest.raises(UidValidityChanged) as changed:
        mailbox.open("INBOX", uid_validity=before)
    assert changed.value.before == before
    assert changed.value.now != before


def test_the_server_tells_of_new_mail(mail_server, user):
    with connected(mail_server, user) as mailbox:
        mailbox.open("INBOX")
        assert mailbox.can_wait
        assert not mailbox.wait(0.1)
        delivery = threading.Timer(0.3, mail_server.deliver, (user, hostile.plain()))
        delivery.start()
        assert mailbox.wait(20)
        delivery.join()
        assert len(fetched(mailbox)) == 1
        assert not mailbox.wait(0.1)


def test_mail_that_came_before_the_waiting_began_is_told_at_once(mail_server, user):
    with connected(mail_server, user) as mailbox:
        mailbox.open("INBOX")
        mail_server.deliver(user, hostile.plain())
        assert mailbox.wait(20)


def test_a_wrong_password_is_refused(mail_server, user):
    with pytest.raises(AuthenticationRefused), connected(mail_server, user, "falsch"):
        pass


def test_a_token_signs_in_until_it_is_withdrawn():
    name = "oauth@shop.example"
    with token_endpoint.running() as tokens, dovecot.running(tokens=tokens) as server:
        token = tokens.access_token(name)
        with imap.connect(address(server), BearerToken(name, token)) as mailbox:
            assert mailbox.open("INBOX").count == 0
        tokens.revoke(name)
        with pytest.raises(AuthenticationRefused), imap.connect(address(server), BearerToken(name, token)):
            pass


def test_a_server_that_is_down_is_unreachable_and_comes_back(mail_server, user):
    mail_server.deliver(user, hostile.plain())
    with connected(mail_server, user) as mailbox:
        mailbox.open("INBOX")
        mail_server.stop()
        with pytest.raises(Unreachable):
            fetched(mailbox)
    with pytest.raises(Unreachable), connected(mail_server, user):
        pass
    mail_server.start()
    with connected(mail_server, user) as mailbox:
        mailbox.open("INBOX")
        assert len(fetched(mailbox)) == 1


def test_a_server_that_says_nothing_is_unreachable():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        place = ServerAddress(host="127.0.0.1", port=silent.getsockname()[1], security=Security.PLAIN, timeout=0.3)
        with pytest.raises(Unreachable), imap.connect(place, Password("a", "b")):
            pass
