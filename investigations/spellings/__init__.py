"""Where protected words occur in a text, however they are spelled: what the leak gate asks.

`folding` brings a text into one form, with a way back to its places; `readings` reads it as it stands and without
its markup; `identity` and `forms` say what to look for; `phones` compares numbers; `scanning` finds, and `places`
judges.

What blocks: a full name, an initial with the surname, an only name, an e-mail address, a telephone number, a handle,
a street with its number. What warns: a surname alone with a capital, a first name with an initial, a full name made
of ordinary words in small letters, a short name run together. A surname that is an ordinary word isn't reported.

Not found: nicknames nobody recorded, transliterations, half of a double surname, a surname alone in small letters,
letters spaced out, letters replaced by figures, and what is encoded in other ways than text, HTML, JSON and URLs are.
"""

from investigations.spellings.folding import fold
from investigations.spellings.forms import What
from investigations.spellings.identity import Protected, protected
from investigations.spellings.scanning import Hit, Scanner, scan

__all__ = ["Hit", "Protected", "Scanner", "What", "fold", "protected", "scan"]
