"""The front: live updates and visitors who wait are answered here, everything else goes to Django in threads.

Django's own ASGI handler costs more than two milliseconds a request; a2wsgi with persistent connections costs little.
"""

import os
import signal
import threading
from functools import partial
from types import FrameType
from typing import Any, cast

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tresen.config.settings")

from a2wsgi import WSGIMiddleware
from django.conf import settings

from tresen.config.wsgi import application as django_application

THREADS = 16

_everything_else = cast("Any", WSGIMiddleware(cast("Any", django_application), workers=THREADS))


def _fronts() -> tuple[Any, Any]:
    # Its modules need the models, which are there only once Django is set up: after the import of the WSGI application.
    from tresen.config.chat_front import ChatFront  # noqa: PLC0415
    from tresen.config.live_front import LiveFront  # noqa: PLC0415
    from tresen.live.hub import Hub  # noqa: PLC0415

    hub = Hub(settings.DATABASE_DIRECT_URL)
    return LiveFront(hub), ChatFront(hub)


_live_front, _chat_front = _fronts()


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Route one connection."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"] == "/live":
        await _live_front(scope, receive, send)
    elif scope["type"] == "http" and scope["path"].startswith("/chat/") and scope["path"].endswith("/wait"):
        await _chat_front(scope, receive, send)
    elif scope["type"] == "http":
        await _everything_else(scope, receive, send)
    else:
        raise ValueError(f"The front answers HTTP alone, not {scope['type']}.")


async def _lifespan(receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        kind = message["type"].removeprefix("lifespan.")
        if kind == "startup":
            _let_go_when_told_to_end()
        await send({"type": f"lifespan.{kind}.complete"})
        if kind == "shutdown":
            return


def _let_go_when_told_to_end() -> None:
    """Browsers that watch never hang up, and the server would wait for them before it ends."""
    if threading.current_thread() is not threading.main_thread():
        return  # whoever serves from another thread hears no signals

    def let_go(number: int, frame: FrameType | None, then: Any) -> None:
        _live_front.dismiss()
        then(number, frame)

    for ending in (signal.SIGTERM, signal.SIGINT):
        if callable(then := signal.getsignal(ending)):
            signal.signal(ending, partial(let_go, then=then))
