"""Forms with files, as browsers send them (RFC 7578)."""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from tresen.channels.outbound import OutboundAttachment


def multipart(
    fields: Iterable[tuple[str, str, str]], files: Iterable[tuple[str, OutboundAttachment]], *, key: str
) -> tuple[str, bytes]:
    """The Content-Type and the body. `fields`: name, content type, text; `files`: name and file.

    `key` makes the line between the parts: the same form is the same bytes at every attempt.
    """
    line = f"tresen-{sha256(key.encode()).hexdigest()[:40]}"
    body = b"".join([*_fields(fields, line), *_files(files, line), f"--{line}--\r\n".encode()])
    return f"multipart/form-data; boundary={line}", body


def _fields(fields: Iterable[tuple[str, str, str]], line: str) -> Iterator[bytes]:
    for name, kind, text in fields:
        head = f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\nContent-Type: {kind}\r\n\r\n'
        yield head.encode() + text.encode("utf-8", "replace") + b"\r\n"


def _files(files: Iterable[tuple[str, OutboundAttachment]], line: str) -> Iterator[bytes]:
    for name, file in files:
        shown = "".join(" " if char in '"\r\n\\' else char for char in file.name)
        kind = "".join(char for char in file.content_type if char.isprintable()) or "application/octet-stream"
        disposition = f'form-data; name="{name}"; filename="{shown}"'
        head = f"--{line}\r\nContent-Disposition: {disposition}\r\nContent-Type: {kind}\r\n\r\n"
        yield head.encode("utf-8", "replace") + file.content + b"\r\n"
