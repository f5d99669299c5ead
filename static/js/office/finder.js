// The search of everything: Ctrl or Cmd and K opens it, arrows walk through what was found, Enter opens.

/** @param {HTMLElement} link */
export function start(link) {
  const dialog = document.getElementById(link.dataset.dialog ?? "");
  if (!(dialog instanceof HTMLDialogElement)) return;
  const open = () => {
    if (!dialog.open) dialog.showModal();
    const field = dialog.querySelector("input");
    field?.focus();
    field?.select();
  };
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  dialog.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target === dialog || target?.closest("[data-close]")) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => walk(dialog, event));
  dialog.querySelector("form")?.addEventListener("submit", (event) => first(dialog, event));
}

/**
 * @param {HTMLDialogElement} dialog
 * @param {KeyboardEvent} event
 */
function walk(dialog, event) {
  if (event.key === "Escape") dialog.close(); // a search field would take the first for emptying itself
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const field = dialog.querySelector("input");
  const stops = [field, ...dialog.querySelectorAll("a.found__hit")].filter((one) => one instanceof HTMLElement);
  const here = stops.findIndex((one) => one === document.activeElement);
  event.preventDefault();
  stops[(here + step + stops.length) % stops.length]?.focus();
}

/**
 * Enter in the field opens the first that was found for what stands there.
 * @param {HTMLElement} dialog
 * @param {Event} event
 */
function first(dialog, event) {
  const hit = dialog.querySelector("a.found__hit");
  if (!(hit instanceof HTMLAnchorElement)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  hit.click();
}
