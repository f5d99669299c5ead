// A setting of a store: its control works only while the store has a value of its own.

/** @param {HTMLElement} element */
export function start(element) {
  const own = /** @type {HTMLInputElement} */ (element.querySelector(".setting__own input"));
  const show = () => {
    for (const control of element.querySelectorAll("input, select, textarea, button")) {
      if (control !== own) /** @type {HTMLInputElement} */ (control).disabled = !own.checked;
    }
  };
  own.addEventListener("change", show);
  show();
}
