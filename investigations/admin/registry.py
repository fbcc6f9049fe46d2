"""Every screen of the desk: importing a module registers it."""

from investigations.admin import (  # noqa: F401
    accounts,
    comment_request,
    consent,
    correction,
    history,
    interview,
    investigation,
    meeting,
    people,
    policy,
    quote,
    report,
    source,
    story,
)
