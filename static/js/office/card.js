// A field that cards are scanned into: the scanner's Enter ends the scan and does not send the form.

/** @param {HTMLElement} element */
export function start(element) {
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}
