"""Files and whole mails, in a form in which they can do nothing to who looks at them."""

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_GET, require_POST

from tresen.files.keeping import pieces_of
from tresen.intake.fetching_files import try_again
from tresen.intake.models import FileToFetch
from tresen.mail.cleaning import safe_html
from tresen.tickets.models import Attachment, Message
from tresen.tickets.queries import TicketHidden, ticket_in
from tresen.workspace.attachments.tokens import FILE, MAIL, Expired, file_address, opened
from tresen.workspace.requests import AgentRequest

# What a browser may show itself; all the rest is saved, whatever it says it is.
SHOWN = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf", "text/plain"}
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox; frame-ancestors 'none'"
MAIL_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:{images}; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; "
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-same-origin"
)


@require_GET
def send_file(request: AgentRequest, token: str) -> StreamingHttpResponse:
    """An attachment, a piece at a time."""
    file = Attachment.objects.select_related("message").filter(pk=_id(request, token, FILE)).first()
    if file is None or not _visible(request, file.message):
        raise Http404
    kind = file.content_type if file.content_type in SHOWN else "application/octet-stream"
    name = file.name or "file"
    response = StreamingHttpResponse(pieces_of(bytes(file.blob_id)), content_type=kind)
    response.headers["Content-Length"] = str(file.size)
    response.headers["Content-Disposition"] = content_disposition_header(kind not in SHOWN, name) or "attachment"
    response.headers["Content-Security-Policy"] = FILE_POLICY
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response


@require_POST
def try_file_again(request: AgentRequest, file_id: int) -> HttpResponse:
    """A file that the platform would not give is asked for once more."""
    wanted = FileToFetch.objects.select_related("message").filter(pk=file_id).first()
    if wanted is None or not _visible(request, wanted.message):
        raise Http404
    try_again(wanted.pk, at=request.at)
    return redirect("ticket", wanted.message.ticket_id)


@require_GET
@xframe_options_sameorigin
def show_mail(request: AgentRequest, token: str) -> HttpResponse:
    """The mail as it came, without anything that runs; its remote pictures only when asked for."""
    message = Message.objects.filter(pk=_id(request, token, MAIL)).first()
    if message is None or not _visible(request, message):
        raise Http404
    images = "images" in request.GET
    files = {file.content_id: file.pk for file in message.attachments.exclude(content_id="")}
    safe = safe_html(
        message.html,
        allow_remote_images=images,
        attachment_url=lambda content: (
            file_address(files[content], agent=request.agent.pk) if content in files else None
        ),
    )
    context = {"message": message, "safe": safe, "images": images}
    response = render(request, "ticket/mail.html", context, using="jinja2")
    response.headers["Content-Security-Policy"] = MAIL_POLICY.format(images=" https:" if images else "")
    return response


def _id(request: AgentRequest, token: str, kind: str) -> int:
    try:
        return opened(token, kind, agent=request.agent.pk)
    except Expired as expired:
        raise Http404 from expired


def _visible(request: AgentRequest, message: Message) -> bool:
    try:
        ticket_in(request.scope, message.ticket_id)
    except TicketHidden:
        return False
    return True
