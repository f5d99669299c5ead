// The tile as the till will show it, while it is being written.

import { need, setText } from "../lib/dom.js";

/** @param {HTMLElement} preview */
export function start(preview) {
  const form = /** @type {HTMLFormElement} */ (need(`#${preview.dataset.form}`));
  const colours = /** @type {Record<string, string>} */ (JSON.parse(need("#category-colours").textContent ?? "{}"));
  const picture = /** @type {HTMLImageElement} */ (need("[data-picture]", preview));
  const value = (/** @type {string} */ name) => String(new FormData(form).get(name) ?? "");
  const draw = () => {
    setText(need("[data-name]", preview), value("name"));
    setText(need("[data-price]", preview), value("price") ? `${value("price")}\u00a0${preview.dataset.currency}` : "");
    preview.className = `tile-preview hue-${colours[value("category")] ?? "slate"}`;
    const key = value("picture");
    if (key && !picture.src.includes(key)) picture.src = `/media/${key}-small.webp`;
    picture.hidden = !key;
    need(".tile", preview).classList.toggle("tile--pictured", Boolean(key));
  };
  form.addEventListener("input", draw);
  form.addEventListener("change", draw);
  draw();
}
