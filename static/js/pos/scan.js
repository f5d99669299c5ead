// Keyboard scanners: a burst of keys that ends with Enter, wherever the focus is but in another field.

import { isField } from "../lib/dom.js";

const GAP = 120;
const SHORTEST = 3;

/**
 * @param {(code: string) => void} onScan
 * @param {HTMLElement} search the one field in which scanning is welcome
 */
export function listenForScans(onScan, search) {
  let burst = "";
  let last = 0;
  document.addEventListener(
    "keydown",
    (event) => {
      if (!search.isConnected || event.ctrlKey || event.altKey || event.metaKey) return;
      if (isField(event.target) && event.target !== search) return;
      const now = event.timeStamp;
      if (now - last > GAP) burst = "";
      last = now;
      if (event.key.length === 1) {
        burst += event.key;
      } else if (event.key === "Enter" && burst.length >= SHORTEST && event.target !== search) {
        event.preventDefault();
        onScan(burst);
        burst = "";
      }
    },
    true,
  );
}
