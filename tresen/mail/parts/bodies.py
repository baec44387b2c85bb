"""The parts of a mail sorted into what is read and what is attached."""

import html as html_module
import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from tresen.mail.charsets import decode
from tresen.mail.cleaning import clean_line, clean_text
from tresen.mail.headers.encoded_words import decode_words
from tresen.mail.headers.lines import read_block
from tresen.mail.headers.parameters import read_parameters
from tresen.mail.parsed import MailAttachment, Problem
from tresen.mail.parts import flowed
from tresen.mail.parts.html_text import to_text
from tresen.mail.parts.structure import Part, content_of

MAX_TEXT_CHARACTERS = 4_000_000
MAX_NAME = 150

_ENDINGS = {
    "text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics", "text/csv": ".csv", "message/rfc822": ".eml",
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/heic": ".heic",
    "application/pdf": ".pdf", "application/pgp-signature": ".asc", "application/pgp-encrypted": ".asc",
    "application/pkcs7-signature": ".p7s", "application/x-pkcs7-signature": ".p7s", "application/pkcs7-mime": ".p7m",
    "application/x-pkcs7-mime": ".p7m", "application/ms-tnef": ".dat", "application/zip": ".zip", "video/mp4": ".mp4",
}  # fmt: skip
_ENCRYPTED = {"multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime", "application/pgp-encrypted"}
_WINMAIL = {"application/ms-tnef", "application/vnd.ms-tnef"}
_UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|\u202a-\u202e\u2066-\u2069]')


@dataclass(slots=True)
class Bodies:
    """Collected while walking: text blocks in order, HTML blocks in order, files, problems."""

    text: str = ""
    html: str = ""
    attachments: tuple[MailAttachment, ...] = ()
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Block:
    plain: str = ""
    html: str = ""


def read_bodies(raw: bytes, tree: Part) -> Bodies:
    """Text and HTML of the mail as its sender meant them, everything else as attachments."""
    reading = _Reading(raw)
    reading.part(tree)
    return reading.result()


class _Reading:
    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.blocks: list[_Block] = []
        self.files: list[MailAttachment] = []
        self.problems: list[str] = []

    def part(self, part: Part) -> None:
        if part.kind in _ENCRYPTED and not part.content.get("smime-type").startswith("signed"):
            self.problems.append(Problem.ENCRYPTED)
        if part.kind.startswith("multipart/") and not part.children:
            self.problems.append(Problem.PARTS_MISSING)
            self.text_of(part, kind="text/plain")
        elif part.kind == "multipart/alternative":
            self.alternatives(part)
        elif part.children:
            for child in part.children:
                self.part(child)
        elif part.kind in {"text/plain", "text/html"} and not _is_file(part):
            self.text_of(part, kind=part.kind)
        else:
            self.file(part)

    def alternatives(self, part: Part) -> None:
        """One text in several forms: all blocks found inside become one."""
        before, self.blocks = self.blocks, []
        for child in part.children:
            self.part(child)
        plain = "\n\n".join(block.plain for block in self.blocks if block.plain.strip())
        html = "\n".join(block.html for block in self.blocks if block.html)
        self.blocks = [*before, _Block(plain, html)]

    def text_of(self, part: Part, *, kind: str) -> None:
        content, damaged = content_of(self.raw, part)
        text, guessed = decode(content, part.content.get("charset"))
        if damaged:
            self.problems.append(Problem.ENCODING_DAMAGED)
        if guessed:
            self.problems.append(Problem.CHARSET_GUESSED)
        text = clean_text(text).removeprefix("\ufeff")
        if kind == "text/plain" and part.content.get("format").lower() == "flowed":
            text = flowed.joined(text, without_blanks=part.content.get("delsp").lower() == "yes")
        self.blocks.append(_Block(html=text) if kind == "text/html" else _Block(plain=text))

    def file(self, part: Part) -> None:
        content, damaged = content_of(self.raw, part)
        if not content and part.kind.startswith("text/") and not _is_file(part):
            return
        if damaged:
            self.problems.append(Problem.ENCODING_DAMAGED)
        name = _file_name(part, content)
        if part.kind in _WINMAIL or name.lower() == "winmail.dat":
            self.problems.append(Problem.WINMAIL)
        content_id = clean_line(part.block.first("content-id")).strip("<> ")[:250]
        self.files.append(
            MailAttachment(
                name=name, content_type=clean_line(part.kind)[:100], content=content, content_id=content_id or None
            )
        )

    def result(self) -> Bodies:
        texts: list[str] = []
        for block in self.blocks:
            if block.plain.strip() or not block.html:
                texts.append(block.plain)
                continue
            text, simplified = to_text(block.html)
            texts.append(text)
            if simplified:
                self.problems.append(Problem.HTML_SIMPLIFIED)
        text = "\n\n".join(text.strip("\n") for text in texts if text.strip())
        if len(text) > MAX_TEXT_CHARACTERS:
            self.problems.append(Problem.TEXT_CUT)
        html = self.joined_html()
        shown = tuple(_shown_inline(each, html) for each in self.files)
        return Bodies(text[:MAX_TEXT_CHARACTERS], html, shown, self.problems)

    def joined_html(self) -> str:
        if not any(block.html for block in self.blocks):
            return ""
        pieces = [
            block.html or f'<div style="white-space: pre-wrap">{html_module.escape(block.plain)}</div>'
            for block in self.blocks
            if block.html or block.plain.strip()
        ]
        html = "\n".join(pieces)
        if len(html) > MAX_TEXT_CHARACTERS:
            self.problems.append(Problem.TEXT_CUT)
        return html[:MAX_TEXT_CHARACTERS]


def _is_file(part: Part) -> bool:
    disposition = read_parameters(part.block.first("content-disposition"))
    if disposition.value == "attachment":
        return True
    return bool(disposition.get("filename") or (disposition.value != "inline" and part.content.get("name")))


def _file_name(part: Part, content: bytes) -> str:
    """A name fit for a file system: no folders, no direction marks, 150 characters at most."""
    disposition = read_parameters(part.block.first("content-disposition"))
    name = disposition.get("filename") or part.content.get("name")
    if not name and part.kind == "message/rfc822":
        name = clean_line(decode_words(read_block(content).first("subject")))[:100] or "message"
        name += ".eml"
    name = PurePosixPath(_UNSAFE_IN_NAMES.sub("_", clean_line(decode_words(name)))).name.strip(". ")
    if not name:
        return "file" + _ENDINGS.get(part.kind, ".bin")
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= MAX_NAME else f"{(stem or ending)[:130]}{dot}{ending[:15]}"


def _shown_inline(file: MailAttachment, html: str) -> MailAttachment:
    """A picture counts as shown inside the text only where the text shows it."""
    if not file.content_id or f"cid:{file.content_id}" not in html:
        return file
    return MailAttachment(
        name=file.name,
        content_type=file.content_type,
        content=file.content,
        content_id=file.content_id,
        inline=True,
    )
