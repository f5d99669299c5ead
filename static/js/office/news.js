// «New receipts: 3 – show»: counts events and offers a fresh look; nothing moves under anybody's hand.

import { listen } from "../lib/events.js";

/** @param {HTMLElement} element */
export function start(element) {
  const wanted = new Set((element.dataset.events ?? "").split(" "));
  const number = element.querySelector("[data-number]");
  let count = 0;
  const stop = listen((name) => {
    if (!element.isConnected) return stop();
    if (!wanted.has(name) || !number) return;
    count += 1;
    number.textContent = String(count);
    element.hidden = false;
  });
}
