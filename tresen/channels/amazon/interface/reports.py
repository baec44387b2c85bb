"""Reports: asked for, prepared by Amazon in its own time, and fetched from a place of their own."""

from datetime import timedelta
from http import HTTPStatus
from urllib.parse import parse_qsl, quote, urlsplit

import msgspec

from tresen.channels.amazon.interface.places import asked, asked_of_nobody, marketplace_of, read, written
from tresen.channels.answered import AFTER_A_FAULT
from tresen.channels.feeds import Page, Stale, Step, Stopped, Told, Window
from tresen.channels.http import Allowance, HttpResponse
from tresen.channels.outbound import StoreAccess
from tresen.channels.typed_json import NotAsDocumented, read_json

CREATE = Allowance(name="createReport", per_second=0.0167, burst=15)
GET = Allowance(name="getReport", per_second=2, burst=15)
DOCUMENT = Allowance(name="getReportDocument", per_second=0.0167, burst=15)
FETCH = Allowance(name="documents", per_second=1, burst=10)
PATH = "/reports/2021-06-30"
PREPARING = timedelta(seconds=45)
AGAIN = "again"
AFTER_A_FAILURE = timedelta(hours=1)
"""Amazon gives up on a report, as when the same was asked for a moment ago."""
_UNKNOWN = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST})


class Created(msgspec.Struct, frozen=True, rename="camel"):
    """A report that was asked for."""

    report_id: str


class Report(msgspec.Struct, frozen=True, rename="camel"):
    """How far it is."""

    processing_status: str
    processing_end_time: str | None = None
    report_document_id: str | None = None


class Document(msgspec.Struct, frozen=True, rename="camel"):
    """Where it lies, for five minutes."""

    url: str
    compression_algorithm: str | None = None


def read_report(access: StoreAccess, window: Window, place: str, *, kind: str, about: str) -> Step:
    """One step: ask for the report of the window, look how far it is, or fetch it. `place` is its number."""
    if place in {"", AGAIN}:
        return _asked_for(access, window, kind)
    report = _read(access, f"/reports/{quote(place, safe='')}", GET, Report)
    if not isinstance(report, Report):
        return report
    match report.processing_status:
        case "DONE" if report.report_document_id:
            return _fetched(access, report, about)
        case "DONE" | "CANCELLED":  # there was nothing to report
            return Page(told=())
        case "FATAL":
            return Page(told=(), next=AGAIN, after=AFTER_A_FAILURE)
        case _:
            return Page(told=(), next=place, after=PREPARING)


def _asked_for(access: StoreAccess, window: Window, kind: str) -> Step:
    body = {
        "reportType": kind,
        "marketplaceIds": [marketplace_of(access).id],
        "dataStartTime": written(window.since),
        "dataEndTime": written(window.until),
    }
    answer = read(access.http.send(asked(access, f"{PATH}/reports", CREATE, method="POST", body=body)))
    created = answer if isinstance(answer, Stopped) else _as(answer, Created)
    if isinstance(created, Stopped):
        return created
    return Page(told=(), next=created.report_id, after=PREPARING)


def _fetched(access: StoreAccess, report: Report, about: str) -> Step:
    document = _read(access, f"/documents/{quote(report.report_document_id or '', safe='')}", DOCUMENT, Document)
    if not isinstance(document, Document):
        return document
    place = urlsplit(document.url)
    # What stands behind the question mark opens the document to anybody, so it stays out of what is logged.
    request = asked_of_nobody(
        "GET",
        f"{place.scheme}://{place.netloc}{place.path}",
        FETCH,
        query=tuple(parse_qsl(place.query, keep_blank_values=True)),
    )
    answer = read(access.http.send(request))
    if isinstance(answer, Stopped):
        # The address may have run out on the way: the next try gets a new one. The connection is not to blame.
        return Stopped(reason=answer.reason, after=answer.after, held=answer.held)
    headers = {
        "prepared": report.processing_end_time or "",
        "compression": document.compression_algorithm or "",
        "content-type": answer.headers.get("content-type", ""),
    }
    return Page(told=(Told(about=about, body=answer.body, headers=headers),))


def _read[T](access: StoreAccess, path: str, allowance: Allowance, kind: type[T]) -> T | Stale | Stopped:
    outcome = access.http.send(asked(access, PATH + path, allowance))
    if isinstance(outcome, HttpResponse) and outcome.status in _UNKNOWN:
        return Stale()
    answer = read(outcome)
    return answer if isinstance(answer, Stopped) else _as(answer, kind)


def _as[T](answer: HttpResponse, kind: type[T]) -> T | Stopped:
    try:
        return read_json(answer.body, kind)
    except NotAsDocumented as wrong:
        return Stopped(reason=str(wrong), after=AFTER_A_FAULT)
