// A password that can be looked at while it is typed.

/** @param {HTMLElement} element */
export function start(element) {
  const input = element.querySelector("input");
  const button = element.querySelector("button");
  if (!input || !button) return;
  button.hidden = false;
  const show = (/** @type {boolean} */ open) => {
    input.type = open ? "text" : "password";
    button.setAttribute("aria-pressed", String(open));
    button.setAttribute("aria-label", (open ? element.dataset.hide : element.dataset.show) ?? "");
  };
  show(false);
  button.addEventListener("click", () => show(input.type === "password"));
  input.form?.addEventListener("submit", () => show(false));
}
