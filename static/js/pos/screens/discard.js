// Throwing away what waits: first the file, then an admin's PIN; the office hears of it.

import { h } from "../../lib/dom.js";
import { uuid7 } from "../../lib/ids.js";
import { openSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { DISCARD, discard, saveAsFile, worth } from "../discarding.js";
import { t } from "../words.js";
import { askApproval } from "./approve.js";

export function openDiscard() {
  /** What the file holds. @type {import("../db.js").Operation[]} */
  let saved = [];
  const status = h("p", { role: "status" });
  const go = h("button", { class: "button button--danger-fill", type: "button", disabled: true, onclick: () => void throwAway() }, t("discard"));
  const save = async () => {
    saved = await saveAsFile();
    status.textContent = t("discardSaved", { count: saved.length });
    go.disabled = !saved.length;
  };
  const throwAway = async () => {
    const id = uuid7();
    const amounts = { count: String(saved.length), total: worth(saved) };
    const given = await askApproval([{ code: DISCARD, amounts, scope: {} }], `operation:${id}`);
    if (!given) return;
    const count = await discard(saved, given, id);
    sheet.close();
    toast(t("discardDone", { count }), { closeLabel: t("close") });
  };
  const sheet = openSheet({
    title: t("discard"),
    closeLabel: t("close"),
    name: "discard",
    body: [h("p", { class: "banner banner--warn" }, t("discardHelp")), status],
    foot: [h("button", { class: "button button--primary", type: "button", "data-first": true, onclick: () => void save() }, t("export")), go],
  });
}
