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
