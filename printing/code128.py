"""Code 128 (set B): the number of a receipt as bars that every scanner reads."""

from collections.abc import Iterator

# The widths of bars and gaps of each value, from ISO/IEC 15417; the last one is the stop.
_ALL = (
    "212222222122222221121223121322131222122213122312132212221213221312231212112232122132122231113222123122123221223211"
    "221132221231213212223112312131311222321122321221312212322112322211212123212321232121111323131123131321112313132113"
    "132311211313231113231311112133112331132131113123113321133121313121211331231131213113213311213131311123311321331121"
    "312113312311332111314111221411431111111224111422121124121421141122141221112214112412122114122411142112142211241211"
    "221114413111241112134111111242121142121241114212124112124211411212421112421211212141214121412121111143111341131141"
    "114113114311411113411311113141114131311141411131211412211214211232"
)
WIDTHS = [*(_ALL[at : at + 6] for at in range(0, len(_ALL), 6)), "2331112"]
START_B, STOP, MODULO, FIRST = 104, 106, 103, 32
QUIET = 10


def values(text: str) -> list[int]:
    """Start, characters, check and stop. ValueError for what set B has no sign for."""
    own = [ord(letter) - FIRST for letter in text]
    if not own or any(not 0 <= value < 95 for value in own):
        raise ValueError("set B has printable ASCII only")
    check = (START_B + sum(place * value for place, value in enumerate(own, start=1))) % MODULO
    return [START_B, *own, check, STOP]


def bars(text: str) -> Iterator[tuple[int, int]]:
    """Where each bar begins, and how wide it is, in modules; ten modules of quiet on both sides."""
    place = QUIET
    for value in values(text):
        for index, width in enumerate(map(int, WIDTHS[value])):
            if index % 2 == 0:
                yield place, width
            place += width


def width(text: str) -> int:
    """Of the whole picture, in modules."""
    return 2 * QUIET + sum(sum(map(int, WIDTHS[value])) for value in values(text))
