"""What eBay's connector says."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy("Addresses members' messages arrive at"),
    gettext_lazy("The e-mail address of the eBay account; eBay passes on mail from no other."),
)
