"""Files as people save them: encodings, separators, decimal marks, workbooks; and nothing that a spreadsheet computes."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smartpos.tabular.encodings import recognise
from smartpos.tabular.numbers import decimal_mark, number
from smartpos.tabular.reading import Layout, TableError, body, header, layout_of
from smartpos.tabular.writing import csv_blocks, safe, unsafe, workbook

BOSNIAN = "Naziv;Cijena\nČaj od nane;2,50\nĆevapi veliki;9,00\nĐuveč;5,00\nŠopska salata;5,00\nŽilavka;4\n"
FRENCH = "Nom;Prix\nCrème brûlée;2,50\nThé à la menthe;3\nPâté de forêt;4\nGarçon;2\n"
GERMAN = "Name;Preis\nGrüner Tee;2,50\nSüßigkeit;3\nKäse;4\n"
BRITISH = "Code,Description\n1,Gift Voucher £10.00\n2,Tea\n"
CZECH = "Název;Cena\nČerná káva;2\nŘízek;3\nŽluťoučký kůň;4\n"
ONE_LETTER = "Name;Price\nTea;2\nCoffee;3\nĆevapi;9\nJuice;3\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(BOSNIAN, code) for code in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "iso8859-2")]
    + [(ONE_LETTER, code) for code in ("utf-8", "cp1250", "iso8859-2")]
    + [
        (CZECH, "cp1250"),
        (CZECH, "iso8859-2"),
        (FRENCH, "cp1252"),
        (GERMAN, "cp1252"),
        (BRITISH, "cp1252"),
        (BRITISH, "utf-8"),
    ],
)
def test_the_encoding_is_recognised_by_what_comes_out(text: str, encoding: str) -> None:
    file = io.BytesIO(text.encode(encoding))
    found = recognise(file)
    assert file.tell() == 0
    assert file.read().decode(found).lstrip("\ufeff") == text


def test_a_letter_outside_the_first_block_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"name,price\n" + b"tea,1\n" * 30_000 + "Đuveč,2\n".encode("cp1250"))
    assert layout_of(path).encoding == "cp1250"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [".", ","])
def test_separator_and_decimal_mark_are_recognised(tmp_path: Path, delimiter: str, mark: str) -> None:
    price = f'"2{mark}50"' if mark == delimiter else f"2{mark}50"
    path = tmp_path / "goods.csv"
    path.write_text(f"name{delimiter}price\n" + f"tea{delimiter}{price}\n" * 5, encoding="utf-8")
    layout = layout_of(path)
    assert (layout.delimiter, layout.mark) == (delimiter, mark)
    assert [row.cells for row in body(path, layout)] == [["tea", f"2{mark}50"]] * 5


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text('name,note\n\ntea,"two\nlines"\ncoffee,one\n', encoding="utf-8")
    layout = layout_of(path)
    assert header(path, layout) == ["name", "note"]
    assert [(row.line, row.cells[0]) for row in body(path, layout)] == [(3, "tea"), (5, "coffee")]


def test_an_open_quotation_mark_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text('name,note\ntea,x\ncoffee,"' + "y" * 200_000, encoding="utf-8")
    with pytest.raises(TableError, match="Line 3"):
        list(body(path, Layout("utf-8", ",", ".")))


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("2.50", ".", "2.5"), ("2,50", ".", "2.5"), ("2,50", ",", "2.5"), ("1.234,50", ".", "1234.5"), ("1,234.50", ",", "1234.5"),
        ("1.234", ".", "1.234"), ("1.234", ",", "1234"), ("1,234", ".", "1234"), ("0.125", ",", "0.125"), ("1.234.567", ".", "1234567"),
        (" 1 234,5 KM", ".", "1234.5"), ("€ 3", ".", "3"), ("1'234.50", ".", "1234.5"), ("-4,20", ",", "-4.2"), (",5", ",", "0.5"),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_are_meant(text: str, mark: str, value: str) -> None:
    assert number(text, mark) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "two", "1e5", "1.2.3,4,5", "1,23,456.7", "--1", "٣", "=1+1", "1" * 50, "NaN", "12,34.56.78"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert number(text, ".") is None


def test_the_mark_is_voted_by_what_is_certain() -> None:
    assert decimal_mark(["1.234", "2,50", "Kafa"]) == ","
    assert decimal_mark(["2.50", "1,234.00"]) == "."
    assert decimal_mark(["5", "1.234", "x"]) is None


@given(st.decimals(min_value=0, max_value=10**8, places=4), st.sampled_from([".", ","]))
def test_what_is_written_is_read(value: Decimal, mark: str) -> None:
    assert number(format(value, "f").replace(".", mark), mark) == value


@given(st.text(st.characters(blacklist_categories=["Cs"]), max_size=20))
def test_no_cell_begins_a_formula_and_ours_come_back(text: str) -> None:
    assert not safe(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    if not text.startswith("'"):
        assert unsafe(safe(text)) == text


def test_a_workbook_holds_text_as_text_and_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "goods.xlsx"
    made = workbook(
        ["Naziv", "Cijena", "Barkod"], [["=1+1", Decimal("2.50"), "0387"], ["Đuveč", Decimal(3), None]], title="Roba"
    )
    path.write_bytes(made.read())
    layout = layout_of(path)
    assert layout.is_workbook
    assert header(path, layout) == ["Naziv", "Cijena", "Barkod"]
    assert [row.cells for row in body(path, layout)] == [["=1+1", "2.5", "0387"], ["Đuveč", "3"]]
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_a_workbook_that_unpacks_into_a_flood_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(420):
                sheet.write(b"\0" * (1 << 20))
    assert path.stat().st_size < 1_000_000
    with pytest.raises(TableError, match="too large"):
        layout_of(path)


def test_csv_is_written_in_blocks_with_a_mark_and_the_asked_decimal_mark() -> None:
    rows = ([f"n{n}", Decimal("1.50")] for n in range(1200))
    blocks = list(csv_blocks(["a", "b"], rows, delimiter=";", mark=","))
    assert len(blocks) == 3
    text = b"".join(blocks).decode("utf-8-sig")
    assert text.splitlines()[:2] == ["a;b", "n0;1,50"]
    assert len(text.splitlines()) == 1201
