"""What Amazon's connector says."""

from django.utils.translation import gettext_lazy

KNOWN = (
    gettext_lazy("Addresses buyers' messages arrive at"),
    gettext_lazy(
        "Must be approved in Seller Central under Messaging Permissions, else Amazon rejects answers.",
    ),
)
