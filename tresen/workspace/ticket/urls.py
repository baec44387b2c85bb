from django.urls import path

from tresen.workspace.ticket import answering, correcting, settling, sorting, views

urlpatterns = [
    path("tickets/<int:ticket_id>/", views.show, name="ticket"),
    path("tickets/<int:ticket_id>/why/", views.show_why, name="ticket-why"),
    path("tickets/<int:ticket_id>/news/", views.show_news, name="ticket-news"),
    path("tickets/<int:ticket_id>/replies/", answering.create_reply, name="reply"),
    path("tickets/<int:ticket_id>/draft/", answering.keep_typed, name="draft"),
    path("tickets/<int:ticket_id>/notes/", answering.create_note, name="note"),
    path("tickets/<int:ticket_id>/solution/", settling.create_solution, name="solution"),
    path("tickets/<int:ticket_id>/reopening/", settling.create_reopening, name="reopening"),
    path("tickets/<int:ticket_id>/snooze/", settling.create_snooze, name="snooze"),
    path("tickets/<int:ticket_id>/waking/", settling.create_waking, name="waking"),
    path("tickets/<int:ticket_id>/waiting/", settling.create_waiting, name="waiting"),
    path("tickets/<int:ticket_id>/waiting/end/", settling.end_waiting, name="waiting-end"),
    path("tickets/<int:ticket_id>/waiver/", settling.create_waiver, name="waiver"),
    path("tickets/<int:ticket_id>/waiver/end/", settling.end_waiver, name="waiver-end"),
    path("tickets/<int:ticket_id>/caught-up/", settling.create_caught_up, name="caught-up"),
    path("tickets/<int:ticket_id>/corrections/", correcting.create_correction, name="correction"),
    path("tickets/<int:ticket_id>/dismissal/", settling.create_dismissal, name="dismissal"),
    path("tickets/<int:ticket_id>/mark/", settling.create_mark, name="mark"),
    path("tickets/<int:ticket_id>/assignment/", sorting.create_assignment, name="assignment"),
    path("tickets/<int:ticket_id>/team/", sorting.create_team, name="team"),
    path("tickets/<int:ticket_id>/tags/", sorting.create_tag, name="tag"),
    path("tickets/<int:ticket_id>/tags/removal/", sorting.remove_tag, name="tag-removal"),
    path("tickets/<int:ticket_id>/risk/", sorting.create_risk, name="risk"),
    path("tickets/<int:ticket_id>/skip/", sorting.create_skip, name="skip"),
    path("tickets/<int:ticket_id>/release/", sorting.give_back_lease, name="release"),
    path("replies/<int:message_id>/withdrawal/", answering.withdraw_reply, name="reply-withdrawal"),
    path("deliveries/<int:delivery_id>/confirmation/", answering.confirm_delivery, name="delivery-confirmation"),
    path("deliveries/<int:delivery_id>/resending/", answering.resend_delivery, name="delivery-resending"),
]
