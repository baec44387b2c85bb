"""What kind of file bytes are, by the bytes alone."""

import pytest

from tresen.fakes.drawing import file_of, picture_of
from tresen.files.sniffing import UNKNOWN, kind_of


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture_of("lamp"), "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "image/jpeg"),
        (b"GIF89a\x01\x00\x01\x00", "image/gif"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "image/webp"),
        (file_of("bill.pdf"), "application/pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", UNKNOWN),
        (b"<!doctype html><script>alert(1)</script>", UNKNOWN),
        (b"RIFF\x24\x00\x00\x00WAVE", UNKNOWN),
        (b"", UNKNOWN),
    ],
)
def test_the_bytes_say_what_they_are(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind
