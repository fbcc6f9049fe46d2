"""Pictures made fit for readers: drawn anew, so that nothing but the picture itself is left of the file."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

MEDIA_TYPES = [("image/jpeg", "JPEG"), ("image/png", "PNG")]
LONGEST_SIDE = 1600
LARGEST_FILE = 20 * 1024 * 1024
MOST_PIXELS = 60_000_000


class NotAPicture(ValueError):
    """A file that can't be shown, with a sentence that says why."""


@dataclass(frozen=True)
class Picture:
    """A picture as readers get it, at most 1,600 pixels on its longer side."""

    data: bytes
    media_type: str
    width: int
    height: int


def prepared(data: bytes) -> Picture:
    """Turn a picture upright, make it small enough, and write it anew without metadata.

    JPEG stays JPEG; everything else becomes PNG. Raises NotAPicture for other files, and for one of more
    than 20 MB or 60 million pixels.
    """
    if len(data) > LARGEST_FILE:
        raise NotAPicture("The file is larger than 20 MB: make it smaller first.")
    try:
        with Image.open(BytesIO(data)) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotAPicture("The picture has more than 60 million pixels: make it smaller first.")
            is_jpeg = opened.format == "JPEG"
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            drawn = upright.convert("RGB" if is_jpeg else "RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        if isinstance(error, NotAPicture):
            raise
        raise NotAPicture("The file is no picture that can be read: use JPEG or PNG.") from error
    clean = Image.new(drawn.mode, drawn.size)
    clean.paste(drawn)
    out = BytesIO()
    clean.save(out, "JPEG", quality=85, optimize=True) if is_jpeg else clean.save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), "image/jpeg" if is_jpeg else "image/png", *clean.size)
