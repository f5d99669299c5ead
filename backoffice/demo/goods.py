"""What the demo sells: category, colour, and (name, price, unit, barcode)."""

GOODS = {
    ("Topli napici", "orange"): [
        ("Bosanska kafa", "2.50"), ("Espresso", "2.00"), ("Cappuccino", "3.00"), ("Čaj od nane", "2.50"),
        ("Topla čokolada", "4.00"),
    ],
    ("Hladni napici", "blue"): [
        ("Mineralna voda 0,25", "2.00"), ("Cijeđena narandža", "5.00"), ("Limunada", "3.50"), ("Cola 0,25", "3.00"),
        ("Ledeni čaj", "3.50"), ("Jogurt 0,2", "1.50"),
    ],
    ("Roštilj", "red"): [
        ("Ćevapi mali", "6.00"), ("Ćevapi veliki", "9.00"), ("Pljeskavica", "7.50"), ("Pljeskavica sa kajmakom", "9.00"),
        ("Sudžukice", "8.00"), ("Pileći ražnjići", "9.50"),
    ],
    ("Pite", "amber"): [("Burek", "5.00"), ("Sirnica", "4.50"), ("Zeljanica", "4.50"), ("Krompiruša", "4.00")],
    ("Salate", "green"): [("Šopska salata", "5.00"), ("Ajvar", "3.00"), ("Kajmak", "3.50"), ("Mješana salata", "4.50")],
    ("Deserti", "pink"): [
        ("Baklava", "4.00"), ("Tufahija", "4.50"), ("Hurmašice", "3.50"), ("Palačinke Nutella", "5.00"),
        ("Sladoled kugla", "2.00"),
    ],
    ("Trgovina", "teal"): [
        ("Med kesten 450 g", "14.90"), ("Pekmez od šljiva", "7.80"), ("Domaći ajvar 720 g", "9.90"),
        ("Kafa mljevena 200 g", "6.40"),
        ("Rahat lokum", "5.50"), ("Džezva bakarna", "24.00"), ("Magnet Stari most", "5.00"), ("Razglednica", "1.00"),
        ("Čarape vunene", "12.00"), ("Trapist sir", "16.50"),
    ],
}  # fmt: skip
# Sold by weight; everything else by the piece.
BY_WEIGHT = {"Trapist sir"}

PEOPLE = (
    ("Amra Hadžić", "owner", "amra"), ("Damir Kovač", "manager", "damir"), ("Lejla Begić", "cashier", ""),
    ("Tarik Mujić", "employee", ""), ("Sanja Perić", "waiter", ""),
)  # fmt: skip


def barcode(number: int) -> str:
    """An EAN-13 of the numbers for use within a shop (prefix 2), with its check digit."""
    digits = f"2{number:011d}"
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-weighted % 10}"
