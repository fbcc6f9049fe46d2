"""Letters that look like Latin ones, or are Latin letters with a stroke, and what they are read as.

The common ones of Unicode's table of confusable signs (UTS 39), in both cases; accents are not here, for they fall
away by decomposition.
"""

_PAIRS = (
    # Cyrillic
    ("АВЕЅІЈКМНОРСТУХЅԌԚԜҮ", "ABESIJKMHOPCTYXSGQWY"),
    ("аеѕіјкмнорстухвѵԁԛԝһӏүгпԍ", "aesijkmhopctyxbvdqwhlyrng"),
    # Greek
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϳ", "ABEZHIKMNOPTYXCj"),
    ("αγεηικνορτυχωϲ", "ayenikvoptuxwc"),
    # Armenian, Cherokee
    ("ոօսհցզՕՍԼ", "nouhgqOUL"),
    ("ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ", "ABCDEGHJKLMPRSTVWZ"),
    # Latin letters with strokes, without dots, small capitals
    ("łŁđĐøØħĦŧŦıȷðƒɑɡɩɫŋŊɛɔə", "lLdDoOhHtTijdfagilnNeoe"),
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz"),
)
ALIKE = {sign: letter for signs, letters in _PAIRS for sign, letter in zip(signs, letters, strict=True)}
ALIKE |= {"æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ß": "ss", "ẞ": "SS", "þ": "th", "Þ": "Th", "Ð": "D"}
