// A preview that says what is being typed: each part names its field, and what it says when the field is empty, and where
// the words for codes stand.

/** @param {HTMLElement} element */
export function start(element) {
  for (const part of element.querySelectorAll("[data-of]")) {
    if (!(part instanceof HTMLElement)) continue;
    const field = /** @type {HTMLInputElement | HTMLSelectElement | null} */ (document.getElementById(part.dataset.of ?? ""));
    const empty = part.textContent ?? "";
    const words = JSON.parse(document.getElementById(part.dataset.words ?? "")?.textContent ?? "{}");
    const show = () => {
      const value = field?.value.trim() ?? "";
      part.textContent = (words[value] ?? value) || empty;
    };
    field?.addEventListener("input", show);
    field?.addEventListener("change", show);
    show();
  }
}
