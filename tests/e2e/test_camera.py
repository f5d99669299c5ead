"""Scanning with the device's camera: a picture of a barcode before a camera that Chromium pretends to have."""

import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserType, Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import CHROMIUM_ARGS, Product
from tests.e2e.test_line import COFFEE

pytestmark = [pytest.mark.e2e]
FRAMES = 30
SIZE = (640, 480)
GREY = (205, 205, 200)
# EAN-13: the bars of a digit on the left (the other parity is its mirror, negative), and which parity the first digit takes.
BARS = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011")
PARITY = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")
NEGATIVE = str.maketrans("01", "10")


def modules(code: str) -> str:
    """The bars of an EAN-13, dark is 1."""
    left = [
        BARS[int(digit)] if parity == "L" else BARS[int(digit)].translate(NEGATIVE)[::-1]
        for digit, parity in zip(code[1:7], PARITY[int(code[0])], strict=True)
    ]
    right = [BARS[int(digit)].translate(NEGATIVE) for digit in code[7:]]
    return "101" + "".join(left) + "01010" + "".join(right) + "101"


def drawn_as(code: str) -> Image.Image:
    """The bars with their quiet zones."""
    bars = f"{'0' * 11}{modules(code)}{'0' * 11}"
    picture = Image.new("L", (len(bars), 1))
    picture.putdata([0 if bar == "1" else 255 for bar in bars])
    return picture.resize((len(bars) * 6, 260), Image.Resampling.NEAREST).convert("RGB")


def film(path: Path, code: str) -> Path:
    """A barcode held at a slant, as a film of JPEG pictures."""
    drawn = drawn_as(code)
    small = drawn.resize((380, drawn.height * 380 // drawn.width)).rotate(12, expand=True, fillcolor=GREY)
    frame = Image.new("RGB", SIZE, GREY)
    frame.paste(small, ((SIZE[0] - small.width) // 2, (SIZE[1] - small.height) // 2))
    picture = io.BytesIO()
    frame.save(picture, "JPEG", quality=80)
    path.write_bytes(picture.getvalue() * FRAMES)
    return path


@pytest.fixture
def maker(chromium: Browser) -> BrowserType:
    """Starts browsers with a camera, or without."""
    return chromium.browser_type


def with_camera(maker: BrowserType, product: Product, *more: str) -> Iterator[Page]:
    """A browser at the demo that has the camera of these switches."""
    path = os.environ.get("SMARTPOS_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    browser = maker.launch(executable_path=path, args=[*CHROMIUM_ARGS, *more])
    context = browser.new_context(base_url=product.url, locale="en-GB")
    context.add_cookies([{"name": "smartpos_language", "value": "en", "url": product.url}])
    yield context.new_page()
    browser.close()


@pytest.mark.feature("POS-05")
def test_a_barcode_before_the_camera_is_sold_once_a_glance_and_without_one_it_is_typed(
    maker: BrowserType, product: Product, tmp_path: Path
) -> None:
    seen = film(tmp_path / "camera.mjpeg", COFFEE)
    fake = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={seen}")
    for page in with_camera(maker, product, *fake):
        enrol_and_sign_in(page, product)
        page.locator("#camera").click()
        expect(page.locator("#lines .line")).to_have_count(1, timeout=15_000)
        page.wait_for_timeout(3_000)
        expect(page.locator("#lines .line__quantity")).to_have_text("1")
        page.keyboard.press("Escape")
        expect(page.locator("dialog[data-sheet=camera]")).to_have_count(0)
    for page in with_camera(maker, product):
        enrol_and_sign_in(page, product)
        page.locator("#camera").click()
        sheet = page.locator("dialog[data-sheet=camera]")
        expect(sheet.locator(".banner--warn")).not_to_be_empty()
        sheet.locator("#camera-code").fill(COFFEE)
        page.keyboard.press("Enter")
        expect(page.locator("#lines .line")).to_have_count(1)
