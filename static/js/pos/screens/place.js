// Where somebody works today, and what to do where somebody else's shift is open.

import { fill, h, icon } from "../../lib/dom.js";
import { till } from "../till.js";
import { t } from "../words.js";
import { gate, sentence } from "./gate.js";

/** @typedef {import("../places.js").StorePlaces} StorePlaces */
/** @typedef {import("../places.js").Place} Place */

/**
 * The terminals of a store, one of which is chosen; the present one first.
 * @param {HTMLElement} host
 * @param {StorePlaces[]} stores
 * @param {{choose: (terminal: string) => Promise<void>, stay: () => void, leave: () => void}} acts
 */
export function placeScreen(host, stores, { choose, stay, leave }) {
  const problem = h("p", { class: "field__error", role: "alert" });
  const list = h("div", { class: "list places", role: "group", "aria-label": t("terminals") });
  const show = (/** @type {string} */ id) => {
    const terminals = stores.find((store) => store.id === id)?.terminals ?? [];
    const sorted = [...terminals].sort((a, b) => Number(b.here) - Number(a.here));
    fill(list, ...(sorted.length ? sorted.map(line) : [h("p", { class: "muted" }, t("noTerminals"))]));
  };
  const take = async (/** @type {Place} */ place) => {
    if (place.here) return stay();
    problem.textContent = "";
    list.toggleAttribute("inert", true);
    try {
      await choose(place.id);
    } catch (error) {
      problem.textContent = sentence(error);
    } finally {
      list.toggleAttribute("inert", false);
    }
  };
  const line = (/** @type {Place} */ place) => {
    const shut = place.state === "held" || (place.state === "occupied" && !place.here);
    return h(
      "button",
      { class: "list__item", type: "button", "data-terminal": place.name, ...(shut ? { "aria-disabled": "true" } : {}), onclick: () => !shut && void take(place) },
      icon(shut ? "lock" : "monitor"),
      h("span", { class: "list__main" }, h("span", { class: "strong" }, place.name), h("span", { class: "caption" }, stateText(place))),
    );
  };
  const select = h(
    "select",
    { class: "select", id: "store", onchange: () => show(select.value) },
    ...stores.map((store) => h("option", { value: store.id }, store.name)),
  );
  gate(
    host,
    h("h1", {}, t("whereToday")),
    stores.length > 1 && h("div", { class: "field" }, h("label", { class: "field__label", for: "store" }, t("store")), select),
    list,
    problem,
    h("button", { class: "button button--quiet", type: "button", onclick: leave }, t("back")),
  );
  show(stores[0].id);
  /** @type {HTMLElement | null} */ (list.querySelector("button"))?.focus();
}

/** @param {Place} place */
function stateText({ state, here, by }) {
  if (state === "occupied") return t("occupiedBy", { name: by });
  if (state === "held") return t("heldBy", { name: by });
  if (state === "mine") return t("yourShift");
  return here ? t("thisTerminal") : t("free");
}

/**
 * Somebody else's shift is open here: no new one can start.
 * @param {HTMLElement} host
 * @param {{join: () => void, other: (() => void) | null, leave: () => void}} acts
 */
export function occupiedScreen(host, { join, other, leave }) {
  const { shift, place } = till.get();
  gate(
    host,
    h("h1", {}, place.terminal.name),
    h("p", { class: "banner banner--warn banner--card", role: "alert" }, icon("triangle-alert"), t("occupied", { name: shift?.opened_by ?? "" })),
    h("p", { class: "muted" }, t("occupiedHelp")),
    other !== null && h("button", { class: "button button--primary button--large button--wide", type: "button", id: "other-terminal", onclick: other }, t("otherTerminal")),
    h("button", { class: "button button--large button--wide", type: "button", id: "join-shift", onclick: join }, t("joinShift", { name: shift?.opened_by ?? "" })),
    h("button", { class: "button button--quiet", type: "button", onclick: leave }, t("back")),
  );
}
