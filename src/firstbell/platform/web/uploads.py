"""Files sent to a page: from nobody who is not signed in, and none that is larger than a page takes.

What is too large is not read to its end into a file; the page then finds no file and says why.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class OnlyWhatIsWanted(FileUploadHandler):
    """Stands before the handler that keeps files, and lets none of the unwanted through."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Look at the announced length; servers hold a request to it."""
        self.too_large = content_length > settings.FIRSTBELL_MOST_UPLOADED

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Pass over a file that nobody may send, or that is too large."""
        super().new_file(*args, **kwargs)
        user = getattr(self.request, "user", None)
        if self.too_large or user is None or not user.is_authenticated:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """What is wanted goes on as it came."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler has the file."""
        return None


def sent_too_much(request: HttpRequest) -> bool:
    """Whether what was sent is larger than a page takes."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > settings.FIRSTBELL_MOST_UPLOADED
