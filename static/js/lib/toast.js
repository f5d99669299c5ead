// Short words at the bottom of the screen, with at most one thing to do about them.

import { h, icon } from "./dom.js";
import { announce } from "./live.js";

const STAY = 6000;
const MOST = 3;

/** @typedef {{label: string, act: () => void}} ToastAction */

/**
 * @param {string} text
 * @param {{action?: ToastAction, closeLabel: string, stays?: boolean}} options stays: until somebody has read it
 * @returns {() => void} takes it away
 */
export function toast(text, { action, closeLabel, stays = false }) {
  const host = tray();
  const away = () => {
    clearTimeout(timer);
    card.remove();
    if (!host.children.length && host.isConnected) host.hidePopover?.();
  };
  const card = h(
    "div",
    { class: "toast" },
    h("p", {}, text),
    action && h("button", { class: "button button--small", type: "button", onclick: () => (away(), action.act()) }, action.label),
    h("button", { class: "button button--small button--icon", type: "button", "aria-label": closeLabel, onclick: away }, icon("x")),
  );
  const soon = () => (stays ? undefined : setTimeout(away, STAY));
  let timer = soon();
  // who is reading or reaching for the button keeps it
  card.addEventListener("pointerenter", () => clearTimeout(timer));
  card.addEventListener("pointerleave", () => (timer = soon()));
  card.addEventListener("focusin", () => clearTimeout(timer));
  card.addEventListener("focusout", () => (timer = soon()));
  while (host.children.length >= MOST) host.firstElementChild?.remove();
  host.append(card);
  announce(text);
  return away;
}

/** The tray: a popover, so that it lies above an open sheet. What it says is read out by the page's live region, so it does not itself. */
function tray() {
  const host = /** @type {HTMLElement} */ (document.getElementById("toasts") ?? document.body.appendChild(h("div", { id: "toasts", class: "toasts", role: "status", "aria-live": "off" })));
  if (host.showPopover) {
    host.setAttribute("popover", "manual");
    if (host.matches(":popover-open")) host.hidePopover();
    host.showPopover();
  }
  return host;
}

/** Take all toasts away. */
export function clearToasts() {
  document.getElementById("toasts")?.replaceChildren();
}
