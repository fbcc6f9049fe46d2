"""Parts of addresses."""


class Key:
    """A random public key: 12 letters and digits."""

    regex = "[2-9a-z]{12}"

    def to_python(self, value: str) -> str:
        """The key."""
        return value

    def to_url(self, value: str) -> str:
        """The key."""
        return value


class Picture(Key):
    """A picture's name: 32 hexadecimal digits and its ending."""

    regex = r"[0-9a-f]{32}\.(?:jpg|png)"


class PictureFile(Key):
    """The file of a chart or of its table: the chart's name and an ending."""

    regex = r"[0-9a-z]{1,20}\.(?:svg|csv)"
