import socket
import ssl

import pytest

from tresen.stores.causes import cause_of


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("[Errno -2] Name or service not known", "No server of this name"),
        ("[Errno -3] Temporary failure in name resolution", "No server of this name"),
        ("[Errno 8] nodename nor servname provided, or not known", "No server of this name"),
        ("[Errno 111] Connection refused", "takes no connections"),
        ("[Errno 61] Connection refused", "takes no connections"),
        ("timed out", "does not answer in time"),
        ("[Errno 110] Connection timed out", "does not answer in time"),
        ("[Errno 101] Network is unreachable", "interrupted"),
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch", "certificate"),
        ("[SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1032)", "does not speak TLS"),
        ("[SSL] record layer failure (_ssl.c:1032)", "does not speak TLS"),
        ("Connection unexpectedly closed", "closed the connection"),
        ("[Errno 104] Connection reset by peer", "closed the connection"),
    ],
)
def test_the_usual_reasons_are_told_in_words(said, words):
    assert words in cause_of(said)


def test_a_name_that_does_not_exist_is_told_from_what_the_resolver_says():
    with pytest.raises(socket.gaierror) as raised:
        socket.getaddrinfo("no server here", 993)
    assert cause_of(str(raised.value)).startswith("No server of this name")


def test_a_server_without_tls_is_told_from_what_the_library_says():
    incoming = ssl.MemoryBIO()
    incoming.write(b"220 mail.example ready\r\n")
    talk = ssl.create_default_context().wrap_bio(incoming, ssl.MemoryBIO(), server_hostname="mail.example")
    with pytest.raises(ssl.SSLError) as raised:
        talk.do_handshake()
    assert "does not speak TLS" in cause_of(str(raised.value))


@pytest.mark.parametrize("said", ["", "550 5.1.1 user unknown", "451 4.4.1 connection timed out", "something odd"])
def test_what_is_no_reason_of_the_line_is_none(said):
    assert cause_of(said) == ""
