// What changed, said once: the page's polite live region, 400 ms after the last word.

const PAUSE = 400;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * @param {string} text
 */
export function announce(text) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    const region = document.getElementById("live");
    if (!region) return;
    // the same sentence twice is said twice
    region.textContent = region.textContent === text ? `${text}\u00a0` : text;
  }, PAUSE);
}
