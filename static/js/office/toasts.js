// Toasts that came with the page: they go by themselves, not while somebody reads them or reaches for Undo.

const STAY = 8000;
const STAY_WITH_ACTION = 15_000;

/** @param {HTMLElement} tray */
export function start(tray) {
  for (const card of tray.querySelectorAll(".toast")) keep(/** @type {HTMLElement} */ (card));
}

/** @param {HTMLElement} card */
function keep(card) {
  const stay = card.querySelector("form") ? STAY_WITH_ACTION : STAY;
  const away = () => card.remove();
  let timer = setTimeout(away, stay);
  const hold = () => clearTimeout(timer);
  const release = () => (timer = setTimeout(away, stay));
  card.addEventListener("pointerenter", hold);
  card.addEventListener("pointerleave", release);
  card.addEventListener("focusin", hold);
  card.addEventListener("focusout", release);
  card.querySelector("[data-close]")?.addEventListener("click", away);
}
