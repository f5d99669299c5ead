// A button that copies what stands in another element, and says so.

/** @param {HTMLElement} button */
export function start(button) {
  const source = document.getElementById(button.dataset.source ?? "");
  if (!source || !navigator.clipboard) {
    button.hidden = true;
    return;
  }
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText((source.textContent ?? "").trim());
    const word = button.querySelector("span");
    if (word) word.textContent = button.dataset.done ?? "";
  });
}
