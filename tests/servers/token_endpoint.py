"""An OAuth 2 token endpoint on 127.0.0.1, with the introspection that Dovecot asks."""

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs


class TokenEndpoint:
    """Knows one client and any number of users. `url` is where tokens are refreshed."""

    host = "127.0.0.1"
    client_id = "tresen-test"
    client_secret = "nobody-guesses-this"

    def __init__(self) -> None:
        self.refresh_tokens: dict[str, str] = {}
        self.access_tokens: dict[str, str] = {}
        self.refreshes = 0
        self.rotating = False
        self.lifetime: int | str = 3600
        self.broken_with: int | None = None
        self.port = 0
        self._server: ThreadingHTTPServer | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}/token"

    @property
    def introspection_url(self) -> str:
        return f"http://{self.host}:{self.port}/introspect"

    def consent(self, user: str) -> str:
        """The user connects the mailbox: a refresh token."""
        token = f"refresh-{secrets.token_hex(8)}"
        self.refresh_tokens[token] = user
        return token

    def access_token(self, user: str) -> str:
        token = f"access-{secrets.token_hex(8)}"
        self.access_tokens[token] = user
        return token

    def revoke(self, user: str) -> None:
        """The user takes it back: nothing of theirs is good any more."""
        for tokens in (self.refresh_tokens, self.access_tokens):
            for token in [token for token, owner in tokens.items() if owner == user]:
                del tokens[token]

    def expire(self, user: str) -> None:
        """Only the access tokens run out."""
        for token in [token for token, owner in self.access_tokens.items() if owner == user]:
            del self.access_tokens[token]

    def knows(self, user: str, token: str) -> bool:
        return self.access_tokens.get(token) == user

    def start(self) -> None:
        self._server = ThreadingHTTPServer((self.host, self.port), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        if self._server is not None and self._thread is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join(5)
            self._server = None

    def refreshed(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if self.broken_with is not None:
            return self.broken_with, {}
        if (form.get("client_id"), form.get("client_secret")) != (self.client_id, self.client_secret):
            return 401, {"error": "invalid_client"}
        old = form.get("refresh_token", "")
        user = self.refresh_tokens.get(old)
        if user is None:
            return 400, {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
        self.refreshes += 1
        answer = {"access_token": self.access_token(user), "token_type": "Bearer", "expires_in": self.lifetime}
        if self.rotating:
            del self.refresh_tokens[old]
            answer["refresh_token"] = self.consent(user)
        return 200, answer

    def introspected(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        user = self.access_tokens.get(form.get("token", ""))
        return 200, {"active": True, "email": user, "username": user} if user else {"active": False}


def _handler(endpoint: TokenEndpoint) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            form = {name: values[0] for name, values in parse_qs(self.rfile.read(length).decode()).items()}
            answer = endpoint.refreshed(form) if self.path.startswith("/token") else endpoint.introspected(form)
            body = json.dumps(answer[1]).encode()
            self.send_response(answer[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


@contextmanager
def running() -> Iterator[TokenEndpoint]:
    """A started endpoint that is stopped at the end."""
    endpoint = TokenEndpoint()
    endpoint.start()
    try:
        yield endpoint
    finally:
        endpoint.stop()
