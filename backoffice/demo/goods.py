"""What the demo's shop sells: category, colour and picture, then «name, price, cost» by line; `kg` behind a price sells by weight."""

from dataclasses import dataclass
from decimal import Decimal

STANDARD, REDUCED, ZERO = "standard", "reduced", "zero"


@dataclass(frozen=True, slots=True)
class Shelf:
    """A category with its goods; `parent` names the category above it."""

    name: str
    colour: str
    picture: str
    goods: str
    parent: str = ""
    rate: str = STANDARD
    stocked: bool = True


@dataclass(frozen=True, slots=True)
class Good:
    """One line of a shelf. Sizes (name and price) make variants."""

    name: str
    price: Decimal
    cost: Decimal
    by_weight: bool
    sizes: tuple[tuple[str, Decimal], ...] = ()


def goods_of(shelf: Shelf) -> list[Good]:
    """The goods of a shelf, as its text says them."""
    return [_good(line) for line in shelf.goods.strip().splitlines()]


def _good(line: str) -> Good:
    name, price, cost, *sizes = (part.strip() for part in line.split("|"))
    by_weight = price.endswith(" kg")
    pairs = tuple((size.rpartition(" ")[0], Decimal(size.rpartition(" ")[2])) for size in sizes)
    return Good(name, Decimal(price.removesuffix(" kg")), Decimal(cost), by_weight, pairs)


def barcode(number: int) -> str:
    """An EAN-13 of the country's numbers (387), with its check digit."""
    digits = f"387{number:09d}"
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits))
    return f"{digits}{-weighted % 10}"


SHOP = (
    Shelf("Za van", "orange", "coffee", """
        Kafa za van | 2.50 | 0.70
        Čaj za van | 2.00 | 0.40
        Sendvič sir | 4.50 | 1.80
        Sendvič piletina | 5.50 | 2.30
        Voćni šejk | 4.80 | 1.70
    """),
    Shelf("Hljeb i peciva", "amber", "bread", """
        Hljeb bijeli 500 g | 1.80 | 1.10
        Hljeb raženi 500 g | 2.60 | 1.60
        Hljeb integralni 400 g | 2.90 | 1.75
        Somun | 0.80 | 0.45
        Lepinja velika | 1.20 | 0.70
        Kifla | 0.70 | 0.38
        Pogačica sa sirom | 1.30 | 0.75
        Đevrek sa susamom | 1.00 | 0.55
        Perec | 1.10 | 0.60
        Kroasan s čokoladom | 1.60 | 0.90
        Tost hljeb 500 g | 2.40 | 1.50
        Prezle 500 g | 1.70 | 0.95
    """),
    Shelf("Mlijeko i jaja", "blue", "milk", """
        Mlijeko 2,8 % 1 l | 2.10 | 1.55
        Mlijeko 3,2 % 1 l | 2.30 | 1.70
        Mlijeko bez laktoze 1 l | 3.10 | 2.30
        Jogurt 2,8 % 1 kg | 2.40 | 1.70
        Jogurt čaša 180 g | 0.90 | 0.55
        Kefir 500 g | 1.90 | 1.25
        Pavlaka 20 % 400 g | 2.20 | 1.50
        Kiselo vrhnje 700 g | 3.60 | 2.60
        Maslac 250 g | 5.40 | 4.10
        Mliječni namaz 150 g | 2.30 | 1.50
        Jaja 10 komada | 4.20 | 3.10
        Jaja 30 komada | 11.50 | 8.80
        Puding čokolada 125 g | 1.10 | 0.65
    """),
    Shelf("Sir i suhomesnato", "red", "cheese", """
        Travnički sir | 17.90 kg | 12.40
        Livanjski sir | 29.90 kg | 21.50
        Trapist sir | 16.50 kg | 11.80
        Gauda rezana | 18.90 kg | 13.20
        Mladi kravlji sir | 9.80 kg | 6.90
        Kajmak mladi | 21.00 kg | 15.00
        Sudžuka domaća | 27.50 kg | 19.60
        Goveđa pečenica | 38.00 kg | 28.00
        Suho meso stelja | 34.50 kg | 25.50
        Pileća prsa delikates | 17.20 kg | 12.00
        Pašteta kokošja 100 g | 1.60 | 0.95
        Pašteta tuna 95 g | 2.20 | 1.40
    """),
    Shelf("Voće i povrće", "green", "apple", """
        Jabuke domaće | 2.20 kg | 1.30
        Kruške | 3.40 kg | 2.10
        Banane | 2.90 kg | 2.00
        Narandže | 2.60 kg | 1.70
        Limun | 3.80 kg | 2.50
        Grožđe bijelo | 4.60 kg | 3.00
        Šljive | 2.80 kg | 1.60
        Paradajz | 3.60 kg | 2.30
        Krastavac | 2.90 kg | 1.80
        Paprika crvena | 3.90 kg | 2.50
        Krompir | 1.40 kg | 0.80
        Luk crveni | 1.50 kg | 0.85
        Bijeli luk | 9.50 kg | 6.20
        Kupus | 1.20 kg | 0.60
        Mrkva | 1.60 kg | 0.95
        Šampinjoni 400 g | 3.20 | 2.10
    """),
    Shelf("Pića", "teal", "bottle", """
        Mineralna voda 1,5 l | 1.30 | 0.80
        Izvorska voda 0,5 l | 0.90 | 0.50
        Izvorska voda 6 × 1,5 l | 5.90 | 4.10
        Sok jabuka 1 l | 2.90 | 1.90
        Sok narandža 1 l | 3.10 | 2.00
        Sok borovnica 0,75 l | 7.80 | 5.30
        Cola 0,5 l | 1.90 | 1.20
        Cola 2 l | 3.70 | 2.60
        Tonik 0,75 l | 2.40 | 1.50
        Ledeni čaj breskva 1,5 l | 2.80 | 1.80
        Sirup zova 0,7 l | 6.20 | 4.00
        Energetsko piće 0,25 l | 2.20 | 1.40
        Pivo bezalkoholno 0,5 l | 2.10 | 1.40
        Sok višnja 0,2 l | 1.20 | 0.70
        Boza 1 l | 3.50 | 2.20
    """),
    Shelf("Kafa i čaj", "orange", "coffee", """
        Kafa mljevena 100 g | 3.40 | 2.40
        Kafa mljevena 200 g | 6.40 | 4.60
        Kafa mljevena 500 g | 14.90 | 11.00
        Kafa u zrnu 1 kg | 32.00 | 23.50
        Espresso kapsule 10 komada | 7.90 | 5.40
        Instant kafa 100 g | 8.60 | 6.00
        Kafa bez kofeina 200 g | 8.20 | 5.90
        Čaj od nane 20 vrećica | 2.60 | 1.60
        Čaj šipak 20 vrećica | 2.60 | 1.60
        Planinski čaj 50 g | 4.80 | 3.00
        Crni čaj 25 vrećica | 3.90 | 2.50
        Salep 100 g | 9.50 | 6.80
        Kakao 200 g | 4.60 | 3.00
    """),
    Shelf("Ostava", "slate", "jar", """
        Brašno T-500 1 kg | 1.60 | 1.05
        Brašno T-500 5 kg | 7.40 | 5.30
        Kukuruzno brašno 1 kg | 2.20 | 1.40
        Šećer 1 kg | 2.30 | 1.75
        So 1 kg | 0.90 | 0.50
        Riža 1 kg | 3.40 | 2.30
        Makaroni 500 g | 1.80 | 1.10
        Špageti 500 g | 1.90 | 1.15
        Jufka za pitu 500 g | 3.20 | 2.10
        Suncokretovo ulje 1 l | 3.60 | 2.80
        Maslinovo ulje 0,5 l | 14.50 | 10.60
        Sirće jabukovo 1 l | 2.90 | 1.80
        Pasulj 1 kg | 5.20 | 3.60
        Leća 500 g | 3.30 | 2.20
        Grašak konzerva 400 g | 2.10 | 1.35
        Paradajz pasata 500 g | 2.60 | 1.70
        Ajvar domaći 720 g | 9.90 | 6.80
        Kiseli krastavci 670 g | 4.40 | 2.90
        Tuna u ulju 160 g | 4.10 | 2.80
        Začin biljni 200 g | 3.20 | 2.00
        Biber mljeveni 50 g | 2.40 | 1.40
        Aleva paprika 100 g | 2.80 | 1.70
        Kvasac 42 g | 0.60 | 0.35
    """),
    Shelf("Slatko i grickalice", "pink", "sweet", """
        Čokolada mliječna 100 g | 2.60 | 1.70
        Čokolada za kuhanje 200 g | 4.20 | 2.90
        Napolitanke 250 g | 3.10 | 2.00
        Keks s kakaom 250 g | 2.70 | 1.75
        Petit keks 400 g | 3.30 | 2.20
        Krem namaz 400 g | 5.60 | 3.90
        Pekmez od šljiva 370 g | 7.80 | 5.10
        Med kesten 450 g | 14.90 | 10.80
        Med livada 900 g | 22.00 | 16.20
        Rahat lokum 500 g | 5.50 | 3.60
        Halva 250 g | 6.20 | 4.20
        Baklava kutija 500 g | 16.00 | 10.90
        Čips slani 150 g | 3.20 | 2.10
        Štapići slani 100 g | 1.20 | 0.70
        Kikiriki 200 g | 3.40 | 2.20
        Badem pečeni 100 g | 5.10 | 3.60
        Suhe smokve 250 g | 5.90 | 4.10
        Žvakaća guma | 1.10 | 0.65
    """),
    Shelf("Dom i higijena", "indigo", "soap", """
        Sapun 100 g | 1.40 | 0.80
        Šampon 400 ml | 6.50 | 4.40
        Gel za tuširanje 250 ml | 4.20 | 2.80
        Pasta za zube 75 ml | 4.30 | 2.90
        Četkica za zube | 3.20 | 1.90
        Deterdžent za suđe 900 ml | 4.40 | 2.90
        Prašak za veš 3 kg | 14.90 | 10.90
        Omekšivač 1,5 l | 7.20 | 5.00
        Toalet papir 10 rola | 7.80 | 5.60
        Papirni ubrus 2 role | 3.60 | 2.40
        Maramice 10 × 10 | 2.40 | 1.50
        Vreće za smeće 20 komada | 2.90 | 1.80
        Sredstvo za podove 1 l | 4.60 | 3.00
        Spužve 5 komada | 2.20 | 1.20
        Svijeće 4 komada | 3.40 | 2.10
        Baterije AA 4 komada | 6.20 | 4.00
    """),
    Shelf("Pokloni i suveniri", "purple", "gift", """
        Džezva bakarna | 24.00 | 14.50 | mala 24.00 | srednja 32.00 | velika 42.00
        Fildžan ručni rad | 9.00 | 5.20
        Set za kafu | 65.00 | 41.00
        Ibrik mesing | 58.00 | 36.00
        Mlin za kafu mesing | 72.00 | 46.00
        Magnet Stari most | 5.00 | 1.90
        Magnet Sebilj | 5.00 | 1.90
        Razglednica | 1.00 | 0.25
        Privjesak Sarajevo | 6.00 | 2.20
        Šolja Sarajevo | 12.00 | 5.60
        Ćilim mali | 85.00 | 52.00
        Čarape vunene | 12.00 | 6.80 | S 12.00 | M 12.00 | L 13.00
        Šal vuneni | 38.00 | 22.00
        Majica Sarajevo | 25.00 | 11.00 | S 25.00 | M 25.00 | L 25.00 | XL 27.00
        Torba platnena | 15.00 | 6.40
        Kutija za nakit | 34.00 | 20.00
        Slika Baščaršija | 45.00 | 24.00
        Kalendar zidni | 14.00 | 6.00
    """),
    Shelf("Novine i knjige", "slate", "book", """
        Dnevne novine | 1.50 | 1.15
        Sedmični magazin | 4.50 | 3.50
        Križaljke | 2.20 | 1.60
        Kuharica bosanska | 28.00 | 18.50
        Vodič kroz Sarajevo | 22.00 | 14.00
        Roman domaći | 24.00 | 16.00
        Dječija slikovnica | 12.00 | 7.80
        Sveska A5 | 1.80 | 0.95
        Hemijska olovka | 1.20 | 0.55
    """, rate=REDUCED),
    Shelf("Smrznuto", "blue", "snow", """
        Grašak smrznuti 450 g | 2.90 | 1.90
        Pomfrit smrznuti 1 kg | 4.60 | 3.10
        Riblji štapići 300 g | 5.40 | 3.80
        Lignje 800 g | 13.90 | 10.20
        Oslić 600 g | 9.80 | 7.10
        Lisnato tijesto 500 g | 3.40 | 2.20
        Burek smrznuti 600 g | 6.90 | 4.70
        Pizza smrznuta 350 g | 5.60 | 3.80
        Sladoled vanilija 1 l | 6.80 | 4.60
        Sladoled na štapiću | 1.60 | 0.95
        Malina smrznuta 450 g | 5.90 | 4.10
        Povrće za supu 450 g | 2.80 | 1.80
    """),
    Shelf("Bebe i djeca", "pink", "toy", """
        Pelene vel. 3, 50 komada | 21.90 | 16.40
        Pelene vel. 4, 46 komada | 21.90 | 16.40
        Vlažne maramice 72 komada | 3.40 | 2.10
        Kašica voće 125 g | 2.10 | 1.40
        Dječiji keks 240 g | 3.90 | 2.60
        Dječiji šampon 250 ml | 5.60 | 3.80
        Lopta | 8.90 | 4.90
        Slagalica 100 dijelova | 11.50 | 6.80
        Bojice 12 komada | 4.20 | 2.40
        Plastelin | 5.10 | 3.00
    """),
    Shelf("Domaćinstvo", "teal", "tool", """
        Šibice 10 kutija | 1.60 | 0.90
        Aluminijska folija 10 m | 3.30 | 2.00
        Vrećice za zamrzivač | 2.60 | 1.50
        Papir za pečenje 8 m | 2.90 | 1.70
        Sijalica LED 9 W | 4.90 | 2.90
        Produžni kabl 3 m | 16.90 | 10.50
        Kuhinjski nož | 12.50 | 7.20
        Daska za rezanje | 14.90 | 8.60
        Termos boca 0,5 l | 24.90 | 15.40
        Kišobran | 18.50 | 10.20
        Metla | 9.80 | 5.60
        Kanta 10 l | 7.90 | 4.40
        Peškir 50 × 90 | 13.50 | 7.80
        Selotejp | 1.90 | 0.90
    """),
)  # fmt: skip
