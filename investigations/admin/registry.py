"""Every screen of the desk: importing a module registers it."""

from investigations.admin import (  # noqa: F401
    accounts,
    comment_request,
    consent,
    correction,
    history,
    interview,
    investigation,
    investigation_page,
    legal_hold,
    meeting,
    people,
    policy,
    quote,
    recheck,
    report,
    source,
    story,
    withholding_order,
)
