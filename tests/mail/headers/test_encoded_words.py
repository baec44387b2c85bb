import pytest

from tresen.mail.headers.encoded_words import decode_words


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("plain", "plain"),
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?UTF-8?B?R3LDvMOfZQ==?=", "Grüße"),
        ("=?iso-8859-1?Q?Gr=FC=DFe_an_alle?=", "Grüße an alle"),
        ("=?utf-8?q?a?= =?utf-8?q?b?=", "ab"),
        ("=?utf-8?q?a?= und =?utf-8?q?b?=", "a und b"),
        ("Re: =?utf-8?q?a?= (b)", "Re: a (b)"),
        ("=?utf-8?b?R3LD?= =?utf-8?b?vMOfZQ==?=", "Grüße"),
        ("=?utf-8?q?Gr=C3?==?utf-8?q?=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?q?mit Leerzeichen?=", "mit Leerzeichen"),
        ("=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?b?R3LDvMOfZQ?=", "Grüße"),
        ("=?utf-8?b?A?=", "\0"),
        ("=?x-unknown?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?x?abc?=", "=?utf-8?x?abc?="),
        ("=?utf-8?q?abc", "=?utf-8?q?abc"),
        ("=?utf-8?q??=", ""),
        ("a =?utf-8?q?b?= c =?iso-8859-1?q?=FC?=", "a b c ü"),
    ],
)
def test_encoded_words_are_read_also_where_senders_break_the_rules(value, text):
    assert decode_words(value) == text
