"""Story Markdown: blocks and marks, the faults that would pass in silence."""

import re
import unicodedata
from html import unescape

import pytest
from hypothesis import example, given

from investigations.text import (
    MAX_NESTING,
    Fault,
    parse,
)
from tests.bodies import bodies

TAGS = {"p", "h2", "h3", "ul", "ol", "li", "blockquote", "em", "strong", "a", "code", "pre", "hr", "br", "span"}


def faults(markdown: str) -> list[tuple[Fault, int, str]]:
    return [(problem.code, problem.block, problem.mark) for problem in parse(markdown).problems]


def only_block(markdown: str):
    (block,) = parse(markdown).blocks
    return block


# --- Blocks ---


@pytest.mark.parametrize(
    ("markdown", "kind", "html", "text"),
    [
        ("One *two* **three**.", "paragraph", "<p>One <em>two</em> <strong>three</strong>.</p>", "One two three."),
        ("# Top", "heading", "<h2>Top</h2>", "Top"),
        ("## Second", "heading", "<h2>Second</h2>", "Second"),
        ("#### Deep", "heading", "<h3>Deep</h3>", "Deep"),
        ("- a\n- b", "list", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "a b"),
        ("> a\n>\n> b", "quote", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>", "a b"),
        ("***", "rule", "<hr>", ""),
        ("    a\n    b", "code", "<pre><code>a\nb\n</code></pre>", "a b"),
        ("```\na\n```", "code", "<pre><code>a\n</code></pre>", "a"),
    ],
)
def test_a_block_has_a_kind_html_and_canonical_text(markdown, kind, html, text):
    block = only_block(markdown)
    assert (block.number, block.kind, block.html, block.text) == (1, kind, html, text)


def test_each_top_level_block_is_one_block_numbered_from_one():
    story = parse("# Head\n\nOne.\n\n- a\n\n  b\n- c\n\nTwo.")
    assert [(block.number, block.kind) for block in story.blocks] == [
        (1, "heading"),
        (2, "paragraph"),
        (3, "list"),
        (4, "paragraph"),
    ]
    assert story.text == "Head\nOne.\na b c\nTwo."


def test_an_empty_body_has_no_blocks():
    assert parse(" \n\n").blocks == ()


def test_a_list_keeps_the_number_it_starts_with():
    assert '<ol start="1986">' in only_block("1986. A great year").html


def test_canonical_text_is_composed_decoded_and_has_single_spaces():
    assert only_block("Cafe\u0301&nbsp;\u00a0 &amp; a  \nb\\\nc\nd").text == "Café & a b c d"


def test_html_is_shown_as_text():
    block = only_block("<b onclick=x>bold</b> <script>")
    assert block.text == "<b onclick=x>bold</b> <script>"
    assert "<b" not in block.html


def test_a_speaker_in_brackets_is_not_swallowed_as_the_definition_of_a_link():
    assert parse("[Doe]: never\n\n[Doe]").text == "[Doe]: never\n[Doe]"


def test_characters_are_not_changed_in_reading():
    assert only_block('"Yes" -- it\'s...').text == '"Yes" -- it\'s...'


@pytest.mark.parametrize("target", ["https://example.org/a?b=1&c=2", "http://example.org", "mailto:desk@example.org"])
def test_a_link_to_the_web_or_an_address_is_kept(target):
    story = parse(f"[here]({target})")
    assert f'<a href="{target.replace("&", "&amp;")}">here</a>' in story.blocks[0].html
    assert not story.problems


# --- Marks ---


def test_a_mark_becomes_a_span_with_its_place_in_the_text():
    block = only_block("She said [he *never* came]{#p3}.")
    assert block.html == '<p>She said <span id="p3">he <em>never</em> came</span>.</p>'
    (mark,) = block.marks
    assert (mark.id, mark.start, mark.end, mark.words) == ("p3", 9, 22, "he never came")


def test_offsets_count_code_points_of_the_composed_text():
    (mark,) = only_block("😀 cafe\u0301 [e\u0301 👍🏽 no]{#p1}").marks
    assert (mark.start, mark.end, mark.words) == (7, 14, "é 👍🏽 no"[0:7])


def test_spaces_at_the_edges_are_not_part_of_the_words():
    (mark,) = only_block("a[ b ]{#p1}c").marks
    assert (mark.start, mark.end, mark.words) == (2, 3, "b")


def test_a_mark_runs_over_a_line_end():
    assert only_block("a [b\nc]{#p1}").marks[0].words == "b c"


def test_a_mark_may_hold_brackets_and_a_link():
    story = parse("[[He] saw [it](https://example.org)]{#p1} [sic]")
    assert story.marks[0].words == "[He] saw it"
    assert not story.problems


def test_marks_are_found_in_headings_lists_and_quotes():
    story = parse("# [a]{#p1}\n\n- [b]{#p2}\n- > [c]{#p3}")
    assert [(mark.id, mark.words) for mark in story.marks] == [("p1", "a"), ("p2", "b"), ("p3", "c")]


# --- Faults ---


def test_an_unclosed_bracket_is_reported():
    assert faults("Fine.\n\nHe [came{#p1} late") == [(Fault.UNCLOSED_BRACKET, 2, "p1")]


def test_an_id_used_twice_is_reported_and_marked_once():
    story = parse("[a]{#p1}\n\n[b]{#p1}")
    assert [(problem.code, problem.block, problem.mark) for problem in story.problems] == [
        (Fault.DUPLICATE_ID, 2, "p1")
    ]
    assert [mark.words for mark in story.marks] == ["a"]
    assert story.blocks[1].html == "<p>b</p>"


@pytest.mark.parametrize("braces", ["{#quote}", "{#p0}", "{#p03}", "{#P3}", "{ #p3 }", "{#p3x}"])
def test_an_id_that_is_not_p_and_a_number_is_reported(braces):
    assert [fault for fault, _, _ in faults(f"[a]{braces}")] == [Fault.BAD_ID]


@pytest.mark.parametrize("braces", ["{#p1 .loud}", "{.loud}", "{p1}", "{}", "{% note %}", "{id=p1}", "{#p1"])
def test_an_unknown_word_in_the_braces_is_reported(braces):
    assert [fault for fault, _, _ in faults(f"[a]{braces}")] == [Fault.BAD_ID]


def test_two_ids_in_one_pair_of_braces_are_reported_each():
    assert {mark for _, _, mark in faults("[a]{#p1 #p2}")} >= {"p1"}


def test_a_second_pair_of_braces_is_reported():
    assert faults("[a]{#p1}{#p2}") == [(Fault.LEFTOVER, 1, "p2")]


@pytest.mark.parametrize("markdown", ["*a [b* c]{#p1}", "[a *b]{#p1} c*", "foo**[x]{#p1}**bar"])
def test_a_mark_that_crosses_emphasis_is_reported(markdown):
    assert faults(markdown) == [(Fault.CROSSES_EMPHASIS, 1, "p1")]


def test_only_the_mark_that_crosses_is_blamed():
    assert faults("[fine]{#p1} *a [b* c]{#p2} [fine]{#p3}") == [(Fault.CROSSES_EMPHASIS, 1, "p2")]


def test_a_loose_asterisk_beside_a_mark_is_no_fault():
    assert faults("5 * 3 [is *15*]{#p1} *") == []


def test_a_mark_over_two_paragraphs_is_reported():
    assert faults("He [came.\n\nShe left]{#p1}.") == [(Fault.CROSSES_PARAGRAPHS, 2, "p1")]


def test_a_space_before_the_braces_is_reported():
    assert faults("[x] {#p1}") == [(Fault.DETACHED, 1, "p1")]


def test_a_line_end_before_the_braces_is_reported():
    assert faults("[x]\n{#p1}") == [(Fault.DETACHED, 1, "p1")]


@pytest.mark.parametrize(
    "markdown", ["[x](https://example.org){#p1}", "<https://example.org>{#p1}", "[see [x]{#p1}](https://example.org)"]
)
def test_a_mark_on_a_link_is_reported(markdown):
    assert faults(markdown) == [(Fault.ON_LINK, 1, "p1")]


@pytest.mark.parametrize("markdown", ["`x`{#p1}", "`[x]{#p1}`", "    [x]{#p1}", "```\n[x]{#p1}\n```"])
def test_a_mark_on_code_is_reported(markdown):
    assert faults(markdown) == [(Fault.ON_CODE, 1, "p1")]


@pytest.mark.parametrize("markdown", ["![x](y.png){#p1}", "![a [x]{#p1}](y.png)"])
def test_a_mark_on_an_image_is_reported(markdown):
    assert faults(markdown) == [(Fault.IMAGE, 1, ""), (Fault.ON_IMAGE, 1, "p1")]


def test_a_mark_inside_a_mark_is_reported_and_its_words_stay():
    story = parse("[a [b]{#p2} c]{#p1}")
    assert story.blocks[0].html == '<p><span id="p1">a b c</span></p>'
    assert [(problem.code, problem.mark) for problem in story.problems] == [(Fault.NESTED, "p2")]


@pytest.mark.parametrize("markdown", ["a []{#p1}", "a [ ]{#p1}", "a [&nbsp;]{#p1}", "e[\u0301]{#p1}"])
def test_a_mark_without_words_is_reported(markdown):
    assert faults(markdown) == [(Fault.EMPTY, 1, "p1")]
    assert "span" not in parse(markdown).blocks[0].html


@pytest.mark.parametrize("markdown", ["x]{#p1}", "**x**{#p1}", r"\[x]{#p1}", "```[x]{#p1}\na\n```", "a {#p1}"])
def test_braces_left_in_any_other_way_are_reported(markdown):
    assert faults(markdown) == [(Fault.LEFTOVER, 1, "p1")]


def test_a_mark_lost_in_the_title_of_a_link_is_reported():
    assert faults('[x](https://example.org "[t]{#p9}")') == [(Fault.LEFTOVER, 1, "p9")]


def test_an_image_is_reported_and_leaves_its_words():
    story = parse("See ![the *mayor*](m.png).")
    assert [problem.code for problem in story.problems] == [Fault.IMAGE]
    assert story.blocks[0].html == "<p>See the mayor.</p>"


@pytest.mark.parametrize(
    "target",
    ["javascript:alert(1)", "//example.org/x", "/stories/x/", "#p1", "data:text/html,x", "https://", "ftp://x.org"],
)
def test_a_link_elsewhere_is_dropped_and_reported(target):
    story = parse(f"a [b]({target}) c")
    assert [(problem.code, problem.excerpt) for problem in story.problems] == [(Fault.BAD_LINK, target)]
    assert story.blocks[0].html == "<p>a b c</p>"


def test_a_bad_address_in_angle_brackets_stays_as_typed():
    assert only_block("<made:up>").text == "<made:up>"
    assert faults("<made:up>") == [(Fault.BAD_LINK, 1, "")]


def test_quotes_nested_beyond_measure_are_reported():
    assert faults("> " * (MAX_NESTING + 5) + "deep") == [(Fault.TOO_DEEP, 1, "")]


def test_an_editor_s_brackets_and_braces_are_no_fault():
    assert faults("[He] said [sic] {laughs} [no {really}]") == []


@given(bodies)
@example("]`{#`")
@example("\ud800")
def test_any_body_gives_safe_html_whose_words_are_the_canonical_text(markdown):
    for block in parse(markdown).blocks:
        assert {tag.lower() for tag in re.findall(r"</?([a-zA-Z0-9]+)", block.html)} <= TAGS
        assert re.sub(r'<span id="p[1-9][0-9]*">', "", block.html).count("<span") == 0
        assert not re.search(r"<span[^>]*>(?:(?!</span>).)*<span", block.html, re.DOTALL)
        words = unescape(re.sub(r"<[^>]*>", "", block.html.replace("<br>", "\n")))
        assert " ".join(unicodedata.normalize("NFC", words).split()) == block.text


@given(bodies)
def test_a_mark_quotes_its_place_and_stands_once_in_the_html(markdown):
    story = parse(markdown)
    assert len({mark.id for mark in story.marks}) == len(story.marks)
    for block in story.blocks:
        assert re.findall(r'<span id="(p[0-9]+)">', block.html) == [mark.id for mark in block.marks]
        for mark in block.marks:
            assert mark.words
            assert mark.words == mark.words.strip() == block.text[mark.start : mark.end]


@given(bodies)
def test_no_mark_is_lost_without_a_problem(markdown):
    story = parse(markdown)
    known = {mark.id for mark in story.marks} | {problem.mark for problem in story.problems}
    assert set(re.findall(r"\]\{#(p[1-9])", markdown)) <= known
    for block in story.blocks:
        assert "]{#" not in block.text or any(problem.block == block.number for problem in story.problems)


@given(bodies.filter(lambda body: not re.search(r"\]\(|```|~~~", body)))
def test_no_word_is_lost_outside_link_targets_and_fences(markdown):
    assert re.findall("[q😀]", parse(markdown).text) == re.findall("[q😀]", markdown)
