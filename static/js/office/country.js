// The currency follows the country until somebody chooses one; a hidden field says which clock the browser has.

/** @param {HTMLElement} element a form with the fields country and currency, and a list of what goes with what */
export function start(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const country = form.querySelector("select[name=country]");
  const currency = form.querySelector("select[name=currency]");
  const zone = form.querySelector("input[name=seen_zone]");
  if (zone instanceof HTMLInputElement) zone.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
  if (!(country instanceof HTMLSelectElement) || !(currency instanceof HTMLSelectElement)) return;
  const money = JSON.parse(document.getElementById(form.dataset.money ?? "")?.textContent ?? "{}");
  let follows = !currency.value || currency.value === money[country.value];
  currency.addEventListener("change", (event) => (follows = follows && !event.isTrusted));
  country.addEventListener("change", () => {
    if (!follows || !money[country.value]) return;
    currency.value = money[country.value];
    currency.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
