"""Takes uploads no further than is allowed: the rest of a file that is too large is read and thrown away.

Answering while the browser still sends would break the connection, and the person would see no sentence at
all. So a file above the limit arrives empty, knowing its true size, and its form field refuses it.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

HOPELESS = 200 * 1024 * 1024  # nobody sends this by mistake


class LimitedUpload(FileUploadHandler):
    """Stands before Django's own handlers, and keeps no more of a file than the limit."""

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.taken += len(raw_data)
        if self.taken > HOPELESS:
            raise StopUpload(connection_reset=True)
        return raw_data if self.taken <= settings.COREGROUP_LARGEST_FILE else None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        """The empty stand-in for a file that was too large; None lets the next handler give its own."""
        if self.taken <= settings.COREGROUP_LARGEST_FILE:
            return None
        return InMemoryUploadedFile(
            BytesIO(), self.field_name, self.file_name or "file", self.content_type, self.taken, self.charset
        )
