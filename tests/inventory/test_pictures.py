"""Pictures: only real ones come in, only pixels come out, and nobody else's can be used."""

import io
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from inventory.models import Product
from inventory.services.products import create_product, update_product
from inventory.types import ProductDetails, VariantInput
from smartpos.context import acting
from smartpos.errors import DomainError
from smartpos.media import images
from smartpos.media.models import Picture
from smartpos.media.services import path_of, put_picture, sweep
from smartpos.people.models import Employee
from tests.world import AT, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_DIR = tmp_path


def file(kind: str = "JPEG", size: tuple[int, int] = (900, 600), **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 100, 50)).save(out, kind, **more)
    return out.getvalue()


def put(office: Client, data: bytes, name: str = "a.jpg", kind: str = "image/jpeg") -> Any:
    return office.post("/backoffice/products/pictures/", {"file": SimpleUploadedFile(name, data, content_type=kind)})


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_anew_in_two_sizes_and_served_for_ever(office: Client, world: World, kind: str) -> None:
    key = put(office, file(kind)).json()["key"]
    answer = Client().get(f"/media/{key}-small.webp")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    picture = Image.open(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    assert (picture.format, max(picture.size)) == ("WEBP", 320)


def test_nothing_that_a_file_carries_besides_pixels_survives(office: Client, world: World) -> None:
    exif = Image.Exif()
    exif[0x010E] = "<script>alert(1)</script> at 43.85 N"
    key = put(office, file(exif=exif) + b"<?php echo 1 ?>").json()["key"]
    for size in images.SIZES:
        data = path_of(key, size).read_bytes()
        assert b"script" not in data
        assert b"php" not in data
        assert not Image.open(io.BytesIO(data)).getexif()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + b"\x00" * 50,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"\x89PNG\r\n\x1a\n broken",
        file()[:400],
    ],
    ids=["empty", "gif", "svg", "broken", "cut off"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(office: Client, world: World, data: bytes) -> None:
    answer = put(office, data)
    assert answer.status_code == 422
    assert "PNG, JPEG" in answer.json()["message"]
    with acting(business_id=world.business.pk):
        assert not Picture.objects.exists()


def test_too_many_bytes_and_too_many_points_are_refused(office: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert put(office, b"\xff\xd8" + b"0" * images.MOST_BYTES).status_code == 422
    monkeypatch.setattr(images, "MOST_PIXELS", 1000)
    assert put(office, file()).status_code == 422


def test_a_picture_with_its_turn_written_inside_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert images.make(file(size=(900, 600), exif=exif)).height == 900


@pytest.mark.parametrize("path", ["../../etc/passwd-small", "x-small", f"{'a' * 32}-huge", f"{'a' * 32}-small"])
def test_no_other_path_is_served(world: World, path: str) -> None:
    assert Client().get(f"/media/{path}.webp").status_code == 404


def shown(by: dict[str, Any], world: World, key: str) -> Product:
    return create_product(
        name="Pictured", category=None, tax_profile=world.standard, price=Decimal(1), variants=[VariantInput()],
        details=ProductDetails(picture=key), **by,
    )  # fmt: skip


def test_a_removed_picture_goes_when_nobody_shows_it(
    world: World, by: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:  # fmt: skip
    key = put_picture(images.make(file()), at=AT).key
    first, second = shown(by, world, key), shown(by, world, key)
    for product, there in ((first, True), (second, False)):
        variant = product.variants.get()
        with django_capture_on_commit_callbacks(execute=True):
            update_product(
                product, name=product.name, category=None, tax_profile=world.standard, price=Decimal(1),
                variants=[VariantInput(uuid=variant.uuid)], details=ProductDetails(), **by,
            )  # fmt: skip
        assert path_of(key, "small").exists() is there
        assert Picture.objects.filter(key=key).exists() is there


def test_what_was_put_up_and_never_saved_goes_after_a_day(
    world: World, other_world: World, by: dict[str, Any], django_capture_on_commit_callbacks: Any
) -> None:
    made = images.make(file())
    saved, given_up, fresh = (put_picture(made, at=at).key for at in (AT, AT, AT + timedelta(hours=2)))
    product = shown(by, world, saved)
    with acting(business_id=other_world.business.pk):
        theirs = put_picture(made, at=AT).key
    with django_capture_on_commit_callbacks(execute=True):
        assert sweep(AT + timedelta(hours=25)) == "2 pictures"
    assert {key for key in (saved, given_up, fresh, theirs) if path_of(key, "small").exists()} == {saved, fresh}
    assert set(Picture.everywhere.values_list("key", flat=True)) == {saved, fresh}
    with acting(business_id=world.business.pk, actor_id=world.owner.pk), pytest.raises(DomainError) as late:
        update_product(
            product, name=product.name, category=None, tax_profile=world.standard, price=Decimal(1),
            variants=[VariantInput(uuid=product.variants.get().uuid)], details=ProductDetails(picture=given_up), **by,
        )  # fmt: skip
    assert late.value.field == "picture"
    assert sweep(AT + timedelta(hours=25)) == "0 pictures"


def test_another_tenants_picture_cannot_be_used(office: Client, world: World, other_world: World) -> None:
    with acting(business_id=other_world.business.pk, actor_id=other_world.owner.pk):
        key = put_picture(images.make(file()), at=AT).key
    with acting(business_id=world.business.pk):
        unit = Product.objects.first().unit
    form = {
        "uuid": "01934b7e-0000-7000-8000-000000000009", "name": "Thief", "price": "1", "unit": str(unit.uuid), "picture": key,
        "tax_profile": str(world.standard.uuid), "variants-count": "1", "variants-0-tracked": "on",
    }  # fmt: skip
    answer = office.post("/backoffice/products/new/", form)
    assert answer.status_code == 422
    assert "not there any more" in answer.content.decode()


def test_putting_up_needs_the_right(client: Client, world: World) -> None:
    assert put(client, file()).status_code == 302
    assert Employee.everywhere.exists()
