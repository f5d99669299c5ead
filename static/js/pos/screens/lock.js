// The lock: over everything that is open, and under it everything stays. It names whom it locked; anybody's PIN opens it.

import { h, icon } from "../../lib/dom.js";
import { closeSheets } from "../../lib/sheet.js";
import { clearToasts } from "../../lib/toast.js";
import { till } from "../till.js";
import { t } from "../words.js";
import { tillPad } from "./pin.js";

/**
 * @param {import("../till.js").Person} person whom it locks
 * @param {(other: boolean) => void} opened by themselves, or by somebody else: then open sheets are closed
 */
export function openLock(person, opened) {
  if (document.querySelector("dialog.lock")) return;
  clearToasts();
  const pad = tillPad((next) => {
    const other = next.id !== person.id;
    done = true;
    if (other) closeSheets();
    dialog.close();
    dialog.remove();
    opened(other);
  });
  let done = false;
  const lines = till.get().lines.length;
  const dialog = h(
    "dialog",
    { class: "lock", "aria-labelledby": "lock-title", closedby: "none" },
    h(
      "div",
      { class: "card gate__card" },
      h("h1", { id: "lock-title", class: "visually-hidden" }, t("lockedTitle")),
      h("div", { class: "lock__person" }, h("span", { class: "lock__face", "aria-hidden": "true" }, initials(person.name)), h("span", {}, h("strong", {}, person.name), h("small", {}, icon("lock"), t("lockedTitle")))),
      pad.element,
      h("p", { class: "gate__place" }, lines ? t("lockedCart") : t("lockedOther"), pad.hint && ` ${pad.hint}`),
    ),
  );
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  dialog.addEventListener("close", () => !done && (dialog.showModal(), pad.focus()));
  document.body.append(dialog);
  dialog.showModal();
  pad.focus();
}

/** @param {string} name */
const initials = (name) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => part[0] ?? "")
    .join("")
    .toUpperCase();
