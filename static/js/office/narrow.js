// A list that a word narrows: each line is found by its words, Enter opens the first that is left.

/** @param {HTMLElement} list */
export function start(list) {
  const input = /** @type {HTMLInputElement} */ (list.querySelector("[data-find]"));
  const none = /** @type {HTMLElement} */ (list.querySelector("[data-none]"));
  const lines = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[data-words]")]);
  const shown = () => lines.filter((line) => !line.hidden);
  input.addEventListener("input", () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    for (const line of lines) line.hidden = !words.every((word) => plain(line.dataset.words ?? "").includes(word));
    for (const group of list.querySelectorAll("[data-group]")) {
      /** @type {HTMLElement} */ (group).hidden = !group.querySelector("[data-words]:not([hidden])");
    }
    none.hidden = shown().length > 0;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && input.value.trim()) shown()[0]?.click();
  });
}

/** Without marks over the letters, so that «pecat» finds «pečat». @param {string} text */
const plain = (text) => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replaceAll("đ", "d");
