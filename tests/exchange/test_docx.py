"""Reading drafts: paragraphs, style, lists, comments and footnotes with their words, and files that are none."""

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigations import text
from investigations.exchange import docx
from investigations.exchange.sheet import Unreadable
from investigations.text.reading import squeezed
from tests.exchange.drafts import (
    NAMESPACES,
    commented,
    deleted,
    ends,
    footnoted,
    inserted,
    linked,
    make_docx,
    make_long_draft,
    paragraph,
    run,
    starts,
    table,
)


def markdown(*body, **parts):
    return text.write(docx.read(make_docx(*body, **parts)).paragraphs).markdown


def placed(*body, **parts):
    """Each remark: the words it stands at, or why at none."""
    draft = docx.read(make_docx(*body, **parts))
    written = text.write(draft.paragraphs)
    marks = {mark.id: mark.words for mark in text.parse(written.markdown).marks}
    return [
        marks.get(written.marks.get(each.key, ""), each.reason or written.refused.get(each.key, ""))
        for each in draft.remarks
    ]


# --- Text ---


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ([paragraph("One."), paragraph(), paragraph("Two.")], "One.\n\nTwo."),
        ([paragraph("Part one", style="Heading1")], "## Part one"),
        ([paragraph("Part one", style="Mine")], "## Part one"),
        ([paragraph("She said", style="Quote")], "> She said"),
        ([paragraph("It was ", run("not ", "i"), run("sold", "b"), ".")], "It was *not* **sold**."),
        ([paragraph("It was un", run("sold", "i"), ".")], "It was un*sold*."),
        ([paragraph("He said", run(", never,", "i"), " no.")], "He said, *never,* no."),
        ([paragraph(run("gone", "vanish"), "here")], "here"),
        ([paragraph("a", listed=(1, 0)), paragraph("b", listed=(1, 0)), paragraph("c")], "- a\n- b\n\nc"),
        ([paragraph("a", listed=(2, 0)), paragraph("b", listed=(2, 1)), paragraph("c", listed=(2, 0))],
         "1. a\n   - b\n2. c"),
        ([paragraph("We ", inserted("did "), deleted("did not "), "sell.")], "We did sell."),
        (
            [paragraph(f"<w:moveFrom>{run('Once ')}</w:moveFrom>", "sold ", f"<w:moveTo>{run('once')}</w:moveTo>")],
            "sold once",
        ),
        ([paragraph("It was", "<w:del><w:r><w:br/></w:r></w:del>", " sold")], "It was sold"),
        # Markdown has no signs for this
        ([paragraph(run("strong", "b"), run("both", "b", "i"), run("slanted", "i"))], "strongbothslanted"),
        ([paragraph("2016. A year"), paragraph("# no heading"), paragraph("- no list")],
         "2016\\. A year\n\n\\# no heading\n\n\\- no list"),
        ([paragraph("5 * 3 [sic] <b> &amp; a_b _c_")], "5 \\* 3 \\[sic\\] \\<b> \\&amp; a_b \\_c\\_"),
        ([table(["Year", "2016"], ["Price", "11"])], "Year · 2016\n\nPrice · 11"),
        ([paragraph("One", "<w:r><w:br/></w:r>", "two")], "One\\\ntwo"),
    ],
)  # fmt: skip
def test_paragraphs_are_read_as_the_storys_markdown(body, said):
    assert markdown(*body) == said


def test_a_link_leads_where_it_led():
    links = {"a": "https://harbor.example/a(1)?x=1&y=2"}
    body = paragraph("See ", linked("a", run("the minutes", "i")), ".")
    written = markdown(body, links=links)
    assert 'href="https://harbor.example/a%281%29?x=1&amp;y=2"' in text.parse(written).blocks[0].html
    assert text.parse(written).text == "See the minutes."


def test_a_link_in_a_field_is_one_and_a_bookmark_is_none():
    def field(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    told = '<w:r><w:instrText> HYPERLINK "https://harbor.example/" </w:instrText></w:r>'
    whole = [field("begin"), told, field("separate"), "the board", field("end"), " met"]
    assert markdown(paragraph(*whole)) == "[the board](https://harbor.example/) met"
    assert markdown(paragraph('<w:hyperlink w:anchor="below"><w:r><w:t>below</w:t></w:r></w:hyperlink>')) == "below"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "//x.example", "data:text/html,x"])
def test_a_link_that_readers_cant_be_sent_to_leaves_its_words(address):
    assert markdown(paragraph(linked("a", "here")), links={"a": address}) == "here"


def test_the_title_is_kept_apart():
    draft = docx.read(make_long_draft())
    assert draft.title == "The harbor nobody saw"
    assert "nobody saw" not in "".join(each.words for each in draft.paragraphs)


# --- Comments and footnotes ---


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([paragraph("It was ", commented(1, "sold"), ".")], "sold"),
        ([paragraph("It was ", commented(1, " sold "), ".")], "sold"),
        ([paragraph("It ", run("was", "b"), commented(1, run(" so", "b"), "ld"), ".")], "sold"),
        ([paragraph("It ", run("was ", "i"), starts(1), run("then", "i"), " sold", ends(1))], "then sold"),
        ([paragraph("See ", linked("a", "the ", commented(1, "minutes")), ".")], "minutes"),
        ([paragraph("We ", commented(1, inserted("did "), deleted("did not "), "sell"))], "did sell"),
        ([paragraph(starts(1), "It was sold."), paragraph(ends(1), "Then.")], "It was sold."),
        ([paragraph("sold and ", commented(1, "sold"), " and sold")], "sold"),
        ([paragraph("It was ", commented(1, "sold"), style="Heading1")], "sold"),
        ([paragraph("It was ", commented(1, "sold"), listed=(1, 0))], "sold"),
        ([starts(1), paragraph("It was sold."), ends(1)], "It was sold."),
        ([paragraph("It was. They sold it", '<w:r><w:commentReference w:id="1"/></w:r>', ".")], "They sold it"),
    ],
)
def test_a_comment_stands_at_its_words(body, words):
    assert placed(*body, comments={1: "How?"}, links={"a": "https://harbor.example/"}) == [words]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ([paragraph(starts(1), "It was"), paragraph("sold.", ends(1))], docx.TWO_PARAGRAPHS),
        ([table(["Price", commented(1, "11")])], docx.IN_A_TABLE),
        ([paragraph("It was", commented(1, deleted(" not")), " sold.")], docx.NOWHERE),
        ([paragraph("It was sold.")], docx.NOWHERE),
        ([paragraph("It was", commented(1, " … "), "sold.")], text.writing.NO_WORDS),
        ([paragraph("It was ", commented(1, "sold {#p1}"))], text.writing.CANT_BE_MARKED),
    ],
)
def test_a_comment_that_cant_be_placed_says_why(body, reason):
    assert placed(*body, comments={1: "How?"}) == [reason]


def test_a_comment_in_a_table_is_told_with_its_words():
    draft = docx.read(make_docx(table(["Price", commented(1, "11")]), comments={1: "How?"}))
    assert [(remark.at, remark.reason) for remark in draft.remarks] == [("11", docx.IN_A_TABLE)]


def test_a_paragraph_after_a_table_is_no_part_of_it():
    body = [table(["a", "b"], ["c", "d"]), paragraph("It was ", commented(1, "sold"))]
    assert placed(*body, comments={1: "How?"}) == ["sold"]


def test_comments_at_the_same_words_share_a_mark_and_others_overlap():
    body = paragraph(starts(1), starts(2), "It ", starts(3), "was", ends(1), ends(2), " sold", ends(3))
    draft = docx.read(make_docx(body, comments={1: "How?", 2: "By whom?", 3: "When?"}))
    written = text.write(draft.paragraphs)
    assert written.marks == {"comment 1": "p1", "comment 2": "p1"}
    assert written.refused == {"comment 3": text.writing.OVERLAPS}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([paragraph("It was. They sold it.", footnoted(7), " Then?")], "They sold it"),
        ([paragraph("They sold it", footnoted(7), " twice.")], "They sold it"),
        ([paragraph("They ", commented(1, "sold it"), ".", footnoted(7))], "sold it"),
        ([paragraph(commented(1, "They"), " sold it.", footnoted(7))], "sold it"),
        ([paragraph("They asked “Why?”", footnoted(7))], "They asked “Why?”"),
    ],
)
def test_a_footnote_stands_at_the_sentence_before_it(body, words):
    comments = {1: "How?"} if "commentReference" in body[0] else {}
    assert placed(*body, comments=comments, footnotes={7: "Minutes."})[-1] == words


def test_a_comments_own_words_and_addresses_are_read():
    said = f"<w:p>{linked('n', 'The budget')}{run(', see https://b.example/x. And (http://c.example/y)')}</w:p>"
    (remark,) = docx.read(
        make_docx(paragraph(commented(1, "It")), comments={1: said}, note_links={"n": "https://a.example/"})
    ).remarks
    assert remark.words == "The budget, see https://b.example/x. And (http://c.example/y)"
    assert remark.links == (
        ("https://a.example/", "The budget"),
        ("https://b.example/x", ""),
        ("http://c.example/y", ""),
    )


def test_a_long_draft_is_read_whole():
    draft = docx.read(make_long_draft())
    written = text.write(draft.paragraphs)
    assert len(draft.remarks) == 10
    marks = {mark.id: mark.words for mark in text.parse(written.markdown).marks}
    assert [marks[mark] for mark in written.marks.values()] == [
        "The harbor board met in secret on March 3, 2016",
        "eleven million dollars",
        "The chair said “Nobody ever asked me before signing.”",
        "two later votes",
        "two later votes",
        "A first buyer",
        "paid in cash",
        "The port was sold in April",
    ]
    assert text.parse(written.markdown).problems == ()


# --- What is refused ---


def packed(**files):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


DECLARED = f'<!DOCTYPE d [<!ENTITY a "aaaaaaaa">]><w:document {NAMESPACES}><w:body/></w:document>'
DEEP = f"<w:document {NAMESPACES}><w:body>{'<w:sdt>' * 5000}{'</w:sdt>' * 5000}</w:body></w:document>"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", docx.NOT_DOCX),
        (b"\xd0\xcf\x11\xe0 an old .doc", docx.NOT_DOCX),
        (packed(**{"xl/workbook.xml": "<workbook/>"}), docx.NOT_DOCX),
        (make_docx(word__document=DECLARED), docx.NOT_DOCX),
        (make_docx(word__document=DECLARED.encode("utf-16")), docx.NOT_DOCX),
        (make_docx(word__document=DEEP), docx.NOT_DOCX),
        (make_docx(word__document="<w:document"), docx.NOT_DOCX),
        (make_docx(paragraph("x" * (docx.MAX_CHARACTERS + 1))), docx.TOO_LONG),
        (make_docx(word__comments=" " * (docx.MAX_PART + 1)), docx.TOO_LONG),
        (make_docx(paragraph("x"), comments=dict.fromkeys(range(docx.MAX_REMARKS + 1), "?")), "more than 500 comm"),
        (b"x" * (docx.MAX_BYTES + 1), "more than 5 MB"),
    ],
    ids=range(11),
)
def test_what_is_no_draft_is_refused_in_a_sentence(data, said):
    with pytest.raises(Unreadable) as refused:
        docx.read(data)
    assert said in str(refused.value)


def test_pictures_are_not_unpacked(monkeypatch):
    monkeypatch.setattr(docx, "MAX_PART", 4000)
    assert markdown(paragraph("It was sold."), word__media__image1=" " * 5000) == "It was sold."


# --- Whatever the words ---

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]),
    max_size=14,
) | st.sampled_from(["#", "- ", "1. ", "*", "**", "_", "`", "[a](b)", "![", "<b>", "&amp;", "\\", "]{#p1}", " ", "!"])
STYLED = st.builds(run, WORDS, st.sampled_from(["b", "i", "u"]))
PARTS = st.lists(st.one_of(STYLED, st.builds(lambda held: linked("a", held), STYLED)), min_size=1, max_size=4)
MANY = st.lists(st.tuples(PARTS, st.sampled_from(["", "Heading1", "Quote"]), st.booleans()), max_size=3)


@settings(max_examples=60, deadline=None)
@given(MANY)
def test_whatever_the_words_the_story_says_what_the_draft_said(many):
    body = [
        paragraph(commented(number, *parts), style=style, listed=(1, 0) if listed else None)
        for number, (parts, style, listed) in enumerate(many)
    ]
    data = make_docx(*body, comments=dict.fromkeys(range(len(many)), "How?"), links={"a": "https://harbor.example/"})
    draft = docx.read(data)
    written = text.write(draft.paragraphs)
    meant = squeezed(" ".join(each.words for each in draft.paragraphs)).strip()
    read = text.parse(written.markdown)
    assert squeezed(read.text).strip() == meant
    reasons = written.refused.keys() | {remark.key for remark in draft.remarks if remark.reason}
    assert written.marks.keys() | reasons == {remark.key for remark in draft.remarks}
    assert {mark.id for mark in read.marks} == set(written.marks.values())
