"""Pictures of the demo's goods, drawn here: a plain object on its category's tint, varied a little from name to name."""

import colorsys
import zlib
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

SIZE, SCALE = 320, 2
HUES = 6
EATEN = {"bowl", "pot", "cake", "pie", "salad", "egg", "sweet"}
TINTS = {
    "slate": "#e5e9ef", "red": "#fde4e2", "orange": "#ffe9d2", "amber": "#fff3c4", "green": "#ddf4e0", "teal": "#d3f3ef",
    "blue": "#dfebff", "indigo": "#e7e6ff", "purple": "#f2e4fd", "pink": "#fde3f0",
}  # fmt: skip
WHITE, CREAM, SHADE, INK = "#ffffff", "#fff6e6", "#00000018", "#3b3f4a"
CRUST, CRUMB, COPPER, LEAF, EARTH = "#c98a45", "#f0c98a", "#b8733a", "#4d9a57", "#8a5a33"


class Canvas:
    """A drawing in hundredths of the picture, so that shapes read as sizes."""

    def __init__(self, background: str, accent: str) -> None:
        side = SIZE * SCALE
        self.image = Image.new("RGB", (side, side), background)
        self.pen = ImageDraw.Draw(self.image, "RGBA")
        self.accent = accent

    def _at(self, points: Sequence[float]) -> list[float]:
        return [point * SIZE * SCALE / 100 for point in points]

    def disc(self, x: float, y: float, rx: float, ry: float, colour: str) -> None:
        """An ellipse around a point."""
        self.pen.ellipse(self._at([x - rx, y - ry, x + rx, y + ry]), fill=colour)

    def slice(self, x: float, y: float, rx: float, ry: float, start: int, end: int, colour: str) -> None:  # noqa: PLR0917 - coordinates
        """A part of an ellipse between two angles."""
        self.pen.pieslice(self._at([x - rx, y - ry, x + rx, y + ry]), start, end, fill=colour)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str, radius: float = 3) -> None:  # noqa: PLR0917 - coordinates
        """A rectangle with round corners."""
        self.pen.rounded_rectangle(self._at([left, top, right, bottom]), radius * SIZE * SCALE / 100, fill=colour)

    def shape(self, *points: float, colour: str) -> None:
        """A polygon."""
        self.pen.polygon(self._at(points), fill=colour)

    def line(self, *points: float, colour: str, width: float = 2) -> None:
        """A stroke."""
        self.pen.line(self._at(points), fill=colour, width=int(width * SIZE * SCALE / 100), joint="curve")

    def shadow(self, y: float = 80, rx: float = 30) -> None:
        """What the thing stands on."""
        self.disc(50, y, rx, 4, SHADE)


def bread(c: Canvas) -> None:
    c.shadow()
    c.disc(50, 58, 34, 22, CRUST)
    c.disc(50, 55, 30, 17, CRUMB)
    for x in (36, 50, 64):
        c.line(x - 4, 62, x + 6, 48, colour=CRUST, width=3)


def milk(c: Canvas) -> None:
    c.shadow(rx=22)
    c.shape(34, 38, 50, 24, 66, 38, colour="#d9e2ee")
    c.box(34, 36, 66, 80, WHITE)
    c.box(34, 52, 66, 68, c.accent, 0)
    c.box(45, 20, 55, 28, c.accent)


def cheese(c: Canvas) -> None:
    c.shadow(76, 36)
    c.shape(16, 60, 62, 34, 84, 50, 84, 72, 16, 72, colour="#f2c14e")
    c.shape(16, 60, 62, 34, 84, 50, 84, 54, colour="#f8dc8c")
    for x, y, r in ((36, 66, 4), (56, 63, 5), (72, 66, 3), (60, 46, 3)):
        c.disc(x, y, r, r, "#d99f2b")


def apple(c: Canvas) -> None:
    c.shadow()
    c.disc(42, 56, 21, 24, c.accent)
    c.disc(58, 56, 21, 24, c.accent)
    c.line(50, 38, 53, 22, colour=EARTH, width=3)
    c.disc(62, 28, 10, 5, LEAF)
    c.disc(38, 48, 5, 8, "#ffffff60")


def bottle(c: Canvas) -> None:
    c.shadow(86, 18)
    c.box(44, 14, 56, 34, c.accent)
    c.box(36, 30, 64, 86, c.accent, 8)
    c.box(36, 50, 64, 68, WHITE, 0)
    c.box(43, 10, 57, 18, INK, 2)


def coffee(c: Canvas) -> None:
    c.disc(50, 78, 34, 6, WHITE)
    c.disc(68, 56, 12, 12, WHITE)
    c.disc(68, 56, 6, 6, c.accent + "40")
    c.box(28, 42, 68, 76, WHITE, 12)
    c.disc(48, 43, 20, 6, "#6b4226")
    for x in (40, 50):
        c.line(x, 34, x + 3, 28, x, 22, colour="#ffffffcc", width=2)


def jar(c: Canvas) -> None:
    c.shadow(84, 24)
    c.box(30, 30, 70, 84, c.accent, 7)
    c.box(33, 18, 67, 31, INK, 3)
    c.box(30, 46, 70, 70, CREAM, 0)
    c.line(38, 54, 62, 54, colour=INK, width=2)
    c.line(42, 61, 58, 61, colour=INK, width=1.4)


def sweet(c: Canvas) -> None:
    c.shadow(74)
    c.shape(12, 40, 28, 52, 12, 64, colour=c.accent)
    c.shape(88, 40, 72, 52, 88, 64, colour=c.accent)
    c.box(24, 34, 76, 70, c.accent, 12)
    for x in (36, 50, 64):
        c.line(x - 5, 68, x + 5, 36, colour="#ffffff90", width=4)


def soap(c: Canvas) -> None:
    c.shadow(86, 20)
    c.box(34, 34, 66, 86, c.accent, 8)
    c.box(44, 22, 56, 36, WHITE)
    c.box(36, 16, 56, 24, WHITE)
    c.disc(50, 60, 10, 10, "#ffffffb0")


def gift(c: Canvas) -> None:
    c.shadow(84, 32)
    c.box(24, 44, 76, 84, c.accent)
    c.box(20, 34, 80, 48, c.accent)
    c.box(20, 46, 80, 48, SHADE, 0)
    c.box(46, 34, 54, 84, CREAM, 0)
    c.disc(41, 28, 9, 6, CREAM)
    c.disc(59, 28, 9, 6, CREAM)


def book(c: Canvas) -> None:
    c.shadow(82, 30)
    c.box(26, 20, 74, 80, c.accent)
    c.box(26, 20, 33, 80, "#00000030", 2)
    c.box(42, 32, 66, 46, CREAM, 1)


def snow(c: Canvas) -> None:
    for points in ((50, 18, 50, 82), (22, 34, 78, 66), (22, 66, 78, 34)):
        c.line(*points, colour=c.accent, width=4)
    for x, y in ((50, 18), (50, 82), (22, 34), (78, 66), (22, 66), (78, 34)):
        c.disc(x, y, 5, 5, c.accent)
    c.disc(50, 50, 8, 8, WHITE)


def toy(c: Canvas) -> None:
    c.shadow(84)
    c.disc(50, 52, 31, 31, c.accent)
    c.slice(50, 52, 31, 31, -60, 0, CREAM)
    c.slice(50, 52, 31, 31, 120, 180, CREAM)
    c.disc(50, 52, 8, 8, WHITE)


def tool(c: Canvas) -> None:
    c.shadow(82, 26)
    c.box(26, 40, 74, 82, c.accent, 5)
    c.line(36, 40, 36, 28, 64, 28, 64, 40, colour=INK, width=4)
    c.box(44, 52, 56, 60, CREAM, 2)


def glass(c: Canvas) -> None:
    c.shadow(84, 20)
    c.shape(30, 22, 70, 22, 63, 84, 37, 84, colour="#ffffffc0")
    c.shape(32, 38, 68, 38, 63, 82, 37, 82, colour=c.accent)
    c.line(58, 12, 50, 74, colour=INK, width=2)
    c.disc(69, 24, 8, 8, "#f4d35e")


def _plate(c: Canvas) -> None:
    c.disc(50, 62, 40, 22, "#ffffff")
    c.disc(50, 60, 31, 15, "#f1f3f6")


def bowl(c: Canvas) -> None:
    c.shadow(84, 26)
    c.slice(50, 51, 32, 33, 0, 180, WHITE)
    c.disc(50, 51, 32, 10, "#e4e8ee")
    c.disc(50, 51, 28, 8, c.accent)
    c.disc(44, 50, 3, 2, LEAF)
    c.disc(57, 52, 3, 2, LEAF)


def grill(c: Canvas) -> None:
    _plate(c)
    for x in (32, 45, 58, 71):
        c.box(x - 4.5, 44, x + 4.5, 70, "#7b4527", 4.5)
        c.line(x - 3, 54, x + 3, 51, colour="#4e2a16", width=1.4)
        c.line(x - 3, 62, x + 3, 59, colour="#4e2a16", width=1.4)
    c.disc(50, 75, 9, 3, "#fbfbf5")


def pot(c: Canvas) -> None:
    c.shadow(84, 28)
    c.box(22, 42, 78, 82, COPPER, 10)
    c.box(12, 50, 24, 56, COPPER)
    c.box(76, 50, 88, 56, COPPER)
    c.disc(50, 42, 30, 9, c.accent)
    c.disc(43, 41, 4, 2, LEAF)
    c.disc(58, 43, 4, 2, CREAM)


def pie(c: Canvas) -> None:
    _plate(c)
    for radius, colour in ((25, CRUST), (21, CRUMB), (16, CRUST), (12, CRUMB), (7, CRUST), (3, c.accent)):
        c.disc(50, 56, radius, radius * 0.62, colour)


def salad(c: Canvas) -> None:
    c.shadow(84, 26)
    for x, y, colour in ((34, 44, LEAF), (50, 38, "#6fb36b"), (66, 44, LEAF), (42, 40, c.accent), (60, 40, "#d9483b")):
        c.disc(x, y, 13, 11, colour)
    c.slice(50, 51, 32, 33, 0, 180, WHITE)
    c.disc(50, 36, 8, 5, "#fbfbf5")


def egg(c: Canvas) -> None:
    _plate(c)
    c.disc(44, 56, 20, 12, "#fffdf5")
    c.disc(60, 60, 15, 9, "#fffdf5")
    c.disc(46, 55, 8, 6, "#f6b93b")
    c.disc(70, 52, 7, 5, c.accent)


def cake(c: Canvas) -> None:
    _plate(c)
    c.shape(28, 46, 66, 34, 74, 44, 36, 58, colour=c.accent)
    c.shape(28, 46, 36, 58, 36, 72, 28, 60, colour=CRUST)
    c.shape(36, 58, 74, 44, 74, 58, 36, 72, colour=CRUMB)
    c.line(36, 65, 74, 51, colour=CREAM, width=2.4)
    c.disc(52, 42, 4, 3, "#d9483b")


DRAWINGS: dict[str, Callable[[Canvas], None]] = {
    function.__name__: function
    for function in (
        bread, milk, cheese, apple, bottle, coffee, jar, sweet, soap, gift, book, snow, toy, tool, glass, bowl, grill, pot, pie,
        salad, egg, cake,
    )
}  # fmt: skip


def picture(kind: str, colour: str, name: str) -> bytes:
    """A PNG of the thing; the same name gives the same picture."""
    return _drawn(kind, colour, zlib.crc32(name.encode()) % HUES)


@cache
def _drawn(kind: str, colour: str, hue: int) -> bytes:
    """What is eaten stays between red and yellow; the rest goes round the wheel."""
    turn = (0.02 + 0.14 * hue / HUES) if kind in EATEN else hue / HUES
    accent = "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(turn, 0.52, 0.55))
    canvas = Canvas(TINTS[colour], accent)
    DRAWINGS[kind](canvas)
    buffer = BytesIO()
    canvas.image.resize((SIZE, SIZE), Image.Resampling.BOX).save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()
