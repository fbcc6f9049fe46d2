"""An address that readers have, with what they get there."""

import hashlib
from dataclasses import dataclass

from investigations.pages import paths, render


@dataclass(frozen=True)
class Address:
    """One address in one variant with what readers get there."""

    path: str
    rendered: render.Rendered
    variant: str = ""
    status: int = 200

    @property
    def etag(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return hashlib.sha256(self.rendered.body).hexdigest()

    @property
    def listed(self) -> bool:
        """Whether search engines may list it under this address."""
        return not self.variant and self.rendered.listed_at == paths.absolute(self.path)
