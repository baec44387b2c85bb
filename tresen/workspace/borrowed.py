"""Sentences of Django and allauth that stand on our pages, made known so that they speak as ours do.

In our catalogues they win over the libraries' own, which address German and Italian readers like friends, where we stay
polite. A test holds that the libraries still say them.
"""

from django.utils.translation import gettext_lazy, ngettext_lazy

ALLAUTH = (
    gettext_lazy("Email address"),
    gettext_lazy("Authenticator code"),
    gettext_lazy("The email address and/or password you specified are not correct."),
    gettext_lazy("Please type your current password."),
    gettext_lazy("Incorrect code."),
    gettext_lazy("Incorrect password."),
    gettext_lazy("Too many failed login attempts. Try again later."),
    gettext_lazy("You must type the same password each time."),
    gettext_lazy("Be patient, you are sending too many requests."),
    gettext_lazy("Password successfully changed."),
    gettext_lazy("Authenticator app activated."),
    gettext_lazy("Authenticator app deactivated."),
    gettext_lazy("A new set of recovery codes has been generated."),
)
DJANGO = (
    gettext_lazy("This field is required."),
    gettext_lazy("Enter a valid email address."),
    gettext_lazy("Enter a valid URL."),
    gettext_lazy("Enter a whole number."),
    gettext_lazy("Enter a number."),
    gettext_lazy("Enter a valid date/time."),
    gettext_lazy("Select a valid choice. That choice is not one of the available choices."),
    gettext_lazy("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_lazy("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_lazy("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_lazy("This password is too common."),
    gettext_lazy("The password is too similar to the %(verbose_name)s."),
)
COUNTED = (
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
)
