"""Every model of both apps: its docstring, name, screen, builder, paired facts, messages, words for people."""

import re

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from investigations.models import Evidence, Quote, Source
from investigations.record.models import INBOX
from tests import builders

DESK = list(apps.get_app_config("investigations").get_models())
RECORD = list(apps.get_app_config("record").get_models())

WITHOUT_SCREEN = {
    "Attendance": "rows of a meeting's screen",
    "RoleAccount": "rows of a meeting's screen, and of a class of meetings'",
    "Coverage": "rows of a source's screen",
    "Figure": "rows of a story's screen",
    "Byline": "rows of a story's screen",
    "Evidence": "rows of a passage's screen",
    "Demonstration": "written by the demo command alone",
    "DeskText": "what the desk's search finds, on its page",
    "SourceIdentity": "a page of its own on the source, in no list",
    "GateFinding": "on the page of the source's identity, for whom it concerns",
    "Confidant": "on the page of the source's identity",
    "PasswordHold": "written by the software, told on the front page",
    "Clearance": "on the story's screen, and on counsel's own page",
    "CorrectionStep": "told on the correction's screen",
    "Elsewhere": "listed on the correction's screen",
    "DraftNote": "on the story's page of notes, and on the passage's screen",
    "FactCheckFileOpened": "told on the story's screen",
    "FindingOverride": "told at its finding, on the story's screen",
    "ScheduledPublication": "told on the story's screen, set by its button",
    "Letter": "a page of its own on the request for comment",
    "Claim": "on the page of its letter",
    "StoryComment": "on the story's screen, and on the passage's",
    "StoryReview": "told on the story's screen, done by its buttons",
    "StoryOpened": "told on the story's screen",
    "KeptWords": "offered on the story's screen to whoever wrote them",
    "MarkedEvent": "rows of the screen of an investigation's page",
    "PageChoice": "rows of the screen of an investigation's page",
    "Merger": "told in the history of the row that it leads to, and followed from every old name",
}
WITHOUT_WHO = {
    "Demonstration.made_at": "a command made it",
    "Clearance.answered_at": "counsel answered, who is named on the row",
}
NAMED = {
    "Attendance": "attendance",
    "CommentRequest": "comment_request",
    "CorrectionStep": "correction_step",
    "DeskText": "desk_text",
    "DraftNote": "draft_note",
    "FactCheckFileOpened": "fact_check_file",
    "FindingOverride": "finding_override",
    "GateFinding": "gate_finding",
    "GateRun": "gate_run",
    "InvestigationPage": "investigation_page",
    "LegalHold": "legal_hold",
    "MarkedEvent": "marked_event",
    "WithholdingOrder": "withholding_order",
    "IdentityAccess": "identity_access",
    "PageChoice": "page_choice",
    "PasswordHold": "password_hold",
    "SourceIdentity": "source_identity",
    "MeetingClass": "meeting_class",
    "RoleAccount": "role_account",
    "ScheduledPublication": "scheduled_publication",
    "StoryComment": "story_comment",
    "StoryOpened": "story_opened",
    "KeptWords": "kept_words",
    "StoryReview": "story_review",
}


def builder_of(model):
    return getattr(builders, f"make_{NAMED.get(model.__name__, model.__name__.lower())}", None)


def every(models_):
    return pytest.mark.parametrize("model", models_, ids=[model.__name__ for model in models_])


def message_is_own(constraint):
    return constraint.violation_error_message != models.BaseConstraint.default_violation_error_message


# --- What each has ---


@every(DESK + RECORD)
def test_it_says_in_one_docstring_of_its_own_what_it_is(model):
    said = vars(model)["__doc__"]
    assert not said.startswith(f"{model.__name__}(")
    assert said.split("\n")[0].endswith(".")


@every(DESK + RECORD)
def test_it_has_a_name_of_its_own(model):
    assert "__str__" in vars(model)


@every(DESK)
def test_it_has_a_screen_or_a_reason_for_none(model):
    assert admin.site.is_registered(model) != (model.__name__ in WITHOUT_SCREEN)


@every(RECORD)
def test_the_record_has_no_screen_but_for_what_readers_report(model):
    assert admin.site.is_registered(model) == (model in INBOX)


@every(DESK)
def test_it_has_a_builder_that_makes_one(model, db):
    assert isinstance(builder_of(model)(), model)
    assert model._default_manager.count() >= 1


# --- Facts that belong together ---


@every(DESK)
def test_each_instant_has_its_person(model):
    names = {field.name for field in model._meta.get_fields()}
    instants = {name for name in names if re.search(r"(^|_)at$", name)}
    alone = {f"{model.__name__}.{name}" for name in instants if f"{name[:-2]}by" not in names}
    assert alone <= WITHOUT_WHO.keys()


def optional_pairs():
    for model in DESK:
        names = {field.name: field for field in model._meta.concrete_fields}
        for name, field in names.items():
            if name.endswith("_at") and f"{name[:-2]}by" in names and field.null:
                yield model, name[:-3]


@pytest.mark.parametrize(("model", "verb"), [pytest.param(m, v, id=f"{m.__name__}.{v}") for m, v in optional_pairs()])
@pytest.mark.parametrize("half", ["at", "by"])
def test_an_instant_and_its_person_are_set_together_or_not_at_all(model, verb, half, reporter):
    row = builder_of(model)()
    value = timezone.now() if half == "at" else reporter
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(**{f"{verb}_{half}": value})


def test_there_are_pairs_to_test():
    pairs = {"checked", "confirmed", "edited", "approved", "published", "signed", "taken_back", "closed"}
    pairs |= {"ticked", "restored", "final", "lifted", "settled", "resolved", "ended", "sent", "answered"}
    assert {verb for _, verb in optional_pairs()} == pairs


def test_a_required_instant_has_a_required_person():
    required = [
        (model, field.name)
        for model in DESK
        for field in model._meta.concrete_fields
        if re.search(r"(^|_)at$", field.name)
        and not field.null
        and f"{model.__name__}.{field.name}" not in WITHOUT_WHO
    ]
    assert len(required) == 25
    assert all(not model._meta.get_field(f"{name[:-2]}by").null for model, name in required)


# --- Words for people ---


@every(DESK)
def test_each_constraint_tells_an_editor_what_is_wrong(model):
    wordless = [constraint.name for constraint in model._meta.constraints if not message_is_own(constraint)]
    assert wordless == []
    assert all(constraint.violation_error_message.endswith(".") for constraint in model._meta.constraints)


@every(DESK + RECORD)
def test_names_of_constraints_and_indexes_say_what_they_hold(model):
    names = [named.name for named in (*model._meta.constraints, *model._meta.indexes)]
    assert all(re.fullmatch(r"[a-z][a-z_]{4,40}", name) for name in names)


@every(DESK)
def test_fields_are_called_by_lower_case_words_without_underscores(model):
    labels = {field.name: str(field.verbose_name) for field in model._meta.concrete_fields if field.name != "id"}
    assert {name for name, label in labels.items() if not re.fullmatch(r"[a-z][a-z ,]*[a-z]", label)} == set()
    assert len(set(labels.values())) == len(labels)


@every(DESK)
def test_each_help_text_is_a_sentence(model):
    texts = {field.name: str(field.help_text) for field in model._meta.fields if field.help_text}
    assert {name for name, text in texts.items() if text[-1] not in ".”"} == set()


# --- What a name gives away ---


def test_a_source_goes_by_its_code_name_alone(db):
    source = builders.make_source(descriptor="a diplomat of the region", dated="March 2016")
    assert str(source) == source.code_name
    assert not {"diplomat", "region"} & set(str(source).split())


def test_a_document_goes_by_its_code_name_too(db):
    source = builders.make_source(title="The minutes nobody may see")
    assert str(source) == source.code_name


def test_a_quote_and_a_meeting_go_by_their_short_names(db):
    quote, meeting = builders.make_quote(slug="q-7"), builders.make_meeting(slug="m-7")
    assert (str(quote), str(meeting)) == ("q-7", "m-7")


def test_a_quotes_short_name_holds_none_of_its_words(db):
    quote = builders.make_quote(words="Nobody ever asked before signing")
    assert not set(quote.slug.split("-")) & {"nobody", "ever", "asked", "before", "signing"}


SENSITIVE = {
    "Source": (
        *("descriptor", "title", "description", "url", "dated", "looked_where", "looked_by"),
        *("how_they_know", "reason_for_anonymity"),
    ),
    "Quote": ("words", "terms_wording", "speaker_label", "setting", "to_whom", "locator", "checked_against"),
    "Meeting": ("description", "place", "locator", "checked_against"),
    "Attendance": ("descriptor", "role_as_of", "role_note"),
    "RoleAccount": ("wording",),
    "Interview": ("terms_wording", "setting", "to_whom", "said"),
    "CommentRequest": ("about", "asked_how", "detail"),
    "Figure": ("caption", "alt_text", "credit"),
    "InvestigationPage": ("body", "caption", "rests_on", "lacks"),
    "MarkedEvent": ("label",),
    "Consent": ("agreed", "how", "given"),
    "Withdrawal": ("note", "withdrawn"),
    "Letter": ("words", "answer"),
    "Claim": ("words", "answer"),
    "Evidence": ("label",),
    "Passage": ("words",),
    "Correction": ("note",),
    "Recheck": ("reason",),
    "DraftNote": ("words", "anchor", "links", "file_name"),
    "Elsewhere": ("what", "place"),
    "ScheduledPublication": ("reason",),
    "StoryReview": ("comment",),
    "StoryComment": ("said", "words"),
    "KeptWords": ("headline", "standfirst", "body", "opened"),
    "Clearance": ("note",),
    "FindingOverride": ("reason",),
    "WithholdingOrder": ("words", "authority", "reason"),
    "LegalHold": ("reason",),
    "Story": ("body", "standfirst"),
}


@pytest.mark.parametrize("name", SENSITIVE)
def test_a_name_gives_nothing_sensitive_away(name, db):
    model = apps.get_model("investigations", name)
    row = builder_of(model)()
    for number, field in enumerate(SENSITIVE[name]):
        setattr(row, field, f"secret{number}")
    assert "secret" not in str(row)


def test_evidence_is_named_by_its_own_key_and_not_its_records(db):
    evidence = builders.make_evidence()
    assert str(evidence) == f"evidence {evidence.public_key}"
    assert evidence.public_key != evidence.quote.public_key


@pytest.mark.parametrize("model", [Source, Quote, Evidence], ids=lambda model: model.__name__)
def test_public_keys_are_random_and_spell_nothing(model, db):
    keys = {builder_of(model)().public_key for _ in range(3)}
    assert len(keys) == 3
    assert all(re.fullmatch("[2-9bcdfghjkmnpqrstvwxz]{12}", key) for key in keys)
