"""A receipt as a page and as a PDF: the same template, the same figures."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.template.loader import render_to_string

from pos.models import Receipt


def receipt_context(receipt: Receipt) -> dict[str, Any]:
    """Everything that stands on a receipt."""
    lines = list(receipt.lines.order_by("position"))
    taxes: dict[tuple[str, Any], Any] = {}
    for share in receipt.taxes.order_by("pk"):
        key = (share.code, share.rate)
        taxes[key] = taxes.get(key, 0) + share.amount
    summary = [{"code": code, "rate": rate, "amount": amount} for (code, rate), amount in taxes.items()]
    return {
        "receipt": receipt, "business": receipt.business, "store": receipt.store, "lines": lines,
        "taxes": summary, "payments": list(receipt.payments.all()),
    }  # fmt: skip


def receipt_html(receipt: Receipt) -> str:
    """The receipt by itself, ready to print."""
    return render_to_string("pos/receipt.html", receipt_context(receipt))


def receipt_pdf(receipt: Receipt) -> bytes:
    """The same on paper of 80 mm."""
    # Loaded here: where the libraries of PDF are missing, everything else still runs.
    from weasyprint import HTML  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    class OwnFiles(URLFetcher):  # type: ignore[misc]
        """Our own static files and nothing from anywhere else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            return super().fetch(own_file(url), headers)

    page = HTML(string=receipt_html(receipt), base_url="file:///", url_fetcher=OwnFiles(allowed_protocols=["file"]))
    pdf: bytes = page.write_pdf()
    return pdf


def own_file(url: str) -> str:
    """The file behind a static address; ValueError for whatever lies elsewhere."""
    path = unquote(urlsplit(url).path)
    own = (settings.STATIC_DIR / path.split(settings.STATIC_URL, 1)[-1].lstrip("/")).resolve()
    if not own.is_relative_to(settings.STATIC_DIR):
        raise ValueError("a receipt loads nothing from elsewhere")
    return str(own.as_uri())
