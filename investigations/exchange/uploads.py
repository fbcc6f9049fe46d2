"""Where an upload stays between its preview and its confirmation.

import-export's own storages leave a file in clear text in a temporary folder, in a media folder, or for a day in a
cache that each process may have to itself. Here it is taken into memory, never into a file, and kept in a row of the
sessions' table: a table that every node of the desk shares, in the database in which the same records stand anyway.
The row has a random key of its own and belongs to nobody's session; only the person who uploaded it can take it out,
once, whatever comes of it. One that nobody confirms expires after half an hour and is deleted with the next upload.
"""

from base64 import b64decode, b64encode
from io import BytesIO
from typing import Any

from django.contrib.sessions.backends.db import SessionStore
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from import_export.tmp_storages import BaseStorage  # type: ignore[import-untyped]

from investigations.exchange.sheet import MAX_BYTES

MINUTES = 30
FIELD = "newsroom_upload"


class UploadStorage(BaseStorage):
    """An upload that waits to be confirmed, with what it is about: by whom, of which noun, in which format."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.about: dict[str, Any] = kwargs.get("about", {})

    def save(self, data: bytes) -> None:
        """Keep the upload; `name` is then its key. Whatever has expired is deleted."""
        SessionStore.clear_expired()
        store = SessionStore()
        store[FIELD] = {"data": b64encode(data).decode(), "about": self.about}
        store.set_expiry(MINUTES * 60)
        store.create()
        self.name = store.session_key

    def read(self) -> bytes:
        """The upload. Raises KeyError for one that has expired, was taken, or is about something else."""
        kept = SessionStore(self.name).get(FIELD)
        if not kept or any(kept["about"].get(name) != value for name, value in self.about.items()):
            raise KeyError(self.name)
        self.about = kept["about"]
        return b64decode(kept["data"])

    def remove(self) -> None:
        """Forget the upload."""
        SessionStore(self.name).delete()

    def take(self) -> bytes:
        """Read the upload and forget it, so that nothing of it stays whatever happens next. Raises KeyError."""
        data = self.read()
        self.remove()
        return data


class InMemoryUpload(FileUploadHandler):
    """Takes an upload into memory, and of one that is too large its size alone."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.seen = 0
        self.file = BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self.file = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a piece, as long as all files together are within the limit."""
        self.seen += len(raw_data)
        if self.seen <= MAX_BYTES:
            self.file.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """The file, with the size it had."""
        self.file.seek(0)
        return InMemoryUploadedFile(
            self.file,
            self.field_name,
            self.file_name,
            self.content_type,
            file_size,
            self.charset,
            self.content_type_extra,
        )
