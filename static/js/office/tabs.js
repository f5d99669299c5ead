// Tabs that lead to pages of their own: on a narrow screen the present one is in sight.

/** @param {HTMLElement} tabs */
export function start(tabs) {
  const current = tabs.querySelector("[aria-current]");
  if (current instanceof HTMLElement) tabs.scrollLeft = current.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;
}
