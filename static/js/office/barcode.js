// A field of barcodes: a scanner's Enter does not send the form, a wrong check digit is said at once (and is no obstacle).

import { checkDigitFault } from "../pos/barcodes.js";

/** @param {HTMLElement} element */
export function start(element) {
  const input = /** @type {HTMLInputElement} */ (element);
  const note = document.createElement("p");
  note.className = "field__help field__help--warn";
  note.setAttribute("role", "status");
  input.after(note);
  const look = () => {
    const faults = input.value.split(/[\s,;]+/).map(checkDigitFault).filter((fault) => fault !== null);
    note.textContent = faults.map((fault) => (input.dataset.warning ?? "").replace("{code}", fault.code).replace("{digit}", fault.expected)).join(" ");
    note.hidden = !faults.length;
  };
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (input.value.trim() && !/[,;]\s*$/.test(input.value)) input.value = `${input.value.trim()}, `;
    look();
  });
  input.addEventListener("change", look);
  input.addEventListener("blur", () => (input.value = input.value.replace(/[\s,;]+$/, "")));
  look();
}
