"""Receipt and PDF: watermark, stamp, preview."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from pos.documents import receipt_html, receipt_pdf
from pos.models import Receipt
from smartpos.access.models import SettingFile
from smartpos.context import acting
from tests.backoffice.test_settings_pages import BASICS, GENERAL, read, save, signed_in
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.database]
PAPER = "/backoffice/settings/receipt/"
PREVIEW = "/backoffice/settings/receipt/preview/"


def picture(kind: str = "PNG", size: tuple[int, int] = (40, 40)) -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", size, "red").save(made, kind)
    return SimpleUploadedFile(f"stamp.{kind.lower()}", made.getvalue())


@pytest.fixture
def office(world: World) -> Client:
    return signed_in(world.owner)


def receipt_of(world: World) -> Receipt:
    till = world.till()
    till.open_shift()
    till.post(till.sale([(till.item("ESP"), "1")]))
    return Receipt.everywhere.select_related("store", "business").order_by("-pk")[0]


def html_of(world: World, receipt: Receipt, *, pdf: bool) -> str:
    with acting(business_id=world.business.pk):
        return receipt_html(receipt, pdf=pdf)


@pytest.mark.feature("SET-07")
def test_the_watermark_lies_across_the_pdf_and_never_without_a_word(world: World, office: Client) -> None:
    receipt = receipt_of(world)
    assert save(office, PAPER, {"receipt.watermark": "on", "receipt.watermark_text": " "}).status_code == 422
    assert save(office, PAPER, {"receipt.watermark": "on", "receipt.watermark_text": "COPY"}).status_code == 200
    assert "COPY" in html_of(world, receipt, pdf=True)
    assert "COPY" not in html_of(world, receipt, pdf=False)
    with acting(business_id=world.business.pk):
        assert receipt_pdf(receipt).startswith(b"%PDF")
    save(office, PAPER, {"receipt.watermark_text": "COPY"})
    assert "COPY" not in html_of(world, receipt, pdf=True)


@pytest.mark.feature("SET-08")
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_stamp_is_in_the_foot_of_the_pdf(world: World, office: Client, kind: str) -> None:
    receipt = receipt_of(world)
    assert save(office, PAPER, {"receipt.stamp": "on"}).status_code == 422
    assert save(office, PAPER, {"receipt.stamp": "on", "receipt.stamp_image": picture(kind)}).status_code == 200
    assert SettingFile.everywhere.count() == 1
    assert "data:image/png;base64," in html_of(world, receipt, pdf=True)
    with acting(business_id=world.business.pk):
        assert b"/Image" in receipt_pdf(receipt)
    assert save(office, PAPER, {"receipt.stamp": "on"}).status_code == 200
    assert "data:image" in html_of(world, receipt, pdf=True)
    assert save(office, PAPER, {"remove:receipt.stamp_image": "on"}).status_code == 200
    assert read(world, "receipt.stamp_image") == ""


@pytest.mark.feature("SET-08")
@pytest.mark.parametrize(
    "wrong",
    [
        SimpleUploadedFile("stamp.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        SimpleUploadedFile("stamp.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 50),
        SimpleUploadedFile("stamp.jpg", b"x" * (1024 * 1024 + 1)),
    ],
)
def test_a_file_that_only_says_it_is_a_picture_is_refused(world: World, office: Client, wrong: Any) -> None:
    wrong.seek(0)
    answer = save(office, PAPER, {"receipt.stamp": "on", "receipt.stamp_image": wrong})
    assert answer.status_code == 422
    assert read(world, "receipt.stamp") is False
    assert not SettingFile.everywhere.exists()


def test_gif_and_giants_are_refused(office: Client) -> None:
    for wrong in (picture("GIF"), picture(size=(4001, 10))):
        assert save(office, PAPER, {"receipt.stamp": "on", "receipt.stamp_image": wrong}).status_code == 422


@pytest.mark.feature("SET-09")
def test_the_preview_shows_what_is_not_saved_yet(world: World, office: Client) -> None:
    save(office, GENERAL, {**BASICS, "receipt.header": "Radno vrijeme\n8-20"})
    shown = office.post(
        PREVIEW,
        {"receipt.watermark": "on", "receipt.watermark_text": "DRAFT", "receipt.stamp": "on", "receipt.stamp_image": picture()},
    )
    html = shown.content.decode()
    assert shown.status_code == 200
    for part in ("DRAFT", "data:image/png", "Radno vrijeme", "Hvala!", "Kafana", "9.50"):
        assert part in html
    assert read(world, "receipt.watermark") is False
    assert not SettingFile.everywhere.exists()
    assert office.post(PREVIEW, {"receipt.watermark": "on", "receipt.watermark_text": "x" * 30}).status_code == 422


def test_texts_stand_on_receipts_and_reach_tills(world: World, office: Client) -> None:
    receipt = receipt_of(world)
    save(office, GENERAL, {**BASICS, "receipt.header": "<b>Radno</b> vrijeme"})
    html = html_of(world, receipt, pdf=False)
    assert "&lt;b&gt;Radno&lt;/b&gt; vrijeme" in html
    assert "Hvala!" in html
    assert world.till().snapshot["settings"]["receipt.footer"] == "Hvala!"
