"""References behind passages, correction tags at their words: the text and its HTML stay what they were."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigations.pages.markup import decorate
from investigations.text import parse

TAG, REF = "\ue000", "\ue001"  # nobody types these


class Events(HTMLParser):
    """What is in a piece of HTML, however it is written; `where` has the open elements at each tag."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.found, self.open, self.where, self.text = [], [], [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.append(("open", tag, tuple(sorted(attrs))))
        self.text += " "
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.found.append(("close", tag))
        self.text += " " if tag in {"p", "li", "h2", "h3", "pre"} else ""
        self.open.pop()

    def handle_data(self, data):
        self.found.append(("text", data))
        self.text += data
        self.where += [list(self.open)] * data.count(TAG)


def events(html):
    """The elements and texts of a piece of HTML, neighboring texts joined."""
    joined = []
    for found in Events(html).found:
        if joined and found[0] == joined[-1][0] == "text":
            found = ("text", joined.pop()[1] + found[1])
        joined.append(found)
    return joined


# --- Where additions stand ---


@pytest.mark.parametrize(
    ("offset", "html"),
    [
        (0, f"<p>{TAG}It was good.</p>"),
        (2, f"<p>It{TAG} was good.</p>"),
        (6, f"<p>It was{TAG} good.</p>"),
        (11, f"<p>It was good{TAG}.</p>"),
        (12, f"<p>It was good.{TAG}</p>"),
        (10**9, f"<p>It was good.{TAG}</p>"),
    ],
)
def test_a_tag_stands_at_its_offset_of_the_text(offset, html):
    assert decorate("<p>It was good.</p>", at_offset=[(offset, TAG)]) == html


def test_a_tag_behind_a_space_stands_between_the_words():
    assert decorate("<p>It was good.</p>", at_offset=[(7, TAG)]) in {
        f"<p>It was{TAG} good.</p>",
        f"<p>It was {TAG}good.</p>",
    }


def test_offsets_count_code_points_of_the_text_and_not_of_the_html():
    html = "<p>Tom &amp; <em>Zoë</em> &lt;3 🎈 x̂ so</p>"
    assert decorate(html, at_offset=[(14, TAG)]) == f"<p>Tom &amp; <em>Zoë</em> &lt;3 🎈{TAG} x̂ so</p>"


def test_a_run_of_spaces_and_a_line_break_count_as_one():
    assert decorate("<p>a  \n b<br>\nc d</p>", at_offset=[(5, TAG)]) == f"<p>a  \n b<br>\nc{TAG} d</p>"


def test_list_items_are_one_space_apart():
    html = "<ul>\n<li>ab</li>\n<li>cd e</li>\n</ul>"
    assert decorate(html, at_offset=[(5, TAG)]) == f"<ul>\n<li>ab</li>\n<li>cd{TAG} e</li>\n</ul>"


def test_a_reference_stands_right_behind_its_passage():
    html = '<p>He <span id="p1">came</span>. She <span id="p2">left</span>.</p>'
    assert decorate(html, after_passage={"p2": REF}) == (
        f'<p>He <span id="p1">came</span>. She <span class="passage" id="p2">left</span>{REF}.</p>'
    )


@pytest.mark.parametrize("offset", [3, 4, 5])
def test_a_tag_due_inside_a_passage_stands_behind_it_and_its_reference(offset):
    html = '<p>He <span id="p1">came</span> late.</p>'
    expected = f'<p>He <span class="passage" id="p1">came</span>{REF}{TAG} late.</p>'
    shown = decorate(html, after_passage={"p1": REF}, at_offset=[(offset + 1, TAG)])
    assert shown == expected


def test_a_tag_due_inside_a_link_stands_behind_it():
    html = '<p>He <a href="https://example.org/?a=1&amp;b=2">came in</a> late.</p>'
    expected = html.replace("</a>", f"</a>{TAG}")
    assert decorate(html, at_offset=[(6, TAG)]) == expected


def test_tags_at_one_place_stand_in_a_row_and_each_once():
    assert decorate("<p>ab cd</p>", at_offset=[(2, "[2]"), (5, "[9]"), (2, "[1]")]) == "<p>ab[1][2] cd[9]</p>"


def test_a_tag_at_the_end_of_a_list_stands_in_its_last_item():
    html = "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"
    assert decorate(html, at_offset=[(10**9, TAG)]) == f"<ul>\n<li>a</li>\n<li>b{TAG}</li>\n</ul>"


def test_a_tag_at_the_head_of_a_list_stands_in_its_first_item():
    assert decorate("<ul>\n<li>a</li>\n</ul>", at_offset=[(0, TAG)]) == f"<ul>\n<li>{TAG}a</li>\n</ul>"


def test_a_tag_on_a_rule_is_not_lost():
    assert decorate("<hr>", at_offset=[(10**9, TAG)]) == f"<hr>{TAG}"


# --- Whatever the text ---

PIECES = ["board", "a", "it’s", "é", "e\u0301", "x\u0302", "🎈", "3", "&", "<b>", '"q"', "&nbsp;", ".", ",", "  "]
PIECES += [" ", " ", " ", "\n", "\n\n", "\\\n", "*", "**", "`", "- ", "1. ", "> ", "    ", "# ", "---\n", "[", "]"]
PIECES += ["[the words]{#p1}", "[x *y* z]{#p2}", "]{#p3}", "[a link](https://example.org/?a=1&b='2')", "\u00a0", "“"]
SETTINGS = settings(deadline=None)
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def squeezed(text):
    return " ".join(text.split())


@st.composite
def places(draw):
    """A block of some text, and a place in it."""
    blocks = parse(draw(MARKDOWN)).blocks or parse("It was [good]{#p1}.").blocks
    block = draw(st.sampled_from(blocks))
    return block, draw(st.integers(0, len(block.text)))


@SETTINGS
@given(places())
def test_without_what_was_added_the_html_is_what_it_was(place):
    block, offset = place
    marks = {mark.id: REF for mark in block.marks}
    shown = decorate(block.html, after_passage=marks, at_offset=[(offset, TAG), (10**9, TAG)])
    assert (shown.count(TAG), shown.count(REF)) == (2, len(marks))
    bare = shown.replace(TAG, "").replace(REF, "").replace(' class="passage"', "")
    assert events(bare) == events(block.html)


@SETTINGS
@given(places())
def test_a_tag_stands_behind_the_text_before_its_offset_or_behind_the_passage_or_link_there(place):
    block, offset = place
    before = decorate(block.html, at_offset=[(offset, TAG)]).partition(TAG)[0]
    reached = squeezed(Events(before).text)
    wanted = squeezed(block.text[:offset])
    assert reached.replace(" ", "").startswith(wanted.replace(" ", ""))
    if reached.replace(" ", "") != wanted.replace(" ", ""):
        assert before.endswith(("</a>", "</span>"))


@SETTINGS
@given(places())
def test_a_tag_never_stands_in_a_link_or_a_passage_nor_between_the_items_of_a_list(place):
    block, offset = place
    for at in (offset, 10**9):
        (where,) = Events(decorate(block.html, at_offset=[(at, TAG)])).where
        assert not {"a", "span"} & set(where)
        assert where[-1:] != ["ul"]
        assert where[-1:] != ["ol"]
        assert where or not block.text


@SETTINGS
@given(places())
def test_a_tag_due_between_words_never_cuts_one(place):
    block, offset = place
    if block.text[max(0, offset - 1) : offset + 1].isalnum():
        offset = len(block.text[:offset].rpartition(" ")[0])
    html = decorate(block.html, at_offset=[(offset, TAG)])
    before, _, after = Events(html).text.partition(TAG)
    behind_a_passage_or_link = html.partition(TAG)[0].endswith(("</a>", "</span>"))
    assert not (before[-1:].isalnum() and after[:1].isalnum()) or behind_a_passage_or_link
