"""The page «Receipt and PDF»: a picture to upload, and a preview with what is not saved yet."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from backoffice.forms.settings import SettingsForm
from pos.documents import Look
from smartpos.access.services.files import as_data, data_of, keep, png_of
from smartpos.access.services.settings import assert_place
from smartpos.access.settings import value
from smartpos.db.locks import write_transaction
from smartpos.errors import DomainError
from smartpos.people.models import Employee, Store

PICTURE = "receipt.stamp_image"
REMOVE = "remove:receipt.stamp_image"


class PaperForm(SettingsForm):
    """Checks the picture by its content; it is kept only when the whole page is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.png = b""
        self.fields[REMOVE] = forms.BooleanField(label=_("Take the picture away"), required=False)
        self.dress()

    def clean(self) -> dict[str, Any]:
        """The picture as the name that is stored already, or the bytes of a new one."""
        uploaded = self.files.get(PICTURE)
        self.cleaned_data[PICTURE] = "" if self.cleaned_data.get(REMOVE) else self.now[PICTURE]
        if isinstance(uploaded, UploadedFile):
            try:
                self.png = png_of(uploaded.read(), field=PICTURE)
            except DomainError as error:
                self.add_error(PICTURE, error.message)
        return super().clean()

    def values(self) -> Mapping[str, Any]:
        found = dict(super().values())
        if self.png:
            found[PICTURE] = keep(self.png, business_id=self.business_id)
        return found

    def save(self, *, by: Employee, at: datetime) -> list[str]:
        assert_place(by, self.store)
        with write_transaction():
            return super().save(by=by, at=at)

    def look(self, store: Store) -> Look:
        """How a receipt of this store would look with what stands in the form."""
        data = self.cleaned_data
        stamp = as_data(self.png) if self.png else data_of(data[PICTURE])
        return Look(
            header=value("receipt.header", store=store), footer=store.receipt_footer or value("receipt.footer"),
            watermark=data["receipt.watermark_text"] if data["receipt.watermark"] else "",
            stamp=stamp if data["receipt.stamp"] else "",
        )  # fmt: skip

    def picture(self) -> str:
        """What is stored, to show beside the field."""
        return data_of(self.now[PICTURE])
