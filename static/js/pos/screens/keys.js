// The till without a mouse: function keys wherever the cashier is, character keys only where nobody is writing, arrows between
// search, tiles and lines. A scanner types too, so a character acts only when it stands alone.

import { h, isField } from "../../lib/dom.js";
import { openSheet, topSheet } from "../../lib/sheet.js";
import { t } from "../words.js";

// A character that comes sooner before or after another is part of a scan.
const ALONE = 120;
// What the browser would do with these is of no use at a till.
const OURS = ["F2", "F3", "F4", "F6", "F8"];

/** @typedef {Record<string, () => void>} Acts by key */

/**
 * @param {object} ways
 * @param {HTMLElement} ways.host the selling screen; while another one stands there, nothing acts
 * @param {HTMLInputElement} ways.search
 * @param {Acts} ways.acts function keys
 * @param {Acts} ways.characters
 * @param {Acts} ways.line Delete and the arrows, of the chosen line
 */
export function startKeys({ host, search, acts, characters, line }) {
  const alone = aloneness();
  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (plain && OURS.includes(event.key)) event.preventDefault();
    const done = alone(event);
    if (!plain || event.defaultPrevented && !OURS.includes(event.key) || !search.isConnected) return;
    if (document.querySelector("dialog[open]")) return void (event.key === "F2" && topSheet()?.element.dataset.sheet === "paid" && topSheet()?.close());
    if (event.key in acts) return acts[event.key]();
    if (event.key === "Escape") return host.querySelector(".ticket--open")?.classList.remove("ticket--open");
    const writing = isField(event.target);
    if (event.key in characters && !writing) return void (event.preventDefault(), done(characters[event.key]));
    if (moved(event, search)) return event.preventDefault();
    if (event.key in line && (!writing || (event.target === search && !search.value))) (event.preventDefault(), line[event.key]());
  });
}

/** Waits until it is clear that a character is no part of a burst; a finger that stays on its key is none. */
function aloneness() {
  let last = { at: -Infinity, key: "" };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  return (/** @type {KeyboardEvent} */ { key, timeStamp: at, repeat }) => {
    const other = key.length === 1 && last.key.length === 1 && key !== last.key;
    const burst = other && at - last.at < ALONE;
    if (burst || key === "Enter") clearTimeout(timer);
    last = { at, key };
    return (/** @type {() => void} */ act) => {
      if (burst) return;
      if (repeat) return act();
      timer = setTimeout(act, ALONE);
    };
  };
}

/** Arrows from the search into the tiles, among them, and back. @param {KeyboardEvent} event @param {HTMLInputElement} search */
function moved({ key, target }, search) {
  if (!key.startsWith("Arrow")) return false;
  const tiles = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".grid > .tile")]);
  const at = tiles.indexOf(/** @type {HTMLElement} */ (target));
  if (target === search && key === "ArrowDown" && search.value && tiles.length) return (tiles[0].focus(), true);
  if (at < 0) return false;
  const columns = tiles.filter((tile) => tile.offsetTop === tiles[0].offsetTop).length;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[key] ?? 0;
  (at + step < 0 ? search : tiles[Math.min(at + step, tiles.length - 1)]).focus();
  return true;
}

/** What each key does. */
export function openKeys() {
  if (topSheet()) return;
  const row = (/** @type {string[]} */ keys, /** @type {string} */ text) => h("div", {}, h("dt", {}, ...keys.flatMap((key, index) => [index ? " " : "", h("kbd", {}, key)])), h("dd", {}, text));
  const rows = [
    row(["F2"], t("keyNew")),
    row(["F3"], t("keySearch")),
    row(["F4"], t("keyPay")),
    row(["F6"], t("keyCustomer")),
    row(["F8"], t("keyHold")),
    row(["+", "−"], t("keySteps")),
    row(["%", "="], t("keyDeal")),
    row(["↑", "↓"], t("keyLines")),
    row(["Del"], t("keyRemove")),
    row(["Enter"], t("keyEnter")),
    row(["Esc"], t("keyEscape")),
    row(["?"], t("keyHelp")),
  ];
  openSheet({ title: t("keys"), closeLabel: t("close"), name: "keys", body: [h("dl", { class: "keys" }, ...rows), h("p", { class: "caption" }, t("keysHelp"))] });
}
