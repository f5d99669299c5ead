// The PIN on the sign-in page of an enrolled browser: the till's own door answers with a ticket, which this form hands in.

import { pinPad } from "../lib/pinpad.js";

const HEADERS = { "X-SmartPOS-Till": "1", "Content-Type": "application/json", "Accept-Language": document.documentElement.lang };

/** @param {HTMLElement} element */
export function start(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  // the till leaves this mark where it was enrolled; the server has the last word
  if (localStorage.getItem("smartpos-enrolled") !== "1") return;
  const words = form.dataset;
  const pad = pinPad(
    {
      label: words.label ?? "",
      digit: (digit) => (words.digit ?? "").replace("{digit}", digit),
      clear: words.clear ?? "",
      erase: words.erase ?? "",
      locked: (seconds) => (words.locked ?? "").replace("{seconds}", String(seconds)),
    },
    { onPin: (pin) => enter(form, pad, pin) },
  );
  form.prepend(pad.element);
  chooseWays(pad);
}

/** @param {import("../lib/pinpad.js").Pad} pad */
function chooseWays(pad) {
  const ways = document.getElementById("ways");
  if (!ways) return;
  ways.hidden = false;
  ways.addEventListener("click", (event) => {
    const way = event.target instanceof Element ? event.target.closest("button")?.dataset.way : undefined;
    if (!way) return;
    for (const button of ways.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button.dataset.way === way));
    for (const name of ["password", "pin"]) {
      const part = document.getElementById(`way-${name}`);
      if (part) part.hidden = name !== way;
    }
    if (way === "pin") pad.focus();
    else document.getElementById("email")?.focus();
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {import("../lib/pinpad.js").Pad} pad
 * @param {string} pin
 */
async function enter(form, pad, pin) {
  const answer = await fetch("/pos/office-session", { method: "POST", headers: HEADERS, body: JSON.stringify({ pin }) }).catch(() => null);
  const body = await answer?.json().catch(() => null);
  if (!answer || !body) return pad.say(form.dataset.away ?? "");
  if (answer.ok) {
    /** @type {HTMLInputElement} */ (form.elements.namedItem("ticket")).value = body.ticket;
    return form.submit();
  }
  if (body.error.seconds) pad.lock(body.error.seconds);
  else pad.say(body.error.message);
}
