// A part of a page that follows what happens: asked for anew a moment after an event, when the facts have it too.

import { listen } from "../lib/events.js";

const FACTS = 2100;

/** @param {HTMLElement} element */
export function start(element) {
  const wanted = new Set((element.dataset.events ?? "").split(" "));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const refresh = () => {
    timer = undefined;
    const here = element.isConnected ? element : document.getElementById(element.id);
    if (here && !document.hidden) here.dispatchEvent(new CustomEvent("refresh"));
  };
  const stop = listen((name) => {
    if (!element.isConnected && !document.getElementById(element.id)) return stop();
    if (wanted.has(name) || name === "reset") timer ??= setTimeout(refresh, FACTS);
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && element.isConnected) timer ??= setTimeout(refresh, 0);
  });
}
