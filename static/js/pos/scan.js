// Keyboard scanners: a burst of keys that ends with Enter, wherever the focus is but in another field.

import { isField } from "../lib/dom.js";

const GAP = 120;
const SHORTEST = 3;
// Between the parts of GS1 codes; keyboards have it on Ctrl+].
const SEPARATOR = "\x1d";

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
      if (!search.isConnected || event.altKey || event.metaKey) return;
      const separator = event.ctrlKey && event.key === "]";
      if (event.ctrlKey && !separator) return;
      if (isField(event.target) && event.target !== search) return;
      const now = event.timeStamp;
      if (now - last > GAP) burst = "";
      last = now;
      if (separator) {
        burst += SEPARATOR;
        event.preventDefault();
      } else if (event.key.length === 1) {
        burst += event.key;
      } else if (event.key === "Enter") {
        const code = burst;
        burst = ""; // also where the search field takes it: the next scan may come at once
        if (code.length < SHORTEST || event.target === search) return;
        event.preventDefault();
        onScan(code);
      }
    },
    true,
  );
}
