// Whether the slip of each sale is printed by itself: this till's own wish (POS-60), by the browser's own way to paper.

import { h } from "../lib/dom.js";
import { read, write } from "./db.js";

const KEPT = "auto-print";
let wished = false;

/** What was chosen here before. */
export const startPrinting = async () => void (wished = Boolean(await read(KEPT)));

export const printsItself = () => wished;

/** @param {boolean} wish */
export async function printByItself(wish) {
  wished = wish;
  await write(KEPT, wish);
}

/** Onto paper and nowhere else: what is on the screen stays there. @param {Node} paper */
export function printAlone(paper) {
  const sheet = h("div", { class: "paper-only" }, paper);
  document.body.append(sheet);
  addEventListener("afterprint", () => sheet.remove(), { once: true });
  print();
}
