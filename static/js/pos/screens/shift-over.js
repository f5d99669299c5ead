// Over everything: the shift ended. To go on, a new one is started; the cart is still there.

import { h, icon } from "../../lib/dom.js";
import { till } from "../till.js";
import { t } from "../words.js";
import { gate } from "./gate.js";

/** @param {HTMLElement} host @param {import("../shift-over.js").Over} why @param {() => void} next */
export function overScreen(host, why, next) {
  const { lines, place } = till.get();
  const minute = (place.store.cutoff_minutes + 24 * 60 - 1) % (24 * 60);
  const time = `${String(Math.trunc(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
  gate(
    host,
    h("h1", { "data-over": why }, t("shiftOver")),
    h("p", { class: "banner banner--warn banner--card", role: "alert" }, icon("clock"), why === "auto" ? t("overAuto", { time }) : t("overOffice")),
    lines.length > 0 && h("p", {}, t("overCart")),
    h("button", { class: "button button--primary button--large button--wide", type: "button", id: "over-next", onclick: next }, t("overNext")),
  );
  /** @type {HTMLElement} */ (host.querySelector("#over-next")).focus();
}
