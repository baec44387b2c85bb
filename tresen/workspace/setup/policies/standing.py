"""Where an edited policy stands in the list, and whether it is ever asked there: said before it is saved."""

from django.utils.translation import gettext as _

from tresen.sla.queries import listed_policies


def standing_of(policy_id: int) -> tuple[str, str]:
    """Its place in words, and what is perhaps not meant with it; empty where nothing is, both where it is not asked."""
    listed = listed_policies()
    policy = next((one for one in listed if one.id == policy_id and one.enabled), None)
    if policy is None:
        return "", ""
    place = _("Place %(place)s of %(all)s in the list.") % {"place": policy.position, "all": len(listed)}
    return place, never_asked(policy.hidden_by) if policy.hidden_by else ""


def never_asked(above: str) -> str:
    """What a policy says that another above leaves nothing for."""
    return _("Never asked: “%(name)s” above takes all that would fit it. Move this one further up.") % {"name": above}
