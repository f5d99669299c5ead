// A search inside a larger form: Enter looks, and does not send the form.

/** @param {HTMLElement} element */
export function start(element) {
  const input = element.querySelector("input[type=search]");
  const button = element.querySelector("[data-look]");
  if (!(input instanceof HTMLInputElement) || !(button instanceof HTMLButtonElement)) return;
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    button.click();
  });
}
