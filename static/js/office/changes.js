// A form that knows whether something was changed: its foot says so, and leaving asks first.

/** @param {HTMLElement} element */
export function start(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const note = form.querySelector("[data-unsaved]");
  const before = state(form);
  let leaving = false;
  const changed = () => !leaving && (form.dataset.changed === "yes" || state(form) !== before);
  const show = () => note instanceof HTMLElement && (note.hidden = !changed());
  form.addEventListener("input", show);
  form.addEventListener("change", show);
  form.addEventListener("submit", () => (leaving = true));
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("beforeunload", (event) => {
    if (form.isConnected && changed()) event.preventDefault();
  });
  show();
}

/** @param {HTMLFormElement} form */
function state(form) {
  const pairs = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  return JSON.stringify(pairs.map(([name, value]) => [name, value instanceof File ? `${value.name} ${value.size}` : value]));
}
