"""What the connector of SMS says."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy(
        "Open the first page of Twilio’s Console. Paste the Account SID and the Auth Token that stand there under "
        "Account Info: the primary token, for Twilio signs with it."
    ),
    gettext_lazy("Account SID"),
    gettext_lazy("AC and 32 more characters, as Twilio shows it."),
    gettext_lazy("Auth Token"),
    gettext_lazy(
        "Where your numbers are in a Messaging Service, paste its SID: answers leave through it, from the number that "
        "was written to."
    ),
    gettext_lazy("Messaging Service SID"),
    gettext_lazy("MG and 32 more characters, as Twilio shows it."),
    gettext_lazy(
        "Enter this address at each number, Messaging configuration, A message comes in, as webhook with HTTP POST; "
        "for a Messaging Service under Integration, Send a webhook. Exactly this: Twilio signs it."
    ),
    gettext_lazy("Say when nothing leaves by itself: by the clock of the place that a number belongs to."),
    gettext_lazy("Quiet hours"),
    gettext_lazy("Empty: 21:00-08:00. 0: none. A person’s answer to who has just written leaves at once."),
    gettext_lazy("From and until another time, as 21:00-08:00; or 0 for none."),
    gettext_lazy("Leave this empty, unless you try with something that stands for Twilio."),
    gettext_lazy("The account’s Auth Token, on the first page of Twilio’s Console."),
    gettext_lazy("The account is not active at Twilio: nothing can leave."),
    gettext_lazy("This installation has no address with https:// yet: Twilio can’t tell what became of answers."),
    gettext_lazy("This number has said STOP to Twilio: nothing reaches it before it sends START."),
    gettext_lazy("There are more messages to this number than Twilio lists at once: look there."),
)
