"""One fault a rule, planted in a small story that has none: found once, at its place, and nothing else is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from investigations.lint import check_story
from investigations.models import Byline, Story
from tests import builders
from tests.lint.test_docs import DOCUMENT, ROW
from tests.lint.test_spans import FAULTY

ELSEWHERE = {
    "story.E005": "runs over two paragraphs: tests/lint/test_spans.py",
    "story.E009": "comes with E013 always: tests/lint/test_spans.py",
    "story.E015": "sixty levels: tests/lint/test_spans.py",
    "story.W090": "comes in with a draft: tests/lint/test_checkable.py",
}
SECOND = (2, "p2")
WHOLE = (None, "")


def passage(story):
    return story.passages.get(mark="p2")


def cite(story, mark="p2", **values):
    return builders.make_evidence(passage=story.passages.get(mark=mark), **values)


def alone(story, **values):
    """The only evidence of the second passage."""
    passage(story).evidence.all().delete()
    return cite(story, **values)


def quote(story, **values):
    values = {"investigation": story.investigation} | values if "source" not in values else values
    return builders.make_checked_quote(**values)


def source(story, **values):
    return builders.make_source(investigation=story.investigation, **values)


def unnamed(story, **values):
    """A source of ours of which all is on file."""
    whole = {"descriptor": "a pilot who saw it", "identity": "known", "reason_for_anonymity": "Fears for the post."}
    return source(story, **{**whole, **values})


def named(story):
    return source(story, person=builders.make_person())


def meeting(story, *, person=None, **values):
    row = builders.make_meeting(investigation=story.investigation)
    builders.make_attendance(meeting=row, person=person or builders.make_person(), **values)
    return row


def reword(story, words, *, by):
    """Put these words under the second mark and confirm them."""
    story.edit(by=by, body=story.body.replace("[nobody had asked her]", f"[{words}]"))
    passage(story).confirm(next(m.words for m in story.parsed().marks if m.id == "p2"), by=by)


def nothing(story, *, by):
    other = builders.make_story(investigation=story.investigation, body="")
    builders.make_byline(story=other)
    return other


def unmark(story, *, by):
    Story.objects.filter(pk=story.pk).update(body=story.body.replace("[nobody had asked her]{#p2}", "nobody asked"))
    story.refresh_from_db()


def misquote(story, *, by, words="nobody had ever asked her", form="verbatim"):
    reword(story, "“nobody had asked her”", by=by)
    alone(story, quote=quote(story, words=words, form=form))


def say_none(story, *, by):
    reword(story, "nobody had asked her for any minutes", by=by)
    looked = {"kind": "not_found", "title": "Minutes", "looked_where": "the archive", "looked_by": "A. Reporter"}
    alone(story, source=source(story, dated="May 2016", **looked))


def put_other_words(story):
    """The second passage was put to somebody, who declined, in other words than it has."""
    asked = builders.make_comment_request(story=story, outcome="declined")
    return builders.make_claim(letter=builders.make_sent_letter(request=asked), passage=passage(story))


def say_a_day(story, *, by):
    reword(story, "nobody had asked her on March 5", by=by)
    cite(story, quote=quote(story, said="March 2017"))


def one_origin(story, *, by):
    origin = source(story)
    alone(story, source=source(story, origin=origin))
    cite(story, source=source(story, origin=origin))


def uncited_terms(story, *, by):
    somebody = named(story)
    builders.make_interview(source=somebody, terms="background")
    cite(story, source=somebody)


def beside_the_name(story, *, by):
    somebody = named(story)
    label = f"an aide of {somebody.person.name}"
    cite(story, quote=quote(story, source=somebody, terms="background", speaker_label=label))


def relayed(story):
    return source(story, person=builders.make_person(), relay=source(story))


def later():
    return timezone.now() + timedelta(days=2)


# The id, where it is found, and how the fault comes about.
PLANTED = {
    "story.E020": (SECOND, lambda s, by: passage(s).delete()),
    "story.E021": ((None, "p2"), lambda s, by: unmark(s, by=by)),
    "story.E022": (SECOND, lambda s, by: s.edit(by=by, body=s.body.replace("nobody had", "somebody had"))),
    "story.E023": (SECOND, lambda s, by: passage(s).evidence.all().delete()),
    "story.W024": (SECOND, lambda s, by: passage(s).evidence.update(showing="counted")),
    "story.W025": (SECOND, lambda s, by: cite(s, meeting=builders.make_meeting(investigation=s.investigation))),
    "story.W026": (SECOND, lambda s, by: passage(s).evidence.update(stance="context")),
    "story.E030": (SECOND, lambda s, by: cite(s, quote=quote(s, terms=""))),
    "story.E031": (SECOND, lambda s, by: cite(s, quote=quote(s, terms="off_record"))),
    "story.E032": (SECOND, lambda s, by: cite(s, quote=quote(s, terms="as_printed"))),
    "story.E033": (SECOND, lambda s, by: cite(s, quote=quote(s, source=unnamed(s), terms="on_record"))),
    "story.E034": (SECOND, lambda s, by: cite(s, quote=quote(s, terms="background"))),
    "story.W035": (SECOND, lambda s, by: cite(s, quote=quote(s, source=source(s)))),
    "story.E036": (SECOND, lambda s, by: cite(s, quote=quote(s, embargo_until=later()))),
    "story.E037": (SECOND, lambda s, by: builders.make_withdrawal(quote=passage(s).evidence.get().quote)),
    "story.E038": (SECOND, lambda s, by: beside_the_name(s, by=by)),
    "story.E039": (SECOND, lambda s, by: uncited_terms(s, by=by)),
    "story.E040": (WHOLE, lambda s, by: nothing(s, by=by)),
    "story.W041": (WHOLE, lambda s, by: Byline.objects.all().delete()),
    "story.W050": (SECOND, lambda s, by: one_origin(s, by=by)),
    "story.W051": (SECOND, lambda s, by: alone(s, quote=quote(s, source=unnamed(s), terms="background"))),
    "story.W052": (
        SECOND,
        lambda s, by: cite(s, quote=quote(s, source=unnamed(s, reason_for_anonymity=""), terms="background")),
    ),
    "story.W053": (
        SECOND,
        lambda s, by: cite(s, quote=quote(s, source=unnamed(s, descriptor="a pilot"), terms="background")),
    ),
    "story.W054": (
        SECOND,
        lambda s, by: cite(s, quote=quote(s, source=unnamed(s, identity="not_held"), terms="background")),
    ),
    "story.E060": (SECOND, lambda s, by: misquote(s, by=by)),
    "story.W061": (SECOND, lambda s, by: misquote(s, by=by, words="nobody had asked her", form="paraphrase")),
    "story.W062": (SECOND, lambda s, by: cite(s, quote=builders.make_quote(investigation=s.investigation))),
    "story.I063": (WHOLE, lambda s, by: cite(s, quote=builders.make_quote(source=relayed(s), terms="as_printed"))),
    "story.E070": (WHOLE, lambda s, by: builders.make_comment_request(story=s, asked="March 2016", deadline=later())),
    "story.W071": (WHOLE, lambda s, by: builders.make_comment_request(story=s, outcome="not_stated")),
    "story.W072": (SECOND, lambda s, by: cite(s, quote=quote(s), stance="contradicts")),
    "story.W074": (SECOND, lambda s, by: put_other_words(s)),
    "story.W073": (WHOLE, lambda s, by: builders.make_comment_request(story=s)),
    "story.E080": (WHOLE, lambda s, by: builders.make_figure(story=s, alt_text="")),
    "story.W081": (
        WHOLE,
        lambda s, by: builders.make_figure(
            story=s, meeting_class=builders.make_meeting_class(investigation=s.investigation)
        ),
    ),
    "story.W082": (SECOND, lambda s, by: say_none(s, by=by)),
    "story.W083": (SECOND, lambda s, by: cite(s, meeting=meeting(s, role_in_dispute=True))),
    "story.W084": (SECOND, lambda s, by: cite(s, meeting=meeting(s, role_as_of="harbor master"))),
    "story.W091": (SECOND, lambda s, by: builders.make_story_comment(story=s, mark="p2", by=by)),
    "story.W085": (SECOND, lambda s, by: say_a_day(s, by=by)),
}


def found(story):
    return [(finding.id, finding.paragraph, finding.mark) for finding in check_story(story)]


def test_the_story_that_faults_are_planted_in_has_none(story):
    assert found(story) == []


@pytest.mark.parametrize("id_", PLANTED)
def test_a_planted_fault_is_found_once_at_its_place_and_nothing_else_is(id_, story, reporter):
    place, plant = PLANTED[id_]
    made = plant(story, reporter)
    faulty = made if isinstance(made, Story) else Story.objects.get(pk=story.pk)
    assert found(faulty) == [(id_, *place)]


def test_every_finding_of_the_document_is_planted_or_has_its_reason():
    ids = {row["id"] for row in ROW.finditer(DOCUMENT) if row["id"].startswith("story.")}
    assert ids == PLANTED.keys() | FAULTY.keys() | ELSEWHERE.keys()
    assert len(PLANTED) >= 25
