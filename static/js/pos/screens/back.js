// The browser's Back closes what is open, as whoever has a telephone expects; with nothing open it leaves, and the cart is kept.

import { topSheet } from "../../lib/sheet.js";

const GUARD = { guard: true };

/** @param {() => boolean} close what is open besides sheets; whether something was */
export function startBack(close) {
  // an entry of its own in the history, from the first touch on: browsers pass over those that nobody's hand has made
  const guard = () => history.state?.guard || history.pushState(GUARD, "");
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, guard, true);
  addEventListener("popstate", () => {
    if (history.state?.guard) return;
    const locked = document.querySelector("dialog.lock[open]");
    const sheet = locked ? undefined : topSheet();
    sheet?.close();
    if (sheet || (!locked && close())) history.pushState(GUARD, "");
    else history.back();
  });
}
