"""The guides and tips under «Help» at the till, read in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import enrol_and_sign_in
from tests.e2e.conftest import Product
from tests.e2e.test_line import COFFEE, scan

pytestmark = [pytest.mark.e2e]
MORE = {"en": ("Settings", "Help", "English"), "bs": ("Postavke", "Pomoć", "Bosanski")}
# What each must say, in the order in which it is done.
TIPS = {
    "en": ["Keep this tab open", "Open the shift while the network is there", "Do not clear browser data", "UPS",
           "Watch the counter .* look at the network, then"],
    "bs": ["Držite ovu karticu otvorenom", "Otvorite smjenu dok mreže ima", "Ne brišite podatke preglednika", "UPS",
           "Pratite brojač .* provjerite mrežu, pa"],
}  # fmt: skip
IOS = {
    "en": ["Safari", "Share", "Add to Home Screen", "name", "Add", "icon stands on the home screen"],
    "bs": ["Safari", "Podijeli", "Dodaj na početni ekran", "naziv", "Dodaj", "Ikona stoji na početnom ekranu"],
}
ANDROID = {
    "en": ["Chrome", "menu ⋮", "Install app", "Add to Home screen", "confirm", "on the home screen and among the apps"],
    "bs": ["Chrome", "meni ⋮", "Instaliraj aplikaciju", "Dodaj na početni ekran", "potvrdite",
           "na početnom ekranu i među aplikacijama"],
}  # fmt: skip
STUCK = {
    "en": ["network", "server answer", "Try again", "Clear the offline data", "tell your support"],
    "bs": ["mreži", "server odgovara", "Pokušaj ponovo", "Obrišite offline podatke", "javite podršci"],
}


def in_order(words: list[str]) -> re.Pattern[str]:
    return re.compile(".*".join(words), re.DOTALL)


@pytest.mark.feature("OFF-16", "PWA-02", "PWA-03")
def test_tips_and_guides_say_every_step_in_both_languages(page: Page, product: Product) -> None:
    enrol_and_sign_in(page, product)
    for number, language in enumerate(("bs", "en")):
        settings, help_, name = MORE[language]
        if number:
            scan(page, COFFEE)
            page.locator("#nav-more").click()
            page.get_by_role("button", name=MORE["bs"][0]).click()
            page.locator("dialog[data-sheet=till-settings]").get_by_role("button", name=name).click()
            page.locator("#pin").wait_for()
            page.keyboard.type(product.people[0]["pin"])
            page.locator(".tile").first.wait_for()
            expect(page.locator("#lines .line")).to_have_count(1)  # the open cart comes along
        page.locator("#nav-more").click()
        expect(page.get_by_role("button", name=settings)).to_be_visible()
        page.get_by_role("button", name=help_, exact=True).click()
        tips = page.locator("#help-offline li")
        expect(tips).to_have_count(len(TIPS[language]))
        for place, said in enumerate(TIPS[language]):
            expect(tips.nth(place)).to_have_text(re.compile(said))
        app = page.locator("#help-app dl > div")
        expect(app.nth(0)).to_have_text(in_order(IOS[language]))
        expect(app.nth(1)).to_have_text(in_order(ANDROID[language]))
        expect(page.locator("#help-stuck ol")).to_have_text(in_order(STUCK[language]))
        page.keyboard.press("Escape")
        expect(page.locator("dialog[data-sheet=help]")).to_have_count(0)
