"""What the demo's café and restaurant sells."""

from backoffice.demo.goods import Shelf

CAFE = (
    Shelf("Topli napici", "orange", "coffee", """
        Bosanska kafa | 2.50 | 0.55
        Espresso | 2.00 | 0.45 | mali 2.00 | dupli 3.20
        Espresso s mlijekom | 2.30 | 0.55
        Macchiato | 2.50 | 0.60
        Cappuccino | 3.00 | 0.75 | mali 3.00 | veliki 3.80
        Latte macchiato | 3.50 | 0.90
        Bijela kafa | 3.00 | 0.80
        Nescafé | 3.00 | 0.80
        Topla čokolada | 4.00 | 1.10
        Čaj od nane | 2.50 | 0.40
        Planinski čaj | 2.80 | 0.45
        Čaj s limunom i medom | 3.20 | 0.70
        Salep | 4.50 | 1.30
    """, parent="Napici", stocked=False),
    Shelf("Hladni napici", "blue", "glass", """
        Mineralna voda 0,25 | 2.00 | 0.60
        Voda 0,33 | 2.00 | 0.55
        Limunada | 3.50 | 0.70 | 0,3 l 3.50 | 0,5 l 5.00
        Cijeđena narandža | 5.00 | 1.90
        Cijeđeni nar | 7.00 | 3.10
        Cola 0,25 | 3.00 | 1.10
        Fanta 0,25 | 3.00 | 1.10
        Tonik 0,25 | 3.00 | 1.10
        Ledeni čaj 0,25 | 3.50 | 1.20
        Sok borovnica 0,2 | 4.00 | 1.60
        Sok jabuka 0,2 | 3.00 | 1.00
        Jogurt 0,2 | 1.50 | 0.55
        Boza čaša | 2.50 | 0.80
        Šerbe od ruže | 3.00 | 0.80
        Pivo bezalkoholno 0,33 | 3.50 | 1.30
        Ledena kafa | 5.00 | 1.50
    """, parent="Napici", stocked=False),
    Shelf("Supe i čorbe", "amber", "bowl", """
        Begova čorba | 6.00 | 1.90
        Teleća čorba | 5.50 | 1.80
        Pileća supa | 4.50 | 1.30
        Paradajz čorba | 4.00 | 1.00
        Bey čorba od leće | 4.50 | 1.10
    """, parent="Hrana", stocked=False),
    Shelf("Roštilj", "red", "grill", """
        Ćevapi | 9.00 | 3.60 | 5 komada 6.00 | 10 komada 9.00
        Pljeskavica | 7.50 | 3.00
        Pljeskavica sa kajmakom | 9.00 | 3.70
        Sudžukice | 8.00 | 3.30
        Pileći ražnjići | 9.50 | 3.60
        Teleći ražnjići | 13.00 | 5.60
        Pileći file | 10.00 | 3.90
        Teleća šnicla | 16.00 | 7.20
        Miješano meso | 18.00 | 7.80
        Jetrica na žaru | 10.00 | 3.80
        Pastrmka | 15.00 | 6.60
        Ramstek 250 g | 24.00 | 11.50
    """, parent="Hrana", stocked=False),
    Shelf("Kuhana jela", "orange", "pot", """
        Bosanski lonac | 12.00 | 4.60
        Begova dolma | 11.00 | 4.10
        Sarma | 9.50 | 3.40
        Japrak | 9.50 | 3.40
        Klepe | 9.00 | 2.80
        Musaka | 9.00 | 3.00
        Sitni ćevap | 11.00 | 4.20
        Buranija | 8.00 | 2.60
        Grah s mesom | 8.50 | 2.70
        Đuveč | 8.00 | 2.50
        Filovane paprike | 9.00 | 3.00
        Bamija s teletinom | 12.50 | 5.00
    """, parent="Hrana", stocked=False),
    Shelf("Pite", "amber", "pie", """
        Burek | 5.00 | 1.90 | porcija 5.00 | pola 3.00
        Sirnica | 4.50 | 1.60
        Zeljanica | 4.50 | 1.50
        Krompiruša | 4.00 | 1.20
        Tikvenica | 4.50 | 1.40
        Pita s piletinom | 5.00 | 1.90
        Masnica | 4.00 | 1.20
    """, parent="Hrana", stocked=False),
    Shelf("Salate i prilozi", "green", "salad", """
        Šopska salata | 5.00 | 1.60
        Mješana salata | 4.50 | 1.30
        Zelena salata | 3.50 | 1.00
        Kupus salata | 3.00 | 0.70
        Paradajz salata | 4.00 | 1.20
        Cezar s piletinom | 11.00 | 3.90
        Ajvar porcija | 3.00 | 0.90
        Kajmak porcija | 3.50 | 1.30
        Pomfrit | 4.00 | 1.00
        Riža | 3.00 | 0.60
        Grilovano povrće | 6.00 | 1.90
        Lepinja | 1.20 | 0.40
        Luk | 0.50 | 0.10
    """, parent="Hrana", stocked=False),
    Shelf("Doručak", "teal", "egg", """
        Omlet | 5.50 | 1.60
        Omlet sa sirom | 6.50 | 2.00
        Kajgana sa sudžukom | 7.50 | 2.60
        Bosanski doručak | 11.00 | 4.00
        Tost sir | 4.50 | 1.30
        Tost piletina | 5.50 | 1.80
        Uštipci s kajmakom | 6.00 | 1.80
        Granola s jogurtom | 6.00 | 1.90
    """, parent="Hrana", stocked=False),
    Shelf("Deserti", "pink", "cake", """
        Baklava | 4.00 | 1.50
        Tufahija | 4.50 | 1.40
        Hurmašice | 3.50 | 1.10
        Tulumba | 3.50 | 1.10
        Kadaif | 4.50 | 1.60
        Ružice | 4.00 | 1.30
        Trileće | 4.50 | 1.40
        Palačinke Nutella | 5.00 | 1.50
        Palačinke s orasima | 5.50 | 1.80
        Krempita | 4.00 | 1.30
        Sladoled kugla | 2.00 | 0.55
        Sutlija | 3.50 | 0.90
        Voćna salata | 5.00 | 1.80
    """, parent="Hrana", stocked=False),
)  # fmt: skip
