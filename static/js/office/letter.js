// The text of a mail: a press puts a variable where somebody writes, unknown ones are named at once, and the preview follows.

const HOLE = /\{\{\s*([a-z][a-z0-9_]*)\s*\}\}/g;
const PAUSE = 500;

/** @param {HTMLElement} element */
export function start(element) {
  const form = /** @type {HTMLFormElement} */ (element.querySelector("#letter"));
  const shown = /** @type {HTMLFormElement} */ (element.querySelector("[data-preview]"));
  const fields = /** @type {(HTMLInputElement | HTMLTextAreaElement)[]} */ ([...form.querySelectorAll("input[name=subject], textarea[name=html]")]);
  const known = new Set((element.dataset.known ?? "").split(" "));
  let last = fields[1];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;

  const check = () => {
    for (const field of fields) {
      const unknown = [...new Set([...field.value.matchAll(HOLE)].map(([, name]) => name))].filter((name) => !known.has(name));
      const place = document.getElementById(`${field.id}_error`);
      if (place) place.replaceChildren(...unknown.map((name) => Object.assign(document.createElement("p"), { textContent: (element.dataset.unknown ?? "").replace("{name}", name) })));
      if (unknown.length) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
  };
  const preview = () => {
    for (const field of fields) /** @type {HTMLInputElement} */ (shown.elements.namedItem(field.name)).value = field.value;
    shown.submit();
  };
  const later = () => {
    clearTimeout(soon);
    soon = setTimeout(() => (check(), preview()), PAUSE);
  };

  for (const field of fields) {
    field.addEventListener("focus", () => (last = field));
    field.addEventListener("input", later);
  }
  element.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-insert]");
    if (!(button instanceof HTMLElement)) return;
    last.setRangeText(`{{ ${button.dataset.insert} }}`, last.selectionStart ?? last.value.length, last.selectionEnd ?? last.value.length, "end");
    last.focus();
    last.dispatchEvent(new Event("input", { bubbles: true }));
  });
  preview();
}
