"""What kind of file bytes are, told by the bytes alone: whatever a sender says of them may be a lie. Pure."""

PICTURES = ("image/png", "image/jpeg", "image/gif", "image/webp")
UNKNOWN = "application/octet-stream"
_ENOUGH = 16
_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)


def kind_of(content: bytes) -> str:
    """The media type of PNG, JPEG, GIF, WebP and PDF; of all else that nobody knows it."""
    start = content[:_ENOUGH]
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for sign, kind in _STARTS if start.startswith(sign)), UNKNOWN)
