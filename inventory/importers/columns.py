"""What a list may say of goods, and how heads call it, in English and Bosnian."""

from django.utils.translation import gettext_lazy as _

from smartpos.imports.columns import Column

COLUMNS = (
    Column("name", _("Name"), (
        "name", "product name", "product", "item name", "item", "title", "description", "article",
        "naziv", "naziv proizvoda", "naziv artikla", "proizvod", "artikal", "ime", "opis",
    )),
    Column("price", _("Price"), (
        "price", "unit price", "unitprice", "sale price", "selling price", "retail price", "list price",
        "cijena", "prodajna cijena", "mpc", "maloprodajna cijena", "cijena sa pdv", "cena",
    )),
    Column("sku", _("SKU"), (
        "sku", "code", "product code", "item code", "stock code", "stockcode", "article number", "item number", "reference",
        "sifra", "sifra artikla", "sifra proizvoda", "oznaka", "kod",
    )),
    Column("barcode", _("Barcode"), ("barcode", "bar code", "ean", "ean13", "gtin", "upc", "barkod", "bar kod", "bar-kod")),
    Column("category", _("Category"), (
        "category", "group", "department", "product category", "kategorija", "grupa", "vrsta", "odjel",
    )),
    Column("cost", _("Cost price"), (
        "cost", "cost price", "purchase price", "buying price", "nabavna cijena", "nabavna", "nc", "nabavna cijena bez pdv",
    )),
    Column("variant", _("Variant"), ("variant", "variant name", "size", "option", "varijanta", "velicina", "izvedba")),
    Column("unit", _("Unit"), ("unit", "uom", "unit of measure", "measure", "jedinica", "jedinica mjere", "jm", "mjera")),
)  # fmt: skip
