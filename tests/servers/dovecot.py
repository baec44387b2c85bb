"""A real IMAP server: an instance of Dovecot of our own, in a folder of its own, on 127.0.0.1."""

import grp
import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from imap_tools.imap_utf7 import utf7_encode

from tests.servers.dovecot_config import CONFIG, OAUTH_CONFIG, OAUTH_PASSDB
from tests.servers.token_endpoint import TokenEndpoint


class Dovecot:
    """Start, add users, deliver mail to them, sign in as them. `stop` and `start` keep mail and port."""

    host = "127.0.0.1"

    def __init__(self, *, tokens: TokenEndpoint | None = None) -> None:
        self.port = _free_port()
        # A short path of its own: Dovecot's sockets live below it, and its mail user must be able to enter.
        self.folder = Path(tempfile.mkdtemp(prefix="tresen-dovecot-"))
        self.passwords: dict[str, str] = {}
        self._tokens = tokens
        self._process: subprocess.Popen[bytes] | None = None
        self._prepare()

    def add_user(self, user: str, password: str = "geheim") -> None:  # noqa: S107
        self.passwords[user] = password
        file = self.folder / "users" / user
        file.write_text(f"{user}:{{PLAIN}}{password}::::::\n")
        file.chmod(0o644)

    def deliver(
        self, user: str, raw: bytes, folder: str = "INBOX", *, internal_date: datetime | None = None, seen: bool = False
    ) -> None:
        """Put a mail into a folder of the user, as it stood there since `internal_date` (now where it is None)."""
        with self._session(user) as session:
            _append(session, raw, folder, internal_date, seen=seen)

    def deliver_all(self, user: str, mails: list[tuple[bytes, datetime]], folder: str = "INBOX") -> None:
        """Many at once, over one connection."""
        with self._session(user) as session:
            for raw, internal_date in mails:
                _append(session, raw, folder, internal_date, seen=False)

    def deposit(self, user: str, raw: bytes) -> None:
        """Put a mail into the inbox as a delivering server does: of any bytes, while APPEND takes no NUL."""
        with self._session(user) as session:
            session.select("INBOX", readonly=True)
            home = self.folder / "mail" / user
            file = home / "tmp" / f"{time.time_ns()}.deposited"
            file.write_bytes(raw)
            os.chown(file, home.stat().st_uid, home.stat().st_gid)
            file.rename(home / "new" / file.name)
            session.select("INBOX", readonly=True)  # its number is given now, so that later mails come after it

    def create_folder(self, user: str, folder: str) -> None:
        with self._session(user) as session:
            session.create(_quoted(folder))

    def delete_folder(self, user: str, folder: str) -> None:
        with self._session(user) as session:
            session.delete(_quoted(folder))

    def delete(self, user: str, uid: int, folder: str = "INBOX") -> None:
        with self._session(user) as session:
            session.select(_quoted(folder))
            session.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)")
            session.expunge()

    def damage(self, user: str, uid: int) -> None:
        """Make the file of a mail of the inbox unreadable for the server."""
        home = self.folder / "mail" / user
        known = [line.split(":", 1)[1] for line in (home / "dovecot-uidlist").read_text().splitlines()[1:]]
        (file,) = (path for path in home.glob("*/*") if path.name.startswith(known[uid - 1].split(",")[0]))
        file.chmod(0)

    def flags(self, user: str, folder: str = "INBOX") -> list[str]:
        """The flags of each mail, as the server keeps them."""
        with self._session(user) as session:
            session.select(_quoted(folder), readonly=True)
            _, found = session.fetch("1:*", "(FLAGS)")
            return [item.decode() if isinstance(item, bytes) else "" for item in found if item]

    def renumber(self, user: str, folder: str = "INBOX") -> None:
        """Lose the index: the folder gets a new UIDVALIDITY."""
        home = self.folder / "mail" / user
        place = home if folder == "INBOX" else home / f".{folder}"
        self.stop()
        time.sleep(1.1)  # UIDVALIDITY is the second of its making
        for name in ("dovecot-uidlist", "dovecot.index", "dovecot.index.log", "dovecot.index.cache"):
            (place / name).unlink(missing_ok=True)
        (home / "dovecot-uidvalidity").unlink(missing_ok=True)
        self.start()

    def start(self) -> None:
        program = shutil.which("dovecot") or "/usr/sbin/dovecot"
        with (self.folder / "stderr").open("ab") as told:
            # A process group of its own: its workers outlive the master for a while.
            self._process = subprocess.Popen(
                [program, "-F", "-c", str(self.folder / "dovecot.conf")],
                stdout=subprocess.DEVNULL,
                stderr=told,
                start_new_session=True,
            )
        until = time.monotonic() + 15
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError(f"Dovecot does not start:\n{self._told()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Refuse connections and cut those that stand."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _prepare(self) -> None:
        root = os.geteuid() == 0
        mail_user = pwd.getpwnam("mail") if root else pwd.getpwuid(os.geteuid())
        name = pwd.getpwuid(os.geteuid()).pw_name
        oauth = self._tokens is not None
        (self.folder / "mail").mkdir()
        (self.folder / "users").mkdir()
        self.folder.chmod(0o755)
        if root:
            os.chown(self.folder / "mail", mail_user.pw_uid, mail_user.pw_gid)
        config = CONFIG.format(
            folder=self.folder,
            port=self.port,
            mail_uid=mail_user.pw_uid,
            mail_gid=mail_user.pw_gid,
            login_user="dovenull" if root else name,
            internal_user="dovecot" if root else name,
            internal_group="dovecot" if root else grp.getgrgid(os.getegid()).gr_name,
            oauth_mechanisms=" xoauth2 oauthbearer" if oauth else "",
            oauth_passdb=OAUTH_PASSDB.format(folder=self.folder) if oauth else "",
        )
        (self.folder / "dovecot.conf").write_text(config)
        if self._tokens is not None:
            (self.folder / "oauth2.conf").write_text(OAUTH_CONFIG.format(url=self._tokens.introspection_url))

    def _answers(self) -> bool:
        try:
            with socket.create_connection((self.host, self.port), timeout=1) as connection:
                return connection.recv(100).startswith(b"* OK")
        except OSError:
            return False

    def _told(self) -> str:
        return "\n".join(
            (self.folder / name).read_text(errors="replace")[-3000:]
            for name in ("stderr", "dovecot.log")
            if (self.folder / name).exists()
        )

    @contextmanager
    def _session(self, user: str) -> Iterator[imaplib.IMAP4]:
        session = imaplib.IMAP4(self.host, self.port, timeout=20)
        try:
            session.authenticate("PLAIN", lambda _: f"\0{user}\0{self.passwords[user]}".encode())
            yield session
        finally:
            session.logout()


def installed() -> None:
    """Make sure that Dovecot is there: as root it is installed, else a sentence says what to do."""
    if shutil.which("dovecot") or Path("/usr/sbin/dovecot").exists():
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-q"], check=False, env=environment, capture_output=True)
        subprocess.run(
            ["apt-get", "install", "-y", "-q", "dovecot-imapd"], check=False, env=environment, capture_output=True
        )
        if Path("/usr/sbin/dovecot").exists():
            return
    raise RuntimeError(
        "The mail tests need Dovecot as IMAP server. Install it with: sudo apt-get install dovecot-imapd"
    )


@contextmanager
def running(*, tokens: TokenEndpoint | None = None) -> Iterator[Dovecot]:
    """A started server that is stopped and removed at the end."""
    installed()
    server = Dovecot(tokens=tokens)
    try:
        server.start()
        yield server
    finally:
        server.remove()


def _append(session: imaplib.IMAP4, raw: bytes, folder: str, internal_date: datetime | None, *, seen: bool) -> None:
    at = (internal_date or datetime.now(UTC)).astimezone(UTC)
    stamp = f'"{at.day:2d}-{at:%b-%Y %H:%M:%S} +0000"'
    answer, detail = session.append(_quoted(folder), r"(\Seen)" if seen else "", stamp, raw)
    if answer != "OK":
        raise RuntimeError(f"Dovecot did not take the mail: {detail!r}")


def _quoted(folder: str) -> str:
    return f'"{utf7_encode(folder).decode()}"'


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
