// The bell in the till's head: what the server tells whoever stands here. Asked when somebody comes and when something was told,
// never with a sale; with no network it says so.

import { fill, h, icon, need } from "../../lib/dom.js";
import { listen } from "../../lib/events.js";
import { openSheet } from "../../lib/sheet.js";
import { alarm } from "../../lib/sound.js";
import { Refusal, call } from "../api.js";
import { setting, till } from "../till.js";
import { t, timeText } from "../words.js";
import { sentence } from "./pin.js";

/** @typedef {{id: string, title: string, detail: string, icon: string, severity: string, count: number, at: string, fresh: boolean}} Told */
/** @typedef {{unread: number, up_to: number, rows: Told[]}} Bell */

// what is told in a burst is asked for once
const GATHER = 400;
const NOTHING = { unread: 0, up_to: 0, rows: [] };
/** @type {Bell} */
let known = NOTHING;
let draw = () => {};

/** @param {HTMLElement} host */
export function startBell(host) {
  const button = need("#bell", host);
  const number = h("span", { class: "bell__number", "aria-hidden": "true" });
  button.append(number);
  button.addEventListener("click", () => void openBell());
  draw = () => {
    const { unread } = known;
    number.textContent = unread >= 100 ? "99+" : String(unread);
    number.hidden = !unread;
    button.hidden = !setting("notify.bell", true);
    button.setAttribute("aria-label", unread ? t("bellNew", { count: unread }) : t("bell"));
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  const later = (/** @type {boolean} */ loud) => {
    clearTimeout(soon);
    soon = setTimeout(() => void look(loud), GATHER);
  };
  listen((name) => (name === "notification.made" || name === "reset") && later(name === "notification.made"));
  let who = "";
  let link = till.get().link;
  till.watch(["person", "place", "link"], (state) => {
    const back = link === "offline" && state.link !== "offline";
    link = state.link;
    if (back || (state.person && state.person.id !== who)) later(false);
    if (state.person?.id !== who) known = NOTHING;
    who = state.person?.id ?? "";
    draw();
  });
  later(false);
  draw();
}

/** @returns {Promise<Bell>} */
const ask = () => call(`bell?actor=${till.get().person?.id ?? ""}`, undefined, 5000);

/** @param {boolean} loud whether something critical may sound */
async function look(loud) {
  const { person, link } = till.get();
  if (!person || link === "offline" || !setting("notify.bell", true)) return;
  const before = new Set(known.rows.map(({ id, count }) => `${id} ${count}`));
  try {
    const found = await ask();
    if (till.get().person?.id !== person.id) return;
    known = found;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // it is asked again with the next news, or when somebody opens it
    return;
  }
  draw();
  const fresh = known.rows.some((row) => row.fresh && row.severity === "critical" && !before.has(`${row.id} ${row.count}`));
  if (loud && fresh && setting("notify.sound", true)) alarm();
}

async function openBell() {
  const list = h("ul", { class: "list", "aria-live": "polite" });
  const read = h("button", { class: "button", type: "button", hidden: true, "data-act": "bell-read", onclick: () => void readAll() }, icon("check"), t("bellRead"));
  openSheet({ title: t("bell"), closeLabel: t("close"), name: "bell", wide: true, body: [list], foot: [read] });
  const show = () => {
    fill(list, ...(known.rows.length ? known.rows.map(row) : [h("li", { class: "empty" }, t("bellNone"))]));
    read.hidden = !known.unread;
    draw();
  };
  const failed = (/** @type {any} */ error) => fill(list, h("li", { class: "empty" }, error.status === 0 ? t("bellOffline") : sentence(error)));
  async function readAll() {
    await call("bell/read", { actor: till.get().person?.id, up_to: known.up_to }).then((found) => (known = found)).then(show, failed);
  }
  await ask().then((found) => (known = found)).then(show, failed);
}

/** @param {Told} told */
function row({ title, detail, icon: picture, severity, count, at, fresh }) {
  const look = severity === "critical" ? "danger" : severity === "warning" ? "warn" : "info";
  return h(
    "li",
    { class: "list__item" },
    h("span", { class: `badge badge--${look}` }, icon(picture)),
    h("span", { class: "list__main" }, fresh ? h("strong", {}, title) : title, detail && h("small", { class: "caption" }, detail), h("small", { class: "caption" }, timeText(at))),
    count > 1 && h("span", { class: "badge" }, `× ${count}`),
    fresh && h("span", { class: "dot dot--danger" }),
  );
}
