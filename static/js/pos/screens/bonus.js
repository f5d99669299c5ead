// One's own bonus: sales of the month, the way to the threshold, what it would come to. The server's figures alone (EMP-14).

import { fill, h, icon } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { Refusal, call } from "../api.js";
import { setting, till } from "../till.js";
import { money, quantityText, t } from "../words.js";
import { sentence } from "./pin.js";

const PATIENCE = 5000;

export const hasBonus = () => Boolean(till.get().person?.codes.includes("bonus.own")) && setting("module.employee_bonus", true) && !till.get().training;

export async function openBonus() {
  const person = till.get().person;
  const inside = h("div", { class: "stack", "aria-live": "polite" });
  // whoever comes to the lock in between sees nothing of it
  const away = till.watch(["person"], ({ person: now }) => now?.id !== person?.id && sheet.close());
  const sheet = openSheet({ title: t("bonus"), closeLabel: t("close"), name: "bonus", body: [inside], onClose: () => away() });
  try {
    if (till.get().link === "offline") throw new Refusal(0);
    fill(inside, ...figures(await call(`bonus?actor=${person?.id ?? ""}`, undefined, PATIENCE)));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    fill(inside, h("p", { class: "banner banner--warn banner--card" }, icon("cloud-off"), error.status === 0 ? t("bonusOffline") : sentence(error)));
  }
}

/** @param {any} found */
function* figures({ month, sales, threshold, progress, percent, bonus, reached, checklists, shifts }) {
  const [year, number] = month.split("-");
  const row = (/** @type {string} */ name, /** @type {string | Node} */ value, total = false) => h("div", total ? { class: "facts__total" } : {}, h("dt", {}, name), h("dd", { class: "amount" }, value));
  yield h("p", { class: "caption" }, t("bonusMonth", { month: `${number}/${year}` }));
  if (threshold !== null) {
    yield h("progress", { class: "progress", max: 100, value: Math.min(progress, 100), "aria-label": t("bonusProgress") });
    yield h("p", { class: "row" }, h("strong", { class: "grow" }, t("bonusWay", { percent: progress })), h("span", { class: "amount" }, money(threshold)));
  }
  yield h(
    "dl",
    { class: "facts" },
    row(t("bonusSales"), money(sales)),
    threshold !== null && row(t("bonusThreshold"), money(threshold)),
    percent !== null && row(t("bonusRate"), `${quantityText(percent)} %`),
    row(t("bonusShifts"), String(shifts)),
    checklists && row(t("bonusChecklists"), `${checklists.done}/${checklists.needed}`),
    threshold !== null && row(t("bonusEstimate"), money(bonus), true),
  );
  if (threshold === null) yield h("p", { class: "banner banner--card" }, t("bonusNone"));
  else if (checklists && checklists.done < checklists.needed && reached !== bonus) yield h("p", { class: "banner banner--warn banner--card" }, t("bonusHeld", { amount: money(reached) }));
  else yield h("p", { class: "caption" }, t("bonusHelp"));
}
