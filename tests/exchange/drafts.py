"""Drafts as a word processor saves them, built from their XML."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = f'xmlns:w="{W}" xmlns:r="{R}"'
RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Heading1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
)
LEVELS = "".join(
    f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{kind}"/></w:lvl>'
    for level, kind in enumerate(["decimal", "bullet", "bullet"])
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def run(words, *properties):
    """Words; properties are like `b`, `i`, `vanish`."""
    held = "".join(f"<w:{name}/>" for name in properties)
    return f'<w:r><w:rPr>{held}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def paragraph(*parts, style="", listed=None):
    """A paragraph of words and XML; `listed` is the list's number and the level in it."""
    held = f"<w:pStyle w:val={quoteattr(style)}/>" if style else ""
    if listed:
        held += f'<w:numPr><w:ilvl w:val="{listed[1]}"/><w:numId w:val="{listed[0]}"/></w:numPr>'
    inside = "".join(part if part.startswith("<") else run(part) for part in parts)
    return f"<w:p><w:pPr>{held}</w:pPr>{inside}</w:p>"


def commented(number, *parts):
    """Words that a comment stands at."""
    inside = "".join(part if part.startswith("<") else run(part) for part in parts)
    return f"{starts(number)}{inside}{ends(number)}"


def starts(number):
    return f'<w:commentRangeStart w:id="{number}"/>'


def ends(number):
    return f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'


def footnoted(number):
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def linked(key, *parts):
    inside = "".join(part if part.startswith("<") else run(part) for part in parts)
    return f'<w:hyperlink r:id="{key}">{inside}</w:hyperlink>'


def inserted(words):
    return f'<w:ins w:id="90" w:author="Lee">{run(words)}</w:ins>'


def deleted(words):
    return f'<w:del w:id="91" w:author="Lee"><w:r><w:delText>{escape(words)}</w:delText></w:r></w:del>'


def table(*rows):
    """Rows of cells, each of words and XML."""
    lines = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{line}</w:tr>' for line in lines)}</w:tbl>"


def make_docx(*body, comments=None, footnotes=None, links=None, note_links=None, **parts):
    """A file of these paragraphs; comments and footnotes by number, addresses by key; `parts` replaces parts."""
    relations = relation("styles") + relation("numbering") + relation("comments") + relation("footnotes")
    relations += addresses(links)
    noted = "".join(
        f'<w:comment w:id="{number}" w:author="Lee">{one if one.startswith("<") else paragraph(one)}</w:comment>'
        for number, one in (comments or {}).items()
    )
    below = '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>' + "".join(
        f'<w:footnote w:id="{number}">{one if one.startswith("<") else paragraph(one)}</w:footnote>'
        for number, one in (footnotes or {}).items()
    )
    files = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{RELATED}">{relation("officeDocument", "word/document.xml")}'
        "</Relationships>",
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATED}">{relations}</Relationships>',
        "word/_rels/comments.xml.rels": f'<Relationships xmlns="{RELATED}">{addresses(note_links)}</Relationships>',
        "word/styles.xml": f"<w:styles {NAMESPACES}>{STYLES}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{NUMBERING}</w:numbering>",
        "word/comments.xml": f"<w:comments {NAMESPACES}>{noted}</w:comments>",
        "word/footnotes.xml": f"<w:footnotes {NAMESPACES}>{below}</w:footnotes>",
    }
    files |= {name.replace("__", "/") + ".xml": data for name, data in parts.items()}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def relation(kind, target=""):
    return f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{target or kind + ".xml"}"/>'


def addresses(links):
    return "".join(
        f'<Relationship Id="{key}" Type="{R}/hyperlink" Target={quoteattr(to)} TargetMode="External"/>'
        for key, to in (links or {}).items()
    )


LONG = [
    paragraph("The harbor nobody saw", style="Title"),
    paragraph(commented(1, "The harbor board met in secret on March 3, 2016"), ", three members said."),
    paragraph(
        "The price was ", commented(2, run("eleven million", "b"), " dollars"), ", ", run("half", "i"), " its value."
    ),
    paragraph("What the board knew", style="Heading1"),
    paragraph("The chair said “Nobody ever asked me before signing.”", footnoted(1), " She has ", "since resigned."),
    paragraph("See ", linked("a", "the minutes"), " and ", commented(3, "two later votes"), ".", footnoted(2)),
    paragraph(commented(4, "A first buyer"), " withdrew", listed=(1, 0)),
    paragraph("A second ", inserted("one "), deleted("buyer "), commented(5, "paid in cash"), listed=(1, 0)),
    paragraph(starts(6), "Nobody voted against it."),
    paragraph("Nobody spoke.", ends(6)),
    table(["Year", commented(7, "2016")], ["Price", "11"]),
    paragraph(commented(8, "The port was sold in April"), "."),
]
COMMENTS = {
    1: "Minutes, p. 4: https://www.harbor.example/minutes/#p4",
    2: f"<w:p>{linked('n', 'Valuation of 2015')}</w:p>",
    3: "Check with the clerk again",
    4: "“Nobody ever asked me before signing”",
    5: "https://harbor.example/minutes",
    6: "Is this so?",
    7: "Whose numbers?",
    8: "https://register.example/sale/11 and the deed",
}
FOOTNOTES = {1: "Interview, March 9.", 2: "https://harbor.example/votes"}


def make_long_draft():
    """Eight comments and two footnotes: on words, a list, over two paragraphs, in a table."""
    links = {"a": "https://harbor.example/minutes"}
    noted = {"n": "https://assessor.example/2015"}
    return make_docx(*LONG, comments=COMMENTS, footnotes=FOOTNOTES, links=links, note_links=noted)
