"""A document as small as a PDF can be: one page with some lines."""

from collections.abc import Sequence


def paper_of(*lines: str) -> bytes:
    """A PDF with these lines, one below the other."""
    text = " T* ".join(f"({_safe(line)}) Tj" for line in lines)
    drawn = f"BT /F1 14 Tf 20 TL 60 760 Td {text} ET".encode("cp1252", "replace")
    page = b"/MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>"
    return _whole(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R %s >>" % page,
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        ]
    )


def _whole(objects: Sequence[bytes]) -> bytes:
    """The file: its objects, and where each begins."""
    made, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    count = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (count, table, end)


def _safe(line: str) -> str:
    for special in ("\\", "(", ")"):
        line = line.replace(special, f"\\{special}")
    return line
