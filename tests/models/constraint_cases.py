"""For each constraint of the desk a good row, what makes it bad, and what its form says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from tests import builders

MARCH, MAY = date(2016, 3, 1), date(2016, 5, 1)


@dataclass
class Case:
    """A good row, what makes it bad, and a part of the sentence its form answers with."""

    make: Callable[..., Any]
    bad: Callable[[Any], dict[str, Any]]
    says: str
    values: dict[str, Any] = field(default_factory=dict)


def span(make, name):
    return Case(
        make, lambda row: {f"{name}_earliest": MAY, f"{name}_latest": MARCH}, "The date ends before it begins."
    )


def unnamed(**values):
    return builders.make_source(descriptor="a diplomat of the region", **values)


def second_of(make, **same):
    """A second row, beside a first one that it then comes to equal in what must be unique."""

    def made():
        first = make()
        second = make()
        second.first = first
        return second

    return Case(made, lambda row: {name: getattr(row.first, name) for name in same["names"]}, same["says"])


def checked_by_oneself(row):
    user = builders.make_user("one-person")
    check = {"checked_against": "the tape", "checked_by": user, "checked_at": timezone.now()}
    return {"entered_by": user, **check}


CASES: dict[str, Case] = {
    "fact_check_names_only_in_full": Case(
        lambda: builders.make_fact_check_file(version="counsel", names=1),
        lambda row: {"version": "without"},
        "Only the full file names a source.",
    ),
    "source_person_named_or_described": Case(
        unnamed, lambda row: {"person": builders.make_person()}, "Give a name or a descriptor, and not both."
    ),
    "source_identity_of_the_unnamed": Case(
        builders.make_source, lambda row: {"identity": "known"}, "of an unnamed source, and only of one."
    ),
    "source_not_found_says_where_who_when": Case(
        builders.make_source, lambda row: {"looked_by": "L. Sample"}, "where it was looked for, by whom and when."
    ),
    "source_not_its_own_relay": Case(
        builders.make_source, lambda row: {"relay": row}, "A source can't be its own relay."
    ),
    "source_not_its_own_origin": Case(builders.make_source, lambda row: {"origin": row}, "can't rely on itself."),
    "source_date_in_order": span(builders.make_source, "dated"),
    "quote_checked_by_whom_and_when": Case(
        builders.make_quote, lambda row: {"checked_at": timezone.now()}, "who held the words against what, and when."
    ),
    "quote_checked_by_another": Case(
        builders.make_quote, checked_by_oneself, "Somebody else than who entered it holds it against its source."
    ),
    "meeting_checked_by_whom_and_when": Case(
        builders.make_meeting,
        lambda row: {"checked_at": timezone.now()},
        "who held the words against what, and when.",
    ),
    "meeting_checked_by_another": Case(
        builders.make_meeting, checked_by_oneself, "Somebody else than who entered it"
    ),
    "quote_said_in_order": span(builders.make_quote, "said"),
    "source_unnamed_says_how_and_why": Case(
        builders.make_source, lambda row: {"how_they_know": "who was there"}, "is said of an unnamed source only."
    ),
    "consent_is_about_one_record": Case(
        builders.make_consent,
        lambda row: {"interview": builders.make_interview()},
        "one interview or one withdrawal.",
    ),
    "consent_from_terms_to_terms": Case(
        builders.make_consent, lambda row: {"terms_before": "background"}, "from which terms to which."
    ),
    "consent_says_what_and_how": Case(builders.make_consent, lambda row: {"how": ""}, "This field cannot be blank."),
    "consent_given_in_order": span(builders.make_consent, "given"),
    "withdrawal_is_about_one_record": Case(
        builders.make_withdrawal, lambda row: {"source": row.quote.source}, "for one interview or for one quote."
    ),
    "withdrawal_says_when_and_what": Case(
        builders.make_withdrawal, lambda row: {"note": ""}, "This field cannot be blank."
    ),
    "withdrawal_in_order": span(builders.make_withdrawal, "withdrawn"),
    "interview_said_in_order": span(builders.make_interview, "said"),
    "request_asked_in_order": span(builders.make_comment_request, "asked"),
    "request_to_a_person_or_organization": Case(
        builders.make_comment_request,
        lambda row: {"organization": builders.make_organization()},
        "to one person or to one organization.",
    ),
    "request_once_a_person": second_of(
        builders.make_comment_request, names=["story", "person"], says="That person has a row already."
    ),
    "request_once_an_organization": second_of(
        lambda: builders.make_comment_request(organization=builders.make_organization()),
        names=["story", "organization"],
        says="That organization has a row already.",
    ),
    "letter_says_something": Case(builders.make_letter, lambda row: {"words": ""}, "This field cannot be blank."),
    "letter_sent_by_whom_and_when": Case(
        builders.make_letter, lambda row: {"sent_at": timezone.now()}, "names by whom, and when."
    ),
    "letter_answered_whole_or_not": Case(
        builders.make_letter, lambda row: {"answer": "No."}, "An answer is to a letter that was sent"
    ),
    "claim_once_a_letter": second_of(
        builders.make_claim, names=["letter", "passage"], says="That passage is in the letter already."
    ),
    "merger_into_one_of_its_noun": Case(
        builders.make_merger,
        lambda row: {"person": None, "organization": builders.make_organization()},
        "A person is merged into a person",
    ),
    "merger_once_a_short_name": second_of(
        builders.make_merger, names=["slug"], says="That short name leads somewhere already."
    ),
    "merger_once_a_number": second_of(
        builders.make_merger, names=["old_pk"], says="That number leads somewhere already."
    ),
    "confidant_once_a_source": second_of(
        builders.make_confidant, names=["source", "user"], says="named on this source already."
    ),
    "identity_opening_ends": Case(
        builders.make_identity_access, lambda row: {"until": timezone.now()}, "An opening, and nothing else"
    ),
    "password_hold_in_order": Case(
        builders.make_password_hold, lambda row: {"until": row.since}, "The hold ends before it begins."
    ),
    "gate_finding_confirmed_by_whom_and_when": Case(
        builders.make_gate_finding, lambda row: {"confirmed_at": timezone.now()}, "who gave it, and when."
    ),
    "coverage_in_order": Case(
        builders.make_coverage, lambda row: {"until": date(2015, 1, 1)}, "The coverage ends before it begins."
    ),
    "figure_is_a_picture_or_a_chart": Case(
        builders.make_figure,
        lambda row: {"meeting_class": builders.make_meeting_class(investigation=row.story.investigation)},
        "A figure is a picture, or a chart of meetings",
    ),
    "figure_chart_in_order": Case(
        builders.make_figure, lambda row: {"since": MAY, "until": MARCH}, "The chart ends before it begins."
    ),
    "policy_edited_by_whom_and_when": Case(
        builders.make_policy, lambda row: {"edited_at": timezone.now()}, "An edit names who made it and when."
    ),
    "meeting_when_in_order": span(builders.make_meeting, "when"),
    "role_since_in_order": span(builders.make_role, "since"),
    "role_until_in_order": span(builders.make_role, "until"),
    "role_ends_after_it_begins": Case(
        builders.make_role,
        lambda row: {"since_earliest": MAY, "since_latest": None, "until_latest": MARCH},
        "The role ends before it begins.",
    ),
    "role_in_office_has_no_end": Case(
        builders.make_role, lambda row: {"in_office": True}, "still held at publication has no end", {"until": "2019"}
    ),
    "role_once_a_person": second_of(builders.make_role, names=["person", "title", "since"], says="already"),
    "attendance_person_or_descriptor": Case(
        builders.make_attendance, lambda row: {"descriptor": "an aide"}, "a person or a description"
    ),
    "attendance_one_person_counts_one": Case(
        builders.make_attendance, lambda row: {"headcount": 2}, "A named person counts as one"
    ),
    "attendance_dispute_is_about_a_person": Case(
        builders.make_attendance,
        lambda row: {"role_in_dispute": True},
        "in dispute only for a named person.",
        {"descriptor": "an aide"},
    ),
    "desk_text_once_a_record": second_of(builders.make_desk_text, names=["kind", "record"], says="already"),
    "attendance_once_a_person": second_of(builders.make_attendance, names=["meeting", "person"], says="already"),
    "account_of_a_meeting_or_a_class": Case(
        builders.make_role_account,
        lambda row: {"meeting_class": builders.make_meeting_class(investigation=row.meeting.investigation)},
        "about one meeting or about one class of meetings.",
    ),
    "account_says_who_says_so": Case(
        builders.make_role_account, lambda row: {"source": row.quote.source}, "a quote or a source, and not both."
    ),
    "evidence_is_one_record": Case(
        builders.make_evidence, lambda row: {"source": row.quote.source}, "one quote, one meeting or one source."
    ),
    "passage_once_a_mark": second_of(
        lambda: builders.make_passage(story=builders.make_story()), names=["story"], says="already"
    ),
    "byline_once_a_story": second_of(
        builders.make_byline, names=["story", "author"], says="That name is there already."
    ),
    "story_edited_by_whom_and_when": Case(
        builders.make_story, lambda row: {"edited_at": timezone.now()}, "An edit names who made it and when."
    ),
    "approval_once_a_person": second_of(builders.make_approval, names=["story", "by"], says="You have signed this"),
    "elsewhere_found_once": second_of(
        lambda **values: builders.make_elsewhere(**{"kind": "story", "found": "d", **values}),
        names=["correction", "found"],
        says="That place is on the list already.",
    ),
    "elsewhere_found_or_by_hand": Case(
        builders.make_elsewhere,
        lambda row: {"kind": "story"},
        "Places in the record are found by the software; others are added by hand.",
    ),
    "elsewhere_ticked_by_whom_and_when": Case(
        builders.make_elsewhere, lambda row: {"state": "fixed"}, "An answer names who gave it, and when."
    ),
    "elsewhere_in_which_correction": Case(
        builders.make_elsewhere,
        lambda row: {"state": "in_draft", "ticked_by": row.added_by, "ticked_at": timezone.now()},
        "Say in which correction it is mended.",
    ),
    "elsewhere_in_another_correction": Case(
        builders.make_elsewhere,
        lambda row: {
            "state": "in_draft",
            "draft": row.correction,
            "ticked_by": row.added_by,
            "ticked_at": timezone.now(),
        },
        "It is mended by another correction than this one.",
    ),
    "draft_note_settled_by_whom_and_when": Case(
        builders.make_draft_note,
        lambda row: {"settled_at": timezone.now()},
        "Whoever settles a note is named, with the instant.",
    ),
    "recheck_once_at_a_time": second_of(
        builders.make_recheck, names=["story", "part"], says="That is asked already."
    ),
    "recheck_closed_whole_or_not": Case(
        builders.make_recheck, lambda row: {"reason": "A comma."}, "An answer names who gave it, and when."
    ),
    "recheck_says_why": Case(
        builders.make_recheck,
        lambda row: {"outcome": "not_needed", "closed_by": row.opened_by, "closed_at": timezone.now()},
        "Say why no correction is needed, or by which it was corrected.",
    ),
    "correction_approved_by_another": Case(
        builders.make_correction,
        lambda row: {
            "state": "approved",
            "approved_by": row.written_by,
            "approved_at": timezone.now(),
            "approved_digest": "d",
        },
        "approved by someone who did not write it.",
    ),
    "correction_approved_whole_or_not": Case(
        builders.make_correction, lambda row: {"approved_digest": "d"}, "who gave it, when, and to what."
    ),
    "correction_state_has_its_facts": Case(
        builders.make_correction,
        lambda row: {"state": "published"},
        "or published with its number: approved by another, or with the reason why not.",
    ),
    "correction_says_something": Case(
        builders.make_correction, lambda row: {"note": ""}, "Say in a sentence what was wrong, and what is right."
    ),
    "correction_kind_fits": Case(
        builders.make_correction,
        lambda row: {"kind": "update", "noted": date(2016, 5, 1)},
        "An old note, or the correction of a note, is a correction.",
    ),
}
CASES |= {
    name: second_of(make, names=["investigation", field], says="This investigation has a row of that name already.")
    for make, name, field in (
        (builders.make_interview, "interview_once_a_short_name", "slug"),
        (builders.make_meeting, "meeting_once_a_short_name", "slug"),
        (builders.make_meeting_class, "meeting_class_once_a_short_name", "slug"),
        (builders.make_quote, "quote_once_a_short_name", "slug"),
        (builders.make_source, "source_once_a_code_name", "code_name"),
        (builders.make_story, "story_once_a_short_name", "slug"),
    )
}
CASES |= {
    "override_says_why": Case(
        builders.make_finding_override, lambda row: {"reason": ""}, "This field cannot be blank."
    ),
    "clearance_once_at_a_time": second_of(
        builders.make_clearance, names=["story", "counsel"], says="has been asked already and has not answered yet."
    ),
    "clearance_by_another": Case(
        builders.make_clearance, lambda row: {"asked_by": row.counsel}, "by somebody else than who asks."
    ),
    "clearance_answered_whole_or_not": Case(
        builders.make_clearance, lambda row: {"outcome": "cleared"}, "An answer says what came of it, and when."
    ),
    "clearance_says_what_is_wrong": Case(
        builders.make_clearance,
        lambda row: {"outcome": "not_cleared", "answered_at": timezone.now()},
        "Say what has to change, or why it isn't cleared.",
    ),
    "clearance_taken_back_by_whom_and_when": Case(
        builders.make_clearance, lambda row: {"taken_back_at": timezone.now()}, "names by whom and when"
    ),
    "withholding_says_what": Case(builders.make_withholding_order, lambda row: {"paragraph": 2}, "Name a story"),
    "withholding_says_why": Case(
        builders.make_withholding_order, lambda row: {"reason": ""}, "This field cannot be blank."
    ),
    "withholding_made_final_by_another": Case(
        builders.make_withholding_order,
        lambda row: {"final_by": row.ordered_by, "final_at": timezone.now()},
        "Another editor makes it final",
    ),
    "withholding_final_whole_or_not": Case(
        builders.make_withholding_order,
        lambda row: {"final_by": builders.make_user("finisher")},
        "What is final names by whom and when",
    ),
    "withholding_restored_whole_or_not": Case(
        builders.make_withholding_order,
        lambda row: {"restored_at": timezone.now()},
        "What was given back names by whom and when",
    ),
    "legal_hold_once_at_a_time": second_of(
        builders.make_legal_hold,
        names=["investigation"],
        says="A legal hold stands on this investigation already.",
    ),
    "comment_says_something": Case(
        builders.make_story_comment, lambda row: {"said": ""}, "This field cannot be blank."
    ),
    "comment_resolved_by_whom_and_when": Case(
        builders.make_story_comment, lambda row: {"resolved_at": timezone.now()}, "names who says so, and when."
    ),
    "schedule_once_at_a_time": second_of(
        builders.make_scheduled_publication, names=["story"], says="is set for an instant already: cancel that first."
    ),
    "schedule_ended_whole_or_not": Case(
        builders.make_scheduled_publication,
        lambda row: {"outcome": "cancelled"},
        "What came of it names on whose behalf, and when.",
    ),
    "schedule_refused_says_why": Case(
        builders.make_scheduled_publication,
        lambda row: {"outcome": "refused", "ended_by": row.by, "ended_at": timezone.now()},
        "A publication that was refused says why.",
    ),
    "story_opened_once_a_person": second_of(
        builders.make_story_opened, names=["story", "by"], says="That is known already."
    ),
    "kept_words_once_a_person": second_of(
        builders.make_kept_words, names=["story", "by"], says="That person’s words are kept already."
    ),
    "legal_hold_lifted_by_whom_and_when": Case(
        builders.make_legal_hold, lambda row: {"lifted_at": timezone.now()}, "A lifted hold names by whom and when."
    ),
    "legal_hold_says_why": Case(builders.make_legal_hold, lambda row: {"reason": ""}, "This field cannot be blank."),
}
