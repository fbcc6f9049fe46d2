"""Pasting from word processors: links, emphasis and lists stay, whatever their HTML makes of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from investigations import text
from investigations.text.pasted import markdown_of

GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1f">'
    '<h2 dir="ltr"><span style="font-weight:400;">The vote</span></h2>'
    '<p dir="ltr" style="line-height:1.38;"><span style="font-size:11pt;font-weight:400;font-style:normal;">The board'
    ' </span><span style="font-weight:700;font-style:normal;">sold</span><span style="font-weight:400;"> it, </span>'
    '<a href="https://harbor.example/minutes" style="text-decoration:none;"><span style="font-weight:400;'
    'font-style:italic;">the minutes</span></a><span style="font-weight:400;"> say.</span></p><br>'
    '<ul style="margin-top:0;"><li dir="ltr" style="list-style-type:disc;" aria-level="1"><p dir="ltr" role='
    '"presentation"><span>one</span></p></li><ul><li dir="ltr" aria-level="2"><p role="presentation"><span>two</span>'
    '</p></li></ul></ul><ol><li><p><span>three</span></p></li></ol></b><br class="Apple-interchange-newline">'
)
WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {mso-style-parent:"";} -->'
    "</style><!--[if gte mso 9]><xml><w:WordDocument>0</w:WordDocument></xml><![endif]--></head><body lang=EN-US>"
    "<!--StartFragment--><p class=MsoNormal>The board <b style='mso-bidi-font-weight:normal'>sold</b>\nit,<o:p></o:p>"
    ' <i>twice</i>, see <a\nhref="https://harbor.example/minutes">the minutes</a>.<o:p>&nbsp;</o:p></p>'
    "<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]>"
    "<span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times New Roman\"'>"
    "&nbsp;&nbsp; </span></span></span><![endif]>one</p>"
    "<p class=MsoListParagraphCxSpLast style='mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span><span "
    "style='mso-list:Ignore'>o<span>&nbsp;</span></span></span><!--[endif]-->two</p>"
    "<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>1.<span>&nbsp; </span>"
    "</span>three</p><!--EndFragment--></body></html>"
)


def test_what_is_copied_from_google_docs_keeps_its_style():
    assert markdown_of(GOOGLE) == (
        "## The vote\n\nThe board **sold** it, [*the minutes*](https://harbor.example/minutes) say.\n\n"
        "- one\n  - two\n1. three"
    )


def test_what_is_copied_from_word_keeps_its_style():
    assert markdown_of(WORD) == (
        "The board **sold** it, *twice*, see [the minutes](https://harbor.example/minutes).\n\n"
        "- one\n  - two\n1. three"
    )


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>one<p>two", "one\n\ntwo"),
        ("one<br>two", "one\\\ntwo"),
        ("<div>one</div><div>two</div>", "one\n\ntwo"),
        ("<ul><li>one<li>two</ul>", "- one\n- two"),
        ("<ul><li><p>one</p><p>more</p></li></ul>", "- one\\\n  more"),
        ("<blockquote><p>one</p><p>two</p></blockquote>", "> one\n\n> two"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a · b\n\nc"),
        ("<script>alert(1)</script><style>p{}</style>one", "one"),
        ("<p style='display: none'>gone</p>one", "one"),
        ("<img src=x onerror=alert(1)>one", "one"),
        ("<a href='javascript:alert(1)'>one</a>", "one"),
        ("<p>&lt;script&gt; *one* [two]</p>", "\\<script> \\*one\\* \\[two\\]"),
        ("</b></p><b>one", "**one**"),
        ("", ""),
    ],
)
def test_html_becomes_the_storys_markdown(html, markdown):
    assert markdown_of(html) == markdown


PIECES = st.sampled_from("<p> </p> <b> </b> <li> <ul> </ol> <!-- <![if]> <![ &#0; &amp <a/href=x >".split())


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=12).map("".join))
def test_no_html_breaks_it_or_puts_a_mark_in(html):
    assert text.parse(markdown_of(html)).marks == ()
