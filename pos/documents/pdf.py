"""A page as a PDF, which loads nothing from anywhere else."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings


def pdf_of(html: str) -> bytes:
    """The page on the paper that its style names."""
    # Loaded here: where the libraries of PDF are missing, everything else still runs.
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        """Our own static files, pictures that are part of the page, and nothing from anywhere else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:image/png;base64,"):
                return super().fetch(url, headers)
            return super().fetch(own_file(url), headers)

    page = HTML(string=html, base_url="file:///", url_fetcher=OwnFiles(allowed_protocols=["file", "data"]))
    pdf: bytes = page.write_pdf()
    return pdf


def own_file(url: str) -> str:
    """The file behind a static address; ValueError for whatever lies elsewhere."""
    path = unquote(urlsplit(url).path)
    own = (settings.STATIC_DIR / path.split(settings.STATIC_URL, 1)[-1].lstrip("/")).resolve()
    if not own.is_relative_to(settings.STATIC_DIR):
        raise ValueError("a paper loads nothing from elsewhere")
    return str(own.as_uri())
