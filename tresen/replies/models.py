from django.db import models

from tresen.accounts.models import Agent
from tresen.tickets.models import Conversation, Ticket
from tresen.vault.personal import Subject, personal


class Draft(models.Model):
    """A reply not yet sent: one per agent and conversation, kept while typing."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="drafts")
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="drafts")
    agent = models.ForeignKey(Agent, on_delete=models.CASCADE, related_name="drafts")
    text = personal(models.TextField(blank=True), Subject.BUYER)
    readers = models.CharField(max_length=60, blank=True, db_default="")
    """The roles it is for, where that was chosen."""
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "agent"], name="replies_draft_once")]
