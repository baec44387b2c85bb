"""What can be recorded about a ticket. Facts are ids, enums, keys, numbers and times: never a person's words.

`version` of a kind grows when its facts change; old facts are then upcast on reading, never migrated. A new file of
kinds is named here: only what this module shows is known to the ledger.
"""

from tresen.tickets.events.by_agents import CaughtUp as CaughtUp
from tresen.tickets.events.by_agents import FailureDismissed as FailureDismissed
from tresen.tickets.events.by_agents import MarkedAtPlatform as MarkedAtPlatform
from tresen.tickets.events.by_agents import MarkTakenBack as MarkTakenBack
from tresen.tickets.events.by_agents import NoteAdded as NoteAdded
from tresen.tickets.events.by_agents import ResponseWaived as ResponseWaived
from tresen.tickets.events.by_agents import RiskSet as RiskSet
from tresen.tickets.events.by_agents import TagAdded as TagAdded
from tresen.tickets.events.by_agents import TagRemoved as TagRemoved
from tresen.tickets.events.by_agents import TicketAssigned as TicketAssigned
from tresen.tickets.events.by_agents import TicketClosed as TicketClosed
from tresen.tickets.events.by_agents import TicketMoved as TicketMoved
from tresen.tickets.events.by_agents import TicketPassedOn as TicketPassedOn
from tresen.tickets.events.by_agents import TicketReopened as TicketReopened
from tresen.tickets.events.by_agents import TicketSnoozed as TicketSnoozed
from tresen.tickets.events.by_agents import TicketSolved as TicketSolved
from tresen.tickets.events.by_agents import TicketWoken as TicketWoken
from tresen.tickets.events.by_agents import WaitingEnded as WaitingEnded
from tresen.tickets.events.by_agents import WaitingStarted as WaitingStarted
from tresen.tickets.events.by_agents import WaiverTakenBack as WaiverTakenBack
from tresen.tickets.events.coming_in import AnsweredElsewhere as AnsweredElsewhere
from tresen.tickets.events.coming_in import MessageReceived as MessageReceived
from tresen.tickets.events.coming_in import MessageReinterpreted as MessageReinterpreted
from tresen.tickets.events.coming_in import NoticeReceived as NoticeReceived
from tresen.tickets.events.coming_in import OrderFound as OrderFound
from tresen.tickets.events.coming_in import TicketOpened as TicketOpened
from tresen.tickets.events.duties import CaseAnswered as CaseAnswered
from tresen.tickets.events.duties import CaseClosed as CaseClosed
from tresen.tickets.events.duties import CaseDeadlineMoved as CaseDeadlineMoved
from tresen.tickets.events.duties import CaseOpened as CaseOpened
from tresen.tickets.events.duties import DutyResumed as DutyResumed
from tresen.tickets.events.duties import LegalRequestFulfilled as LegalRequestFulfilled
from tresen.tickets.events.duties import LegalRequestMoved as LegalRequestMoved
from tresen.tickets.events.duties import LegalRequestReceived as LegalRequestReceived
from tresen.tickets.events.duties import LegalRequestWithdrawn as LegalRequestWithdrawn
from tresen.tickets.events.duties import PromiseDropped as PromiseDropped
from tresen.tickets.events.duties import PromiseKept as PromiseKept
from tresen.tickets.events.duties import PromiseMade as PromiseMade
from tresen.tickets.events.duties import PromiseMoved as PromiseMoved
from tresen.tickets.events.duties import PromiseReworded as PromiseReworded
from tresen.tickets.events.escalation import HandOverAccepted as HandOverAccepted
from tresen.tickets.events.escalation import HandOverOffered as HandOverOffered
from tresen.tickets.events.escalation import HandOverReturned as HandOverReturned
from tresen.tickets.events.escalation import HandOverWithdrawn as HandOverWithdrawn
from tresen.tickets.events.escalation import LadderStepTaken as LadderStepTaken
from tresen.tickets.events.going_out import ReplyAccepted as ReplyAccepted
from tresen.tickets.events.going_out import ReplyBounced as ReplyBounced
from tresen.tickets.events.going_out import ReplyQueued as ReplyQueued
from tresen.tickets.events.going_out import ReplyRefused as ReplyRefused
from tresen.tickets.events.going_out import ReplyResent as ReplyResent
from tresen.tickets.events.going_out import ReplyUncertain as ReplyUncertain
from tresen.tickets.events.going_out import ReplyWithdrawn as ReplyWithdrawn
from tresen.tickets.events.of_clocks import ClockBreached as ClockBreached
from tresen.tickets.events.of_clocks import ClockVoided as ClockVoided
from tresen.tickets.events.of_clocks import PolicyApplied as PolicyApplied
from tresen.tickets.facts import Event as Event
from tresen.tickets.facts import Key as Key
