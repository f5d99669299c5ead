// A preview that says what is being typed: each part names its field, and what it says when the field is empty.

/** @param {HTMLElement} element */
export function start(element) {
  for (const part of element.querySelectorAll("[data-of]")) {
    if (!(part instanceof HTMLElement)) continue;
    const field = /** @type {HTMLInputElement | HTMLSelectElement | null} */ (document.getElementById(part.dataset.of ?? ""));
    const empty = part.textContent ?? "";
    const show = () => {
      part.textContent = field?.value.trim() || empty;
    };
    field?.addEventListener("input", show);
    field?.addEventListener("change", show);
    show();
  }
}
