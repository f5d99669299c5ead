// Training mode (POS-59): the terminal's flag, taken up when it can do no harm. What is open for real is still sold for real; what
// was practised is worth nothing and goes.

import { till } from "./till.js";

/** @param {() => void} changed */
export function startTraining(changed) {
  till.watch(["place", "lines"], ({ place, lines, training }) => {
    const wanted = Boolean(place?.terminal.training);
    if (wanted === training || (wanted && lines.length)) return;
    till.set({ training: wanted, ...(!wanted && { lines: [], customer: null, orders: [] }) });
    changed();
  });
}
