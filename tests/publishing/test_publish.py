"""First publication: two people, one digest, one transaction."""

import pytest
from django.contrib.auth.models import Group, Permission

from investigations.models import Approval, Contribution
from investigations.publishing import publish as publishing
from investigations.publishing.projection.story import project_story
from investigations.publishing.publish import parts_of, publish
from investigations.publishing.refusal import Refused
from investigations.publishing.signatures import sign, standing_signatures
from investigations.record import chain, digests
from investigations.record.models import DERIVED, Edition, Page, Part
from tests import builders


@pytest.fixture
def second_reporter(investigation):
    """Another reporter of the team."""
    user = builders.make_user("second-reporter", "Reporter")
    investigation.team.add(user)
    return user


@pytest.fixture
def copy_editor(investigation):
    """Another editor of the team."""
    user = builders.make_user("copy-editor", "Editor")
    investigation.team.add(user)
    return user


def nothing_is_written() -> bool:
    """Whether neither ledger nor pages hold anything."""
    return not any(model.objects.exists() for model in (Edition, Part, *DERIVED))


def refusal(story, *, by) -> str:
    """The sentence with which publishing is refused; nothing was written."""
    with pytest.raises(Refused) as refused:
        publish(story, by=by)
    assert nothing_is_written()
    return str(refused.value)


def test_a_story_signed_by_two_is_published_with_its_pages(story, reporter, editor):
    edition = builders.publish_story(story, reporter=reporter, editor=editor)
    assert (edition.number, edition.change) == (1, "first")
    assert chain.verify() == []
    assert Page.objects.filter(path=f"/stories/{story.slug}/").count() == 3


def test_an_edition_holds_exactly_what_was_signed(story, reporter, editor):
    projection = project_story(story)
    edition = builders.publish_story(story, reporter=reporter, editor=editor)
    assert set(Approval.objects.values_list("digest", flat=True)) == {projection.digest()}
    written = [(part.kind, part.key, part.content) for part in edition.parts.order_by("order")]
    assert written == [(part.kind, part.key, digests.canonical(part.content)) for part in parts_of(projection)]


def test_a_story_is_published_at_the_instant_given(story, reporter, editor):
    edition = builders.publish_story(story, reporter=reporter, editor=editor, now=builders.NOON)
    assert edition.published_at == builders.NOON
    assert edition.recorded_at > builders.NOON


# Two people.


def test_nobody_publishes_what_nobody_signed(story, editor):
    assert refusal(story, by=editor).startswith("Nobody has signed the story as it stands now.")


def test_one_person_signing_twice_is_one_person(story, editor):
    sign(story, by=editor)
    sign(story, by=editor)
    assert Approval.objects.count() == 1
    assert (
        refusal(story, by=editor) == "Signed as it stands now by editor. The signature of a second person is missing."
    )


def test_two_reporters_are_not_enough(story, reporter, second_reporter, editor):
    sign(story, by=reporter)
    sign(story, by=second_reporter)
    assert "The signature of an editor is missing." in refusal(story, by=editor)


def test_two_editors_may_sign(story, editor, copy_editor):
    sign(story, by=editor)
    sign(story, by=copy_editor)
    assert publish(story, by=editor).number == 1


def test_an_editor_who_touched_the_text_may_be_one_of_the_two(story, reporter, copy_editor):
    story.edit(by=copy_editor, headline="The contract that nobody saw")
    builders.publish_story(story, reporter=reporter, editor=copy_editor)
    assert Edition.objects.count() == 1


def test_an_editor_who_lost_the_right_no_longer_counts(story, reporter, editor, copy_editor):
    sign(story, by=reporter)
    sign(story, by=copy_editor)
    copy_editor.groups.set(Group.objects.filter(name="Reporter"))
    assert "The signature of an editor is missing." in refusal(story, by=editor)


def test_an_editor_whose_account_was_closed_no_longer_counts(story, reporter, editor, copy_editor):
    sign(story, by=reporter)
    sign(story, by=copy_editor)
    copy_editor.is_active = False
    copy_editor.save()
    assert "The signature of an editor is missing." in refusal(story, by=editor)


def test_a_reporter_who_became_an_editor_signs_anew_to_count_as_one(story, reporter, second_reporter, editor):
    sign(story, by=reporter)
    sign(story, by=second_reporter)
    second_reporter.groups.set(Group.objects.filter(name="Editor"))
    assert "The signature of an editor is missing." in refusal(story, by=editor)


def test_somebody_who_is_not_on_the_team_can_not_sign(story, outsider):
    with pytest.raises(Refused, match="not on this investigation"):
        sign(story, by=outsider)
    assert not Approval.objects.exists()


def test_an_editor_who_is_not_on_the_team_can_not_publish(story, reporter, editor):
    sign(story, by=reporter)
    sign(story, by=editor)
    stranger = builders.make_user("stranger", "Editor")
    assert refusal(story, by=stranger) == "You are not on this investigation's team."


def test_somebody_on_the_team_without_a_group_can_not_sign(story, investigation):
    guest = builders.make_user("guest")
    investigation.team.add(guest)
    with pytest.raises(Refused, match="You are not on this investigation's team"):
        sign(story, by=guest)
    guest.user_permissions.add(Permission.objects.get(codename="view_investigation"))
    with pytest.raises(Refused, match="Only reporters and editors sign"):
        sign(story, by=type(guest).objects.get(pk=guest.pk))


def test_a_reporter_can_not_publish(story, reporter, editor):
    sign(story, by=reporter)
    sign(story, by=editor)
    assert refusal(story, by=reporter) == "Only editors publish."


def test_a_standards_editor_may_do_all_that_an_editor_may(story, reporter, standards):
    builders.publish_story(story, reporter=reporter, editor=standards)
    assert Edition.objects.count() == 1


# A signature is void when anything changes.


def change_text(story, reporter):
    story.edit(by=reporter, body=story.body.replace("was sold", "was leased"))


def change_byline(story, reporter):
    builders.make_byline(story=story)


def add_evidence(story, reporter):
    builders.make_evidence(passage=story.passages.order_by("mark")[0])


def change_stance(story, reporter):
    piece = story.passages.order_by("mark")[0].evidence.get()
    piece.stance = "contradicts"
    piece.save()


def count_evidence_only(story, reporter):
    piece = story.passages.order_by("mark")[0].evidence.get()
    piece.showing = "counted"
    piece.save()


def change_quote(story, reporter):
    quote = story.passages.order_by("mark")[0].evidence.get().quote
    quote.words = "We signed nothing that day"
    quote.save()


def change_name_of_a_speaker(story, reporter):
    person = story.passages.order_by("mark")[0].evidence.get().quote.speaker
    person.name = "Robin Other"
    person.save()


def change_notice(story, reporter):
    story.investigation.notice = "This is a demonstration."
    story.investigation.save()


CHANGES = [
    change_text,
    change_byline,
    add_evidence,
    change_stance,
    count_evidence_only,
    change_quote,
    change_name_of_a_speaker,
    change_notice,
]


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_voids_the_signatures(story, reporter, editor, change):
    sign(story, by=reporter)
    sign(story, by=editor)
    assert len(standing_signatures(story)) == 2
    change(story, reporter)
    assert standing_signatures(story) == []
    assert refusal(story, by=editor).startswith("Nobody has signed")


def test_a_change_taken_back_brings_the_signatures_back(story, reporter, editor):
    sign(story, by=reporter)
    sign(story, by=editor)
    body = story.body
    change_text(story, reporter)
    story.edit(by=reporter, body=body)
    assert publish(story, by=editor).number == 1


def test_evidence_for_the_desk_alone_leaves_the_signatures_standing(story, reporter, editor):
    sign(story, by=reporter)
    sign(story, by=editor)
    builders.make_evidence(passage=story.passages.order_by("mark")[0], showing="desk_only")
    assert len(standing_signatures(story)) == 2


# What bars publication.


def test_a_finding_that_must_be_fixed_bars_publication(story, reporter, editor):
    story.edit(by=reporter, body=story.body.replace("{#p2}", "{#p1}"))
    with pytest.raises(Refused, match="The story can't go out") as refused:
        publish(story, by=editor)
    assert "story.E002" in [finding.id for finding in refused.value.findings]
    assert nothing_is_written()


@pytest.mark.parametrize("terms", ["", "off_record"])
def test_a_quote_whose_terms_forbid_it_bars_publication(story, editor, terms):
    quote = story.passages.order_by("mark")[0].evidence.get().quote
    type(quote)._base_manager.filter(pk=quote.pk).update(terms=terms)
    assert refusal(story, by=editor).startswith("The story can't go out")


@pytest.mark.parametrize("terms", ["", "off_record"])
def test_a_quote_whose_terms_forbid_it_gets_past_nothing_else(story, reporter, editor, terms, monkeypatch):
    quote = story.passages.order_by("mark")[0].evidence.get().quote
    sign(story, by=reporter)
    sign(story, by=editor)
    type(quote)._base_manager.filter(pk=quote.pk).update(terms=terms)
    monkeypatch.setattr(publishing, "must_fix", lambda findings: [])
    with pytest.raises(ValueError, match="terms of this quote"):
        publish(story, by=editor)
    assert nothing_is_written()


def test_a_change_nobody_stands_for_bars_signing_and_publishing(story, reporter, editor):
    sign(story, by=reporter)
    type(story).objects.filter(pk=story.pk).update(headline="A headline from nowhere")
    story.refresh_from_db()
    with pytest.raises(Refused, match="nobody stands for the change"):
        sign(story, by=editor)
    assert "nobody stands for the change" in refusal(story, by=editor)


def test_a_change_is_somebodys_once_they_save_it(story, reporter, editor):
    type(story).objects.filter(pk=story.pk).update(headline="A headline from nowhere")
    story.refresh_from_db()
    story.edit(by=reporter)
    assert Contribution.objects.filter(by=reporter).count() == 2
    assert builders.publish_story(story, reporter=reporter, editor=editor).number == 1


def test_a_story_is_published_first_only_once(published, editor):
    with pytest.raises(Refused, match="Readers have this story already"):
        publish(published, by=editor)
    assert Edition.objects.count() == 1


def test_no_story_takes_the_address_of_another(story, reporter, editor, investigation):
    other = builders.make_ready_story(investigation=investigation, by=reporter)
    builders.publish_story(other, reporter=reporter, editor=editor)
    type(other).objects.filter(pk=other.pk).update(slug="moved-away")
    type(story).objects.filter(pk=story.pk).update(slug=other.slug)
    story.refresh_from_db()
    sign(story, by=reporter)
    sign(story, by=editor)
    with pytest.raises(Refused, match="is another story’s"):
        publish(story, by=editor)


# All or nothing.


def fail(*args, **kwargs):
    """Stand in for something that breaks."""
    raise RuntimeError("the disk is full")


@pytest.mark.parametrize("broken", ["compile_work", "append_edition"])
def test_nothing_is_half_written_when_publishing_breaks(story, reporter, editor, monkeypatch, broken):
    sign(story, by=reporter)
    sign(story, by=editor)
    monkeypatch.setattr(publishing, broken, fail)
    with pytest.raises(RuntimeError):
        publish(story, by=editor)
    assert nothing_is_written()


@pytest.mark.django_db(transaction=True)
def test_nothing_is_half_written_when_a_page_breaks_and_it_can_be_published_later(
    story, reporter, editor, monkeypatch
):
    sign(story, by=reporter)
    sign(story, by=editor)
    with monkeypatch.context() as broken:
        broken.setattr("investigations.publishing.compile.site_addresses", fail)
        with pytest.raises(RuntimeError):
            publish(story, by=editor)
    assert nothing_is_written()
    assert publish(story, by=editor).position == 1
