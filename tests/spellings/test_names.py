"""Each spelling of a name that must be found, what of it blocks and what only warns."""

import pytest

from investigations.spellings import Protected, Scanner, What, protected, scan

ZOE = {"name": "Dr. Zoë Maria Nandu", "aliases": "Ada Fennimore\nWanjiru"}
SCANNER = Scanner(
    [
        protected("zoe", ZOE),
        protected("muller", {"name": "Jörg Müller"}),
        protected("joergensen", {"name": "Soeren Joergensen"}),
        protected("strauss", {"name": "Óscar Strauß"}),
        protected("berg", {"name": "Anton van der Berg"}),
        protected("brien", {"name": "Jean-Pierre O'Brien"}),
        protected("nikos", {"name": "Νίκος Βένης"}),
        protected("wang", {"name": "王小明"}),
        protected("lowe", {"name": "Al Lowed"}),
    ]
)


def told(text: str, **more: object) -> list[tuple[str, str, bool, str]]:
    return [(hit.ref, hit.what.value, hit.blocks, hit.found) for hit in SCANNER.scan(text, **more)]


@pytest.mark.parametrize(
    "text",
    [
        *("Zoë Nandu", "Zoe Nandu", "ZOE NANDU", "zoë nandu", "zOE nANDU", "Dr. Zoë Nandu", "Ms Zoë Nandu"),
        *("Zoë Maria Nandu", "Zoe M. Nandu", "Zoe M Nandu", "Zoe Q. Nandu", "Z. Maria Nandu", "zoe-m-nandu"),
        *("Nandu, Zoë", "Nandu Zoe", "Nandu, Zoe Maria", "Nandu, Zoe M.", "Ada Fennimore", "FENNIMORE, Ada"),
        *("zoe-nandu", "zoe_nandu", "zoenandu", "ZoeNandu", "/a/2016/zoe-nandu.html", "photoOfZoeNandu.jpg"),
        *("Zoe Nandus", "Zoe Nandu's", "Zoe Nandu’s", "zoe%20nandu", "zoe+nandu", "Zo%C3%AB%20Nandu", "Zo%EB Nandu"),
        *("Zo%25C3%25AB%2520Nandu", "Zo&euml; Nandu", "Zo&#235;&nbsp;Nandu", "Zo&#xEB;&#32;Nandu", "Zo%u00EB Nandu"),
        *(r"Zo\u00eb Nandu", r"Zo\u00EB\nNandu", r"Zo\\u00eb\\tnandu", r"Zo\xeb Nandu", r"Zo\u{eb} Nandu"),
        *("Zoe\u0308 Nandu", "Ｚｏｅ　Ｎａｎｄｕ", "𝐙𝐨𝐞 𝓝𝓪𝓷𝓭𝓾", "ⓩⓞⓔ ⓝⓐⓝⓓⓤ", "ᴢᴏᴇ ɴᴀɴᴅᴜ", "Zоë Nаndu", "Ζοe Νandu"),
        *(
            "Z\u200boe Na\u00adndu",
            "Zoe Nan\u2060d\ufe0fu",
            "\u202eZoe\u202c Nandu",
            "Zoe\u00a0Nandu",
            "Zoe\u2003\tNandu",
        ),
        *(
            "Zo<b>e</b> N<i>an</i>du",
            "Zo**e** Na**ndu**",
            "Zo__e__ _Nandu_",
            "Zoe Q. N__a__ndu",
            "Zo[e](https://x.org) [Nandu][1]",
        ),
        *(
            "Z<!-- a -- b -->oe Nandu",
            "Zoe Na<wbr>ndu",
            "[Zoe]{#p1} Nandu",
            "<i>Zoe</i> <b>Nandu</b>",
            "Zoe<br>Nandu",
        ),
        *(
            "<td>Zoe</td><td>Nandu</td>",
            "&lt;b&gt;Zo&lt;/b&gt;e Nandu",
            "Zoe Nan-\ndu",
            "Zoe Nan‐\r\n  du",
            "Zoe\nNandu",
        ),
        *('<img alt="Zoe Nandu">', '<a href="/x?q=zoe+nandu">x</a>', "[x](/zoe-nandu)", "<!-- Zoe Nandu -->"),
        *('{"who": "Zoe Nandu"}', "Zoe,Nandu", '"Zoe"; "Nandu"', "(Zoe) Nandu"),
    ],
)
def test_a_full_name_blocks_however_it_is_spelled(text):
    assert [(ref, what, blocks) for ref, what, blocks, _ in told(text)] == [("zoe", "full name", True)]


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("Jorg Muller", "muller"),
        ("Joerg Mueller", "muller"),
        ("Jorg Mueller", "muller"),
        ("Søren Jørgensen", "joergensen"),
        ("Soren Jorgensen", "joergensen"),
        ("Oscar Strauss", "strauss"),
        ("ÓSCAR STRAUSS", "strauss"),
        ("Anton van der Berg", "berg"),
        ("Anton Berg", "berg"),
        ("van der Berg, Anton", "berg"),
        ("antonvanderberg", "berg"),
        ("Jean-Pierre O’Brien", "brien"),
        ("Jean Pierre OBrien", "brien"),
        ("jeanpierre-obrien", "brien"),
        ("ΝΙΚΟΣ ΒΕΝΗΣ", "nikos"),
        ("νίκος βένης", "nikos"),
    ],
)
def test_names_of_other_languages_are_found(text, ref):
    assert (ref, "full name", True, text) in told(text)


def test_a_name_in_a_script_without_spaces_is_found_among_its_letters():
    assert told("昨日王小明说了") == [("wang", "one name", True, "王小明")]


@pytest.mark.parametrize(
    "text",
    [
        *("Z. Nandu", "Z Nandu", "z. nandu", "z nandu", "Z.Nandu", "z-nandu", "z_nandu", "ZNandu", "Z. M. Nandu"),
        *("ZM Nandu", "Z.M. Nandu", "Nandu, Z.", "Nandu, Z", "Nandu Z", "znandu@example.org", "@znandu"),
    ],
)
def test_an_initial_with_the_surname_blocks(text):
    assert [(what, blocks) for _, what, blocks, _ in told(text)] == [("initial and surname", True)]


@pytest.mark.parametrize("text", ["J.-P. O'Brien", "J. O’Brien", "J P OBrien"])
def test_initials_of_a_double_name_block(text):
    assert ("brien", "initial and surname", True, text) in told(text)


@pytest.mark.parametrize("text", ["Nandu", "Nandu’s", "the Nandus", "NANDU", "Nаndu", "Mr. Nandu", "<b>Nan</b>du"])
def test_a_surname_alone_warns(text):
    assert [(what, blocks) for _, what, blocks, _ in told(text)] == [("surname", False)]


@pytest.mark.parametrize(
    "text", ["nandu", "Nanduland", "McNandu", "ananandu", "Nand", "Zoe", "Maria", "Zoe and Maria"]
)
def test_less_than_a_surname_is_not_reported(text):
    assert told(text) == []


@pytest.mark.parametrize("text", ["Zoe N. said", "ZOË N. said"])
def test_a_first_name_with_an_initial_warns(text):
    assert [(what, blocks) for _, what, blocks, _ in told(text)] == [("first name and initial", False)]


@pytest.mark.parametrize(("text", "blocks"), [("Wanjiru said", True), ("WANJIRU", True), ("/wanjiru-says", False)])
def test_an_only_name_blocks_where_it_stands_as_a_name(text, blocks):
    assert [hit[2] for hit in told(text)] == [blocks]


@pytest.mark.parametrize("text", ["He asked Zoe. Nandu was away.", "“Where is Zoe?” Nandu was away."])
def test_names_parted_by_the_end_of_a_sentence_are_no_full_name(text):
    assert [(what, blocks) for _, what, blocks, _ in told(text)] == [("surname", False)]


@pytest.mark.parametrize("text", ["He allowed it.", "all owed", "all<b>owed</b>"])
def test_a_word_that_reads_like_a_short_name_run_together_does_not_block(text):
    assert not any(blocks for _, _, blocks, _ in told(text))


def test_words_that_markup_parts_elsewhere_are_no_short_name():
    assert told("all<b>owed</b>") == []


def test_a_short_name_run_together_beside_an_at_blocks():
    assert told("allowed@example.org") == [("lowe", "full name", True, "allowed")]


def test_a_hit_says_where_in_the_given_text_it_is():
    text = "<p>&nbsp;By Zo&euml;\u00ad Na<b>nd&#117;</b> said</p>"
    (hit,) = SCANNER.scan(text)
    assert text[hit.start : hit.end] == hit.found == "Zo&euml;\u00ad Na<b>nd&#117;"


def test_hits_stand_in_order_and_once():
    text = "<p>Zoe Nandu, Jörg Müller, Nandu</p>"
    assert [(ref, what) for ref, what, _, _ in told(text)] == [
        ("zoe", "full name"),
        ("muller", "full name"),
        ("zoe", "surname"),
    ]


def test_two_sources_of_one_name_are_both_told():
    two = [protected("one", {"name": "Zoe Nandu"}), protected("two", {"name": "Zoë Nandu"})]
    assert {hit.ref for hit in scan("zoe nandu", two)} == {"one", "two"}


def test_the_name_borne_before_is_found_too():
    once = [protected("z", {"name": "Zoe Nandu (née Okoro)"})]
    assert [hit.found for hit in scan("Zoe Okoro, now Zoe Nandu", once) if hit.blocks] == ["Zoe Okoro", "Zoe Nandu"]


def test_neither_what_is_protected_nor_a_hit_shows_the_words():
    zoe = protected("zoe", ZOE)
    shown = f"{zoe} {zoe!r} {SCANNER!r} {SCANNER.scan('Zoe Nandu')}"
    assert "andu" not in shown
    assert "zoe" in shown


def test_nobody_protected_is_nowhere_found():
    assert scan("Zoe Nandu", []) == []
    assert scan("Zoe Nandu", [Protected("empty"), protected("also", {"name": " ", "contact": "?"})]) == []
    assert SCANNER.scan("") == []


def test_a_name_of_initials_alone_is_found_as_it_is():
    assert [(hit.what, hit.blocks) for hit in scan("Z. Nandu", [protected("z", {"name": "Z. Nandu"})])] == [
        (What.INITIALS, True)
    ]
