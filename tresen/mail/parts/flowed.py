"""`format=flowed` (RFC 3676): lines that the sender's program broke, joined to the paragraphs that he wrote."""

from collections.abc import Iterator

_SIGNATURE = "-- "


def joined(text: str, *, without_blanks: bool) -> str:
    """The text with soft line breaks undone, within each depth of quotation.

    `without_blanks` (DelSp=yes): the blank that marks a soft break is not the writer's and goes.
    """
    return "\n".join(_paragraphs(text, without_blanks=without_blanks))


def _paragraphs(text: str, *, without_blanks: bool) -> Iterator[str]:
    pieces: list[str] = []
    depth = 0
    for line in text.split("\n"):
        quoted, content = _taken_apart(line)
        # An empty line parts two paragraphs for every reader, also where a blank was left standing before it.
        if pieces and (quoted != depth or content in {_SIGNATURE, ""}):
            yield _marked(depth, pieces)
            pieces = []
        depth = quoted
        soft = content.endswith(" ") and content != _SIGNATURE
        pieces.append(content[:-1] if soft and without_blanks else content)
        if not soft:
            yield _marked(depth, pieces)
            pieces = []
    if pieces:
        yield _marked(depth, pieces)


def _taken_apart(line: str) -> tuple[int, str]:
    """The depth of quotation and the words, without the blank that keeps `>` and `From` from being misread."""
    content = line.lstrip(">")
    return len(line) - len(content), content.removeprefix(" ")


def _marked(depth: int, pieces: list[str]) -> str:
    marks = ">" * depth
    return f"{marks} {''.join(pieces)}" if depth else "".join(pieces)
