"""The fact-check file at the admin: a form, the file as its answer, a line on the story's page."""

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from investigations.models import FactCheckFileOpened, secrecy
from investigations.publishing.clearing import ask_counsel
from tests import builders

NAME = "Quentin Hollis"
ORDER = {"grouping": "sentence", "format": "html"}
FULL, WITHOUT = {"version": "counsel", **ORDER}, {"version": "without", **ORDER}


def address(story, page="fact_check"):
    return reverse(f"admin:investigations_story_{page}", args=[story.pk])


@pytest.fixture
def source(story, reporter):
    """An unnamed source in the vault, on which the reporter is named, behind the first passage."""
    source = builders.make_source(investigation=story.investigation, descriptor="an official", identity="known")
    secrecy.write_identity(source, {"name": NAME}, by=reporter)
    quote = builders.make_quote(source=source, terms="background", words="They signed at night")
    builders.make_evidence(passage=story.passages.get(mark="p1"), quote=quote)
    return source


def test_the_form_makes_no_file_and_its_button_does(story, reporter, as_user):
    client = as_user(reporter)
    assert "Make the file" in client.get(address(story)).content.decode()
    assert not FactCheckFileOpened.objects.exists()
    response = client.post(address(story), FULL)
    page = response.content.decode()
    assert "Full, for counsel" in page
    assert f'<a href="{address(story, "change")}">Back to the story</a>' in page
    assert FactCheckFileOpened.objects.get().by == reporter


def test_a_file_is_kept_by_no_cache_and_its_name_tells_slug_and_day_alone(story, reporter, as_user):
    response = as_user(reporter).post(address(story), WITHOUT)
    day = FactCheckFileOpened.objects.get().at.astimezone().strftime("%Y-%m")
    assert "no-store" in response["Cache-Control"]
    assert response["Content-Disposition"].startswith(f'inline; filename="fact-check-{story.slug}-{day}')


def test_nobody_beside_team_and_asked_counsel_finds_the_address(story, outsider, counsel, as_user):
    for user in (outsider, counsel, builders.make_user("groupless")):
        client = as_user(user)
        for pk in (story.pk, story.pk + 999):
            there = reverse("admin:investigations_story_fact_check", args=[pk])
            assert (client.get(there).status_code, client.post(there, WITHOUT).status_code) == (404, 404)
    assert not FactCheckFileOpened.objects.exists()


def test_counsel_who_is_asked_gets_it_without_identities_and_notes_alone(story, source, reporter, counsel, as_user):
    ask_counsel(story, counsel, by=reporter)
    client = as_user(counsel)
    assert f'href="{address(story)}"' in client.get(address(story, "read")).content.decode()
    form = client.get(address(story)).content.decode()
    assert "Without identities and notes" in form
    assert "Full, for counsel" not in form
    assert "names" not in form
    page = client.post(address(story), WITHOUT).content.decode()
    assert "They signed at night" in page
    assert source.code_name not in page
    refused = client.post(address(story), FULL)
    assert "They signed at night" not in refused.content.decode()
    assert FactCheckFileOpened.objects.count() == 1


def test_an_identity_stands_in_it_only_for_a_reason_and_for_whom_is_named(story, source, reporter, editor, as_user):
    client = as_user(reporter)
    assert NAME not in client.post(address(story), FULL).content.decode()
    assert NAME in client.post(address(story), {**FULL, "reason": "to prepare the defense"}).content.decode()
    client = as_user(editor)
    response = client.post(address(story), {**FULL, "reason": "to prepare the defense"})
    assert "You are named on none" in response.content.decode()
    assert NAME not in response.content.decode()


def test_where_there_is_no_identity_nobody_is_asked_for_a_reason(story, reporter, as_user):
    assert "reason" not in as_user(reporter).get(address(story)).context["form"].fields


def test_a_short_reason_is_refused_at_its_field(story, source, reporter, as_user):
    response = as_user(reporter).post(address(story), {**FULL, "reason": "needed"})
    assert "reason" in response.context["form"].errors
    assert not FactCheckFileOpened.objects.exists()


def test_the_storys_page_tells_the_team_who_had_one_made(story, reporter, editor, as_user):
    as_user(reporter).post(address(story), WITHOUT)
    page = as_user(editor).get(address(story, "change")).content.decode()
    assert "Made 1 time" in page
    assert "without identities and notes" in page


# --- The command ---


@pytest.fixture
def run(story, capsys):
    def run(*args):
        call_command("fact_check_file", story.slug, *args)
        return capsys.readouterr().out

    return run


def test_the_command_makes_the_same_file_and_leaves_the_same_line(run, story, reporter):
    page = run("--by", "reporter", "--for", "counsel", "--group", "person")
    assert "Full, for counsel" in page
    assert "<style>" in page
    assert "<link" not in page
    row = FactCheckFileOpened.objects.get()
    assert (row.by, row.version, row.grouping) == (reporter, "counsel", "person")


def test_the_command_gives_the_least_unless_asked(run, source):
    assert source.code_name not in run("--by", "reporter")


def test_the_command_writes_a_new_file_for_its_owner_alone(run, tmp_path, reporter):
    output = tmp_path / "file.html"
    assert run("--by", "reporter", "--output", str(output)) == ""
    assert output.stat().st_mode & 0o777 == 0o600
    assert "Without identities and notes" in output.read_text()
    with pytest.raises(CommandError, match="is there already"):
        run("--by", "reporter", "--output", str(output))
    assert FactCheckFileOpened.objects.count() == 1


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--by", "outsider"], "outsider sees no story"),
        (["--by", "nobody"], "There is no account nobody"),
        (["--by", "reporter", "--format", "pdf"], "--output FILE"),
    ],
)
def test_the_command_refuses_what_the_desk_refuses(args, said, run, reporter, outsider):
    with pytest.raises(CommandError, match=said):
        run(*args)
    assert not FactCheckFileOpened.objects.exists()
