import pytest
from django.urls import reverse

from tests.factories.messages import a_message, filed
from tests.factories.shops import MONDAY, an_agent
from tresen.files.keeping import keep_all
from tresen.tickets.models import Attachment, Message
from tresen.workspace.attachments.tokens import file_address, mail_address


def attached(ticket, name="Foto.png", kind="image/png", content=b"\x89PNG invented"):
    (key,) = keep_all([content], at=MONDAY)
    return Attachment.objects.create(
        message=ticket.messages.get(), name=name, content_type=kind, size=len(content), blob_id=key
    )


def test_a_picture_is_shown_and_can_do_nothing(screen, agent, ticket):
    file = attached(ticket)

    response = screen.get(file_address(file.pk, agent=agent.pk))

    assert b"".join(response.streaming_content) == b"\x89PNG invented"
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "application/javascript", "application/x-msdownload"])
def test_what_could_run_is_saved_and_never_shown(screen, agent, ticket, kind):
    file = attached(ticket, name='böse"\r\n.html', kind=kind, content=b"<script>")

    response = screen.get(file_address(file.pk, agent=agent.pk))

    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert "\n" not in response.headers["Content-Disposition"]


def test_an_address_is_good_for_one_agent(client, team, agent, ticket):
    file = attached(ticket)
    client.force_login(an_agent(team))

    assert client.get(file_address(file.pk, agent=agent.pk)).status_code == 404


def test_an_address_ends_when_the_agent_may_no_longer_see_the_ticket(screen, agent, ticket):
    address = file_address(attached(ticket).pk, agent=agent.pk)
    agent.teams.clear()

    assert screen.get(address).status_code == 404


@pytest.mark.parametrize("name", ["attachment", "whole-mail"])
def test_an_invented_address_leads_nowhere(screen, name):
    assert screen.get(reverse(name, args=["invented"])).status_code == 404


def test_a_mails_address_is_no_files_address(screen, agent, ticket):
    mail = mail_address(ticket.messages.get().pk, agent=agent.pk)

    assert screen.get(mail.replace("/mails/", "/files/")).status_code == 404


def test_a_whole_mail_runs_nothing_and_loads_nothing_from_elsewhere(screen, agent, store):
    filed(store, a_message(text="Hallo"))
    message = Message.objects.get()
    Message.objects.update(
        html='<p onclick="x()">Hallo</p><script>x()</script><img src="https://spy.example/pixel.gif">'
    )

    response = screen.get(mail_address(message.pk, agent=agent.pk))

    assert "script" not in response.text
    assert "onclick" not in response.text
    assert "spy.example" not in response.text
    assert "1 remote picture is not loaded" in response.text
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"

    asked = screen.get(mail_address(message.pk, agent=agent.pk), {"images": ""})

    assert "https://spy.example/pixel.gif" in asked.text
    assert "https:" in asked.headers["Content-Security-Policy"]
