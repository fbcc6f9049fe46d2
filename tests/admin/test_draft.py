"""Drafts on the desk: brought in after a preview, by whoever previewed them, once; settled; stepped through."""

from secrets import token_bytes

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from investigations.admin.draft import FORGOTTEN, OUTDATED
from investigations.exchange import docx
from investigations.models import DraftNote, Evidence, Source, Story
from tests import builders
from tests.admin.files import kept_uploads
from tests.admin.forms import sentences
from tests.exchange.drafts import commented, make_docx, make_long_draft, paragraph
from tests.test_text_pasted import GOOGLE


def page(name, *args):
    return reverse(f"admin:investigations_story_{name}", args=args)


def file(data=None, name="draft.docx"):
    return SimpleUploadedFile(name, make_long_draft() if data is None else data)


def preview(client, story, **sent):
    return client.post(page("draft", story.pk), sent or {"file": file()})


def confirm(client, story, shown):
    return client.post(page("draft_confirm", story.pk), {"upload": shown.context["upload"]}, follow=True)


@pytest.fixture
def empty(investigation):
    return builders.make_story(investigation=investigation, body="")


# --- Into a story ---


def test_a_draft_is_previewed_and_then_brought_in(empty, as_user, reporter):
    client = as_user(reporter)
    shown = preview(client, empty)
    assert (Story.objects.get().body, DraftNote.objects.count()) == ("", 0)
    words = shown.content.decode()
    assert docx.IN_A_TABLE in words
    assert "The harbor board met in secret on March 3, 2016" in words
    done = confirm(client, empty, shown)
    (said,) = sentences(done)
    assert said.startswith("Brought in: 7 passages marked, 2 comments or footnotes could not be placed. ")
    assert f'checkable; 0 match a record: <a href="{page("checkable", empty.pk)}">step through them</a>.' in said
    assert done.request["PATH_INFO"] == page("notes", empty.pk)
    assert "Whose numbers?" in done.content.decode()
    empty.refresh_from_db()
    assert (empty.edited_by, empty.passages.count()) == (reporter, 7)


def test_pasted_text_goes_behind_what_the_story_says(story, as_user, reporter):
    client = as_user(reporter)
    before = story.body
    confirm(client, story, preview(client, story, text='She said "no".'))
    story.refresh_from_db()
    assert story.body == f"{before.rstrip()}\n\nShe said “no”."


def test_a_preview_is_confirmed_once(empty, as_user, reporter):
    client = as_user(reporter)
    shown = preview(client, empty)
    confirm(client, empty, shown)
    assert kept_uploads() == []
    assert sentences(confirm(client, empty, shown)) == [FORGOTTEN]
    assert empty.draft_notes.count() == 10


def test_nobody_else_confirms_it_and_nowhere_else(empty, investigation, as_user, reporter, editor):
    shown = preview(as_user(reporter), empty)
    assert sentences(confirm(as_user(editor), empty, shown)) == [FORGOTTEN]
    other = builders.make_story(investigation=investigation, body="")
    assert sentences(confirm(as_user(reporter), other, shown)) == [FORGOTTEN]
    assert not DraftNote.objects.exists()


def test_nothing_is_written_into_a_story_that_has_changed_since(empty, as_user, reporter, editor):
    client = as_user(reporter)
    shown = preview(client, empty)
    empty.edit(by=editor, body="Something else.")
    assert sentences(confirm(client, empty, shown)) == [OUTDATED]
    empty.refresh_from_db()
    assert empty.body == "Something else."
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Choose a file or paste the text: one of both."),
        ({"file": lambda: file(), "text": "x"}, "Choose a file or paste the text: one of both."),
        ({"file": lambda: file(name="draft.doc")}, "Drafts come in as .docx: save it as that, or paste it."),
        ({"file": lambda: file(b"x")}, docx.NOT_DOCX),
        ({"file": lambda: file(b"x" * (docx.MAX_BYTES + 1))}, "This file has 5.0 MB"),
    ],
)
def test_what_can_t_be_read_is_refused_at_its_field(sent, said, empty, as_user, reporter):
    values = {name: value() if callable(value) else value for name, value in sent.items()}
    shown = as_user(reporter).post(page("draft", empty.pk), values)
    errors = " ".join(sentence for found in shown.context["form"].errors.values() for sentence in found)
    assert said in errors
    assert kept_uploads() == []


def test_a_draft_is_kept_in_no_file(empty, as_user, reporter, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("a file was opened for the upload")

    monkeypatch.setattr("django.core.files.temp.NamedTemporaryFile", refuse)
    client = as_user(reporter)
    large = make_docx(paragraph("It was sold."), word__media__image1=token_bytes(3_000_000))
    assert len(large) < docx.MAX_BYTES
    confirm(client, empty, preview(client, empty, file=file(large)))
    assert empty.contributions.exists()


# --- A story of its own ---


def new(client, **sent):
    return client.post(page("from_draft"), sent)


def test_a_new_story_has_the_drafts_title(investigation, as_user, reporter):
    client = as_user(reporter)
    shown = new(client, investigation=investigation.pk, file=file())
    client.post(page("from_draft_confirm"), {"upload": shown.context["upload"]})
    story = Story.objects.get()
    assert (story.headline, story.investigation) == ("The harbor nobody saw", investigation)
    assert story.passages.count() == 7


def test_a_new_story_without_a_title_asks_for_one(investigation, as_user, reporter):
    shown = new(as_user(reporter), investigation=investigation.pk, text="It was sold.")
    assert shown.context["form"].errors == {"headline": ["The draft has no title: give the story one."]}


def test_a_new_story_is_of_an_investigation_that_one_sees(investigation, as_user, outsider):
    shown = new(as_user(outsider), investigation=investigation.pk, headline="Mine", file=file())
    assert "investigation" in shown.context["form"].errors
    assert kept_uploads() == []


def test_the_list_of_stories_and_the_story_lead_to_it(story, as_user, reporter):
    client = as_user(reporter)
    assert page("from_draft") in client.get(page("changelist")).content.decode()
    builders.make_draft_note(story=story)
    shown = client.get(page("change", story.pk)).content.decode()
    assert page("draft", story.pk) in shown
    assert "1 comment or footnote of the draft waits" in shown


# --- Pasting ---


def test_what_is_pasted_comes_back_as_markdown(as_user, reporter):
    answer = as_user(reporter).post(page("pasted"), {"html": GOOGLE})
    assert answer.json()["markdown"].startswith("## The vote\n\nThe board **sold** it")


def test_the_body_and_the_draft_say_where_to_send_what_is_pasted(story, as_user, reporter):
    client = as_user(reporter)
    for address in (page("change", story.pk), page("draft", story.pk)):
        shown = client.get(address).content.decode()
        assert f'data-paste="{page("pasted")}"' in shown
        assert "newsroom/paste.js" in shown


# --- Notes ---


def test_a_note_is_settled_by_a_button_and_its_source_shown(empty, as_user, reporter, editor):
    client = as_user(reporter)
    data = make_docx(paragraph(commented(1, "It was sold")), comments={1: "https://register.example/sale"})
    confirm(client, empty, preview(client, empty, file=file(data)))
    note = DraftNote.objects.get()
    assert "https://register.example/sale" in client.get(page("notes", empty.pk)).content.decode()
    passage = reverse("admin:investigations_passage_change", args=[note.passage.pk])
    assert f"{page('notes', empty.pk)}#note-{note.pk}" in client.get(passage).content.decode()
    as_user(editor).post(page("settle", empty.pk, note.pk), {"show": "1"})
    note.refresh_from_db()
    assert (note.settled_by, Evidence.objects.get().showing) == (editor, "shown")


def test_a_note_of_another_story_is_not_there(story, as_user, reporter):
    note = builders.make_draft_note()
    assert as_user(reporter).post(page("settle", story.pk, note.pk)).status_code == 404
    note.refresh_from_db()
    assert note.settled_at is None


def test_the_page_of_notes_asks_as_much_for_many(empty, as_user, reporter, django_assert_max_num_queries):
    client = as_user(reporter)
    confirm(client, empty, preview(client, empty))
    with django_assert_max_num_queries(20):
        client.get(page("notes", empty.pk))


# --- Sentences that look checkable ---


@pytest.fixture
def claims(investigation):
    builders.make_quote(investigation=investigation, words="Nobody ever asked me before signing.")
    body = "It was so. She said “Nobody ever asked me before.” The price was 11 dollars. It was the largest sale."
    return builders.make_story(investigation=investigation, body=body)


def step(client, story, at, **sent):
    return client.post(f"{page('checkable', story.pk)}?at={at}", sent)


def test_sentences_are_counted_and_stepped_through(claims, as_user, reporter):
    client = as_user(reporter)
    shown = client.get(page("checkable", claims.pk))
    assert "3 sentences look checkable; 1 matches a record" in shown.content.decode()
    assert 'href="?at=1">Skip</a>' in shown.content.decode()
    last = client.get(page("checkable", claims.pk) + "?at=99").content.decode()
    assert "Sentence 3 of 3" in last
    assert "Back to the story" in last


def test_a_sentence_is_marked_with_what_is_ticked_and_the_next_one_comes(claims, as_user, reporter):
    client = as_user(reporter)
    form = client.get(page("checkable", claims.pk)).context["form"]
    answer = step(client, claims, 0, **form.initial)
    assert answer.url.endswith("?at=0")
    passage = claims.passages.get()
    assert passage.words == "She said “Nobody ever asked me before.”"
    assert passage.evidence.get().quote.words == "Nobody ever asked me before signing."
    assert client.get(answer.url).context["proposal"].sentence.words == "The price was 11 dollars."


def test_a_sentence_is_found_again_after_a_colleague_marked_another(claims, as_user, reporter, editor):
    client = as_user(reporter)
    sent = client.get(page("checkable", claims.pk) + "?at=1").context["proposal"].sentence.words
    claims.mark_words("Nobody ever asked me", by=editor)
    step(client, claims, 1, words="11 dollars", sentence=sent)
    assert claims.passages.last().words == "11 dollars"


def test_words_that_the_story_has_not_are_refused(claims, as_user, reporter):
    shown = step(as_user(reporter), claims, 1, words="12 dollars")
    assert "doesn't say “12 dollars”" in shown.context["form"].errors["words"][0]


def test_a_record_that_is_not_proposed_is_refused(claims, as_user, reporter):
    other = builders.make_quote()
    shown = step(as_user(reporter), claims, 0, words="She said", records=[f"quote-{other.pk}"])
    assert "records" in shown.context["form"].errors
    assert not Evidence.objects.exists()


def test_a_story_without_such_sentences_says_so(empty, as_user, reporter):
    shown = as_user(reporter).get(page("checkable", empty.pk)).content.decode()
    assert "Every sentence that looks checkable has a mark." in shown
