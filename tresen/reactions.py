"""What follows from which event: the one table. No conditions here; they belong to the steps.

Steps run in the order of ORDER, in the transaction that records the event, each once for the whole batch. They may
record further events but never veto: operations check before they record.
"""

from collections.abc import Mapping, Sequence

from tresen.alerts.agreeing import tell_of_agreeing
from tresen.alerts.overtaken import settle_overtaken_offers
from tresen.automation.claiming import follow_claims
from tresen.automation.raising import raise_risk
from tresen.chats.binding import bind_chats
from tresen.chats.following import let_chats_go, note_chats_answered
from tresen.chats.offering import offer_chats
from tresen.duties.case_rows import keep_cases
from tresen.duties.promising import drop_what_was_withdrawn
from tresen.duties.settling import solve_what_only_a_case_opened
from tresen.duties.telling import open_cases
from tresen.duties.unmarked import keep_unmarked
from tresen.intake.following_actions import answer_decided_returns, read_orders_again
from tresen.partners.following import follow_withdrawn_mails, keep_questions, note_answers
from tresen.routing.announcing import announce_tickets
from tresen.routing.placing import place_tickets
from tresen.routing.reopening import reopen_what_is_owed_again
from tresen.sla.deciding import apply_policies
from tresen.sla.keeping import keep_clocks
from tresen.tickets import events as e
from tresen.tickets.events import Event
from tresen.tickets.ledger import Consequences, Step
from tresen.tickets.solving import reopen_for_messages

CLOCKS: Sequence[Step] = (keep_clocks, place_tickets, announce_tickets)
DECIDE: Sequence[Step] = (apply_policies, *CLOCKS)
AGAIN: Sequence[Step] = (keep_clocks, reopen_what_is_owed_again, place_tickets, announce_tickets)
SHOW: Sequence[Step] = (announce_tickets,)
AGREE: Sequence[Step] = (tell_of_agreeing, *SHOW)
PLACE: Sequence[Step] = (place_tickets, announce_tickets)

QUESTIONS: Sequence[Step] = (keep_questions, *PLACE)
CASES: Sequence[Step] = (keep_cases, follow_claims, *AGAIN)

ORDER: Sequence[Step] = (
    reopen_for_messages,
    bind_chats,
    note_chats_answered,
    offer_chats,
    let_chats_go,
    open_cases,
    note_answers,
    drop_what_was_withdrawn,
    follow_withdrawn_mails,
    keep_questions,
    answer_decided_returns,
    keep_cases,
    raise_risk,
    follow_claims,
    apply_policies,
    keep_clocks,
    keep_unmarked,
    reopen_what_is_owed_again,
    solve_what_only_a_case_opened,
    settle_overtaken_offers,
    read_orders_again,
    tell_of_agreeing,
    place_tickets,
    announce_tickets,
)

REACTIONS: Mapping[type[Event], Sequence[Step]] = {
    e.MessageReceived: (reopen_for_messages, bind_chats, offer_chats, note_answers, raise_risk, *DECIDE),
    e.NoticeReceived: (open_cases, *SHOW),
    e.MessageReinterpreted: (raise_risk, apply_policies, keep_unmarked, *AGAIN),
    e.AnsweredElsewhere: (keep_unmarked, *CLOCKS),
    e.ConversationBegun: SHOW,
    e.ReplyQueued: (note_chats_answered, *PLACE),
    e.ReplyWithdrawn: (note_chats_answered, drop_what_was_withdrawn, follow_withdrawn_mails, keep_questions, *PLACE),
    e.ReplyAccepted: (note_chats_answered, keep_unmarked, *CLOCKS),
    e.ReplyBounced: (note_chats_answered, keep_unmarked, *AGAIN),
    e.ReplyRefused: (note_chats_answered, *AGAIN),
    e.ReplyUncertain: PLACE,
    e.ReplyResent: (note_chats_answered, *PLACE),
    e.NoteAdded: SHOW,
    e.ResponseWaived: (note_chats_answered, keep_unmarked, *CLOCKS),
    e.FailureDismissed: PLACE,
    e.CaughtUp: (keep_unmarked, *CLOCKS),
    e.WaiverTakenBack: (note_chats_answered, keep_unmarked, *AGAIN),
    e.MarkedAtPlatform: (keep_unmarked, *CLOCKS),
    e.MarkTakenBack: (keep_unmarked, *AGAIN),
    e.WaitingStarted: CLOCKS,
    e.WaitingEnded: CLOCKS,
    e.TicketSnoozed: CLOCKS,
    e.TicketWoken: CLOCKS,
    e.TicketSolved: (let_chats_go, keep_questions, *CLOCKS),
    e.TicketReopened: CLOCKS,
    e.TicketAssigned: (let_chats_go, settle_overtaken_offers, *PLACE),
    e.TicketMoved: (let_chats_go, keep_unmarked, *DECIDE),
    e.TicketPassedOn: SHOW,
    e.ChatOffered: PLACE,
    e.ChatTaken: PLACE,
    e.ChatEnded: PLACE,
    e.OrderFound: DECIDE,
    e.OrderConfirmed: DECIDE,
    e.OrderRemoved: DECIDE,
    e.TagAdded: DECIDE,
    e.TagRemoved: DECIDE,
    e.RiskSet: DECIDE,
    e.PolicyApplied: (keep_unmarked, *CLOCKS),
    e.ClockVoided: (keep_unmarked, *CLOCKS),
    e.ClockBreached: (keep_unmarked, *PLACE),
    e.CaseOpened: CASES,
    e.CaseDeadlineMoved: CASES,
    e.CaseAnswered: CASES,
    e.CaseClosed: (solve_what_only_a_case_opened, *CASES),
    e.PromiseMade: AGAIN,
    e.PromiseMoved: AGAIN,
    e.PromiseReworded: SHOW,
    e.PromiseKept: CLOCKS,
    e.PromiseDropped: CLOCKS,
    e.LegalRequestReceived: AGAIN,
    e.LegalRequestMoved: AGAIN,
    e.LegalRequestFulfilled: CLOCKS,
    e.LegalRequestWithdrawn: CLOCKS,
    e.DutyResumed: CASES,
    e.QuestionAsked: QUESTIONS,
    e.QuestionRepeated: QUESTIONS,
    e.QuestionAwaited: QUESTIONS,
    e.QuestionAnswered: QUESTIONS,
    e.AnswerRead: QUESTIONS,
    e.QuestionWithdrawn: QUESTIONS,
    e.LadderStepTaken: SHOW,
    e.HandOverOffered: SHOW,
    e.HandOverAccepted: SHOW,
    e.HandOverReturned: SHOW,
    e.HandOverWithdrawn: SHOW,
    e.ActionAsked: AGREE,
    e.ActionApproved: AGREE,
    e.ActionDeclined: AGREE,
    e.ActionWithdrawn: AGREE,
    e.ActionDone: (answer_decided_returns, read_orders_again, *SHOW),
    e.ActionRefused: SHOW,
    e.ActionUncertain: SHOW,
    e.ActionTriedAgain: SHOW,
}

CONSEQUENCES = Consequences(ORDER, REACTIONS, telling=(open_cases, *CLOCKS))
