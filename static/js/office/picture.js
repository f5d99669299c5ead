// A picture field: chosen, taken by the camera or dropped, it is sent at once; the form keeps only its key.

import { need, setText } from "../lib/dom.js";

const MOST_BYTES = 8 * 1024 * 1024;

/** @param {HTMLElement} field */
export function start(field) {
  const key = /** @type {HTMLInputElement} */ (need("[data-key]", field));
  const shown = /** @type {HTMLImageElement} */ (need("[data-shown]", field));
  const problem = need("[data-problem]", field);
  const show = (/** @type {string} */ value) => {
    key.value = value;
    key.dispatchEvent(new Event("input", { bubbles: true }));
    if (value) shown.src = `/media/${value}-small.webp`;
    shown.hidden = !value;
    need("[data-none]", field).hidden = Boolean(value);
    need("[data-remove]", field).hidden = !value;
  };
  const send = async (/** @type {File | undefined} */ file) => {
    if (!file) return;
    if (file.size > MOST_BYTES) return setText(problem, field.dataset.large ?? "");
    setText(problem, field.dataset.busy ?? "");
    const answer = await put(field.dataset.address ?? "", file);
    setText(problem, "key" in answer ? "" : answer.message || (field.dataset.failed ?? ""));
    if ("key" in answer) show(answer.key);
  };
  for (const input of field.querySelectorAll("input[type=file]")) {
    input.addEventListener("change", () => {
      const chosen = /** @type {HTMLInputElement} */ (input);
      void send(chosen.files?.[0]);
      chosen.value = "";
    });
  }
  need("[data-remove]", field).addEventListener("click", () => show(""));
  dropping(need("[data-drop]", field), send);
}

/**
 * @param {HTMLElement} place
 * @param {(file: File | undefined) => void} send
 */
function dropping(place, send) {
  place.addEventListener("dragover", (event) => {
    event.preventDefault();
    place.classList.add("picture__drop--over");
  });
  place.addEventListener("dragleave", () => place.classList.remove("picture__drop--over"));
  place.addEventListener("drop", (event) => {
    event.preventDefault();
    place.classList.remove("picture__drop--over");
    send(event.dataTransfer?.files[0]);
  });
}

/**
 * @param {string} address
 * @param {File} file
 * @returns {Promise<{key: string} | {message: string}>}
 */
async function put(address, file) {
  const body = new FormData();
  body.append("file", file);
  const token = /** @type {HTMLInputElement | null} */ (document.querySelector("input[name=csrfmiddlewaretoken]"));
  try {
    const response = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token?.value ?? "" } });
    return await response.json();
  } catch {
    return { message: "" };
  }
}
