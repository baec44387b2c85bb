"""What a connector may touch of a store, opened for one piece of work."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.db import Error

from tresen.channels.contract import (
    Connector,
    Later,
    MailTransport,
    Refused,
    SendResult,
    Sent,
    StoreAccess,
    Uncertain,
)
from tresen.channels.http import HttpClient
from tresen.mail.outcomes import (
    Accepted,
    Outcome,
    OutcomeUnknown,
    PermanentFailure,
    SignInRefused,
    TemporaryFailure,
)
from tresen.mail.signing_in import BearerToken, MailTrouble, ReconnectNeeded
from tresen.mail.smtp import SmtpTransport
from tresen.stores import health
from tresen.stores.asking import SHORT_WAIT, StoreHttp, shared_client
from tresen.stores.connectors import connector_of
from tresen.stores.models import Mailbox, Store, StoreConnection
from tresen.stores.proving import NoConnection, ProvingHttp
from tresen.stores.signing_in import credentials_of, smtp_server
from tresen.stores.telling import own_webhook, secret_name
from tresen.stores.tokens import Tokens
from tresen.vault.sealing import open_secret, seal

log = structlog.get_logger()

type Clock = Callable[[], datetime]

TRY_AGAIN_AFTER = timedelta(seconds=30)
SIGN_IN_AGAIN_AFTER = timedelta(minutes=5)


@dataclass(slots=True, kw_only=True)
class OpenStore:
    """All that a connector may touch of one store."""

    store: int
    marketplace: str
    mail: MailTransport
    settings: Mapping[str, str] = field(default_factory=dict)
    entered: dict[str, str] = field(default_factory=dict, repr=False)
    """Secrets that are only being tried."""
    http: HttpClient = field(default_factory=NoConnection)

    @property
    def webhook(self) -> str:
        """The store's own address, at which its platform tells by itself."""
        return own_webhook(self.store)

    def secret(self, name: str) -> str:
        """The store's sealed credential `name`, opened. Raises SecretMissing."""
        return self.entered.get(name) or open_secret(secret_name(self.store, name))

    def setting(self, name: str) -> str:
        """What was entered under `name` when the store was connected; empty where nothing was."""
        return self.settings.get(name, "")

    def take_over(self, renewed: Mapping[str, str], at: datetime) -> None:
        """Secrets that the platform gave in the place of others. Those that are being tried are not kept yet."""
        for name, value in renewed.items():
            if name in self.entered:
                self.entered[name] = value
            else:
                seal(secret_name(self.store, name), value, at=at)


@dataclass(slots=True)
class MailboxTransport:
    """Sends through one mailbox's server and keeps its health.

    Lives as long as a batch: once the server did not answer, the rest of the batch does not wait for it again.
    """

    mailbox: Mailbox
    clock: Clock
    down: str = field(default="", init=False)

    def send(self, message: bytes, *, sender: str, recipient: str) -> SendResult:
        """One SMTP transaction for one recipient. The database's trouble never hides what the server answered."""
        if self.down:
            return Later(after=TRY_AGAIN_AFTER, reason=self.down)
        try:
            outcome = self._transport().send(message, sender=sender, recipient=recipient)
            if isinstance(outcome, SignInRefused):
                outcome = self._once_more(message, outcome, sender=sender, recipient=recipient)
        except MailTrouble as trouble:
            return self._troubled(str(trouble), reconnect=isinstance(trouble, ReconnectNeeded))
        except ValueError as wrong:
            return self._troubled(str(wrong), reconnect=False)
        except Error as trouble:  # it is asked for credentials alone, before anything leaves
            return Later(after=TRY_AGAIN_AFTER, reason=f"{type(trouble).__name__}: {trouble}"[:500])
        return self._result(outcome)

    def _once_more(self, message: bytes, outcome: Outcome, *, sender: str, recipient: str) -> Outcome:
        """A token may have been withdrawn before its time: the next one tells."""
        transport = self._transport(renew=True)
        if not isinstance(transport.credentials, BearerToken):
            return outcome
        return transport.send(message, sender=sender, recipient=recipient)

    def _transport(self, *, renew: bool = False) -> SmtpTransport:
        credentials = credentials_of(self.mailbox, at=self.clock(), renew=renew)
        return SmtpTransport(server=smtp_server(self.mailbox), credentials=credentials, clock=self.clock)

    def _result(self, outcome: Outcome) -> SendResult:
        match outcome:
            case Accepted():
                self._note(partial(health.sending_went_well, self.mailbox.pk))
                return Sent(external_id=outcome.queue_id, at=outcome.at, answer=_words(outcome), provisional=True)
            case TemporaryFailure(code=0):
                return self._troubled(outcome.text, reconnect=False)
            case TemporaryFailure():
                return Later(after=TRY_AGAIN_AFTER, reason=_words(outcome))
            case PermanentFailure():
                return Refused(reason=_words(outcome))
            case SignInRefused():
                return self._troubled(_words(outcome), reconnect=True)
            case OutcomeUnknown():
                return Uncertain(reason=outcome.text)

    def _troubled(self, trouble: str, *, reconnect: bool) -> SendResult:
        self.down = trouble
        self._note(
            partial(health.sending_failed, self.mailbox.pk, trouble=trouble, at=self.clock(), reconnect=reconnect)
        )
        return Later(after=SIGN_IN_AGAIN_AFTER if reconnect else TRY_AGAIN_AFTER, reason=trouble)

    def _note(self, health_is: Callable[[], None]) -> None:
        """Keep how the mailbox does, where that can be kept: what the server said is worth more."""
        try:
            health_is()
        except Error as trouble:
            log.warning("mailbox_health_not_kept", mailbox=self.mailbox.pk, trouble=str(trouble))


class NoMailbox:
    """Stands for the mailbox of a store that has none."""

    def send(self, message: bytes, *, sender: str, recipient: str) -> SendResult:
        """Never takes anything: a person must connect a mailbox."""
        del message, sender, recipient
        return Refused(reason="This store has no mailbox that answers can leave through. Connect one in the setup.")


def mailbox_of(store: Store) -> Mailbox | None:
    """The mailbox that this store's answers leave through: the one of its own address, else the first."""
    mailboxes = list(Mailbox.objects.filter(stores=store, retired_at=None).order_by("pk"))
    own = [mailbox for mailbox in mailboxes if mailbox.address in store.addresses]
    return next(iter(own or mailboxes), None)


def access_to(store: Store, *, clock: Clock, spare: float = 0.0, patience: timedelta = SHORT_WAIT) -> StoreAccess:
    """The store, opened for its connector. `spare`: the share of each allowance that is left for others.

    `patience`: so long an allowance is waited for, before others take their turn.
    """
    mailbox = mailbox_of(store)
    opened = OpenStore(
        store=store.pk, marketplace=store.marketplace, mail=MailboxTransport(mailbox, clock) if mailbox else NoMailbox()
    )
    connected = StoreConnection.objects.filter(store=store).first()
    if connected is not None:
        opened.settings = connected.settings
        opened.http = _http(opened, connector_of(store), clock=clock, spare=spare, patience=patience)
    return opened


def access_by(mailbox: Mailbox, *, store: Store, clock: Clock) -> StoreAccess:
    """The store with this mailbox alone, for a letter that is no matter of its channel."""
    door: MailTransport = MailboxTransport(mailbox, clock) if mailbox.retired_at is None else NoMailbox()
    return OpenStore(store=store.pk, marketplace=store.marketplace, mail=door)


def access_to_try(store: Store, *, settings: Mapping[str, str], entered: Mapping[str, str], clock: Clock) -> OpenStore:
    """The store as it would be opened with these, before they are kept."""
    opened = OpenStore(
        store=store.pk, marketplace=store.marketplace, mail=NoMailbox(), settings=settings, entered={**entered}
    )
    opened.http = _http(opened, connector_of(store), clock=clock, tries=True)
    return opened


def _http(
    opened: OpenStore,
    connector: Connector,
    *,
    clock: Clock,
    spare: float = 0.0,
    patience: timedelta = SHORT_WAIT,
    tries: bool = False,
) -> HttpClient:
    if connector.connection is None:
        return NoConnection()
    plain = StoreHttp(store=opened.store, clock=clock, client=shared_client(), spare=spare, patience=patience)
    door = connector.connection.token
    tokens = None
    if door is not None:
        tokens = Tokens(
            store=opened.store, door=door, http=plain, clock=clock, take_over=opened.take_over, keeps=not tries
        )
    return ProvingHttp(
        store=opened.store,
        http=plain,
        connection=connector.connection,
        access=opened,
        tokens=tokens,
        clock=clock,
        notes=not tries,
    )


def _words(outcome: Accepted | TemporaryFailure | PermanentFailure | SignInRefused) -> str:
    return f"{outcome.code} {outcome.text}" if outcome.code else outcome.text
