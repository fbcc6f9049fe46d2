"""Arbitrary story Markdown for property tests."""

from hypothesis import strategies as st

pieces = st.sampled_from(
    [
        *"[]{}()*_`<>!#:-.|&\\\"'~+=",
        *"a1q \n",
        *(
            "]{#p1}",
            "{#p1}",
            "{#p2}",
            "]{#",
            "[a]{#p3}",
            "](http://x.org)",
            "](//x)",
            "![",
            "```",
            "&nbsp;",
            "\u00a0",
        ),
        *(
            "\n\n",
            "\n> ",
            "\n- ",
            "\n    ",
            "**",
            "--",
            "...",
            "<http://x.org>",
            "😀",
            "e\u0301",
            "\u0301",
            "1. ",
            "\r\n",
        ),
    ]
)
bodies = st.lists(pieces, max_size=30).map("".join) | st.text(max_size=40)
