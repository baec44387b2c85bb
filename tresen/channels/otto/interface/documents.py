"""A receipt as OTTO made it for the buyer, a PDF (Receipts v3)."""

from dataclasses import replace
from http import HTTPStatus

from tresen.channels.answered import to_reader
from tresen.channels.feeds import Stopped
from tresen.channels.files import GONE, FileBrought, FileNotHad
from tresen.channels.http import HttpResponse
from tresen.channels.otto.interface import asking
from tresen.channels.outbound import StoreAccess

PDF = "application/pdf"


def bring_receipt(number: str, access: StoreAccess) -> FileBrought | FileNotHad | Stopped:
    """The document of a receipt, by its number."""
    wanted = asking.request(access, f"/v3/receipts/{asking.safe(number)}.pdf")
    outcome = access.http.send(replace(wanted, headers={**wanted.headers, "accept": PDF}))
    if isinstance(outcome, HttpResponse) and outcome.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return FileNotHad(GONE)
    answer = to_reader(outcome)
    return answer if isinstance(answer, Stopped) else FileBrought(answer.body)
