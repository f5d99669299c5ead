// Checklists: what is to be done, who did it and when; and the question before a shift is closed.

import { fill, h, icon } from "../../lib/dom.js";
import { openSheet } from "../../lib/sheet.js";
import { toast } from "../../lib/toast.js";
import { counts, dueToday } from "../checklists.js";
import { gated, listsNow, mayTick, tick } from "../ticking.js";
import { till } from "../till.js";
import { t, timeText } from "../words.js";

/** @typedef {import("../checklists.js").Checklist} Checklist */
/** @typedef {import("../checklists.js").Task} Task */

const OFTEN = /** @type {Record<string, import("../words.js").Key>} */ ({ daily: "checklistDaily", weekly: "checklistWeekly", monthly: "checklistMonthly" });

/** What the menu says; "" where there is no list. */
export function checklistEntry() {
  const lists = listsNow();
  const { done, all } = counts(lists);
  return lists.length ? `${t("checklist")} · ${done}/${all}` : "";
}

/**
 * @param {{only?: (list: Checklist) => boolean, then?: {label: string, act: () => void}}} [ways] `then`: where this leads once nothing is due
 */
export function openChecklists({ only = () => true, then } = {}) {
  const inside = h("div", { class: "stack checklist" });
  const next = then && h("button", { class: "button button--primary button--large button--wide", type: "button", onclick: () => (sheet.close(), then.act()) }, then.label);
  /** What is shown, so that a press moves no row under the finger. @type {HTMLElement | null} */
  let pressed = null;
  const draw = () => {
    const lists = listsNow().filter(only);
    const focus = inside.contains(document.activeElement) ? document.activeElement?.getAttribute("data-task") : pressed?.dataset.task;
    fill(inside, !mayTick() && h("p", { class: "banner banner--warn banner--card" }, t("checklistNoRight")), ...lists.map((list) => part(list, press)), !lists.length && h("p", { class: "empty" }, icon("list-checks", "large"), t("checklistNone")));
    if (focus) /** @type {HTMLElement | null} */ (inside.querySelector(`[data-task="${focus}"]`))?.focus();
    if (next) next.hidden = dueToday(listsNow()).length > 0;
  };
  let busy = false;
  const press = async (/** @type {Checklist} */ list, /** @type {Task} */ task, /** @type {HTMLElement} */ button) => {
    if (busy || !mayTick()) return;
    busy = true;
    pressed = button;
    await tick(list, task.id, !task.done).finally(() => (busy = false));
    pressed = null;
    if (task.done) toast(t("checklistTaken", { task: task.text }), { closeLabel: t("close"), action: { label: t("undo"), act: () => void (isDone(task.id) || tick(list, task.id, true)) } });
  };
  const away = till.watch(["catalog", "place", "person"], draw);
  const sheet = openSheet({ title: t("checklist"), closeLabel: t("close"), name: "checklist", wide: true, body: [inside], foot: next ? [next] : [], onClose: away });
  draw();
}

/** @param {string} id */
const isDone = (id) => listsNow().some(({ tasks }) => tasks.some((task) => task.id === id && task.done));

/** @param {Checklist} list @param {(list: Checklist, task: Task, button: HTMLElement) => void} press */
function part(list, press) {
  const { done, all } = counts([list]);
  return h(
    "section",
    { class: "card checklist__list", "data-checklist": list.id },
    h("header", { class: "row" }, h("h3", { class: "grow" }, list.name), h("span", { class: "badge" }, t(OFTEN[list.frequency] ?? "checklistDaily")), h("strong", { class: "amount" }, `${done}/${all}`)),
    h("progress", { class: "progress", max: Math.max(all, 1), value: done, "aria-label": t("checklistDone", { done, all }) }),
    h("ul", { class: "list" }, ...list.tasks.map((task) => row(list, task, press))),
  );
}

/** @param {Checklist} list @param {Task} task @param {(list: Checklist, task: Task, button: HTMLElement) => void} press */
function row(list, task, press) {
  const who = till.get().catalog?.employees[task.by]?.[0] ?? "";
  const button = h(
    "button",
    { class: "list__item checklist__task", type: "button", role: "checkbox", "aria-checked": String(task.done), "aria-disabled": mayTick() ? null : "true", "data-task": task.id, onclick: () => void press(list, task, button) },
    task.done ? icon("circle-check") : h("span", { class: "checklist__open", "aria-hidden": "true" }),
    h("span", { class: "list__main" }, h("strong", {}, task.text), task.done && h("small", { class: "caption" }, [who, timeText(task.at)].filter(Boolean).join(" · "))),
    task.mandatory && !task.done && h("span", { class: "badge badge--warn" }, t("checklistMust")),
  );
  return h("li", {}, button);
}

/** How the lists stand, as a shift's report says it. */
export const checklistFigures = () =>
  listsNow().map(({ name, tasks }) => ({ name, done: counts([{ tasks }]).done, tasks: tasks.length, missing: tasks.filter(({ mandatory, done }) => mandatory && !done).map(({ text }) => text) }));

/** What belongs to the morning, when a shift was just opened; nothing where it is done. */
export function openMorning() {
  const waits = (/** @type {Checklist} */ { morning, tasks }) => morning && tasks.some(({ done }) => !done);
  const ids = new Set(listsNow().filter(waits).map(({ id }) => id));
  if (ids.size) openChecklists({ only: ({ id }) => ids.has(id) });
}

/**
 * Whether mandatory tasks keep a shift from being closed; then they are listed, with the way to them (SHF-12).
 * @param {() => void} close what comes when they are done
 */
export function heldByChecklist(close) {
  const due = gated() ? dueToday(listsNow()) : [];
  if (!due.length) return false;
  const go = () => (sheet.close(), openChecklists({ then: { label: t("closeShift"), act: close } }));
  const sheet = openSheet({
    title: t("closeShift"),
    closeLabel: t("close"),
    name: "checklist-gate",
    body: [
      h("div", { class: "banner banner--warn banner--card" }, icon("triangle-alert"), h("div", { class: "grow" }, h("strong", {}, t("checklistGate")), h("ul", {}, ...due.map(({ text }) => h("li", {}, text))))),
      h("button", { class: "button button--primary button--large button--wide", type: "button", "data-first": true, id: "to-checklist", onclick: go }, icon("list-checks"), t("checklistGo")),
    ],
  });
  return true;
}
