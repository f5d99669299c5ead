// A list: choosing rows, a head that stays when the table fits, arrow keys from row to row.

/** @param {HTMLElement} list */
export function start(list) {
  list.addEventListener("change", (event) => {
    const box = event.target;
    if (!(box instanceof HTMLInputElement) || box.type !== "checkbox") return;
    if (box.hasAttribute("data-all")) for (const row of rows(list)) row.checked = box.checked;
    if (box.hasAttribute("data-all") || box.name === "row") {
      event.stopPropagation();
      count(list);
    }
  });
  list.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    const box = target?.closest("input[name=row]");
    if (event.shiftKey && box instanceof HTMLInputElement) span(list, box);
    if (box instanceof HTMLInputElement) list.dataset.last = box.value;
    const button = target?.closest("[data-question]");
    if (button instanceof HTMLElement && !confirm(button.dataset.question)) event.preventDefault();
  });
  list.addEventListener("reset", () => setTimeout(() => clear(list)));
  list.addEventListener("keydown", (event) => steer(list, event));
  const settle = () => {
    frame(list);
    count(list);
  };
  new MutationObserver(settle).observe(list, { childList: true, subtree: true });
  addEventListener("resize", () => frame(list));
  settle();
}

/**
 * @param {HTMLElement} list
 * @returns {HTMLInputElement[]}
 */
function rows(list) {
  return [...list.querySelectorAll("input[name=row]")].filter((box) => box instanceof HTMLInputElement);
}

/** @param {HTMLElement} list */
function count(list) {
  const boxes = rows(list);
  const chosen = boxes.filter((box) => box.checked).length;
  const number = list.querySelector("[data-count]");
  if (number && number.textContent !== String(chosen)) number.textContent = String(chosen);
  for (const box of boxes) box.closest("tr")?.setAttribute("aria-selected", String(box.checked));
  const all = list.querySelector("[data-all]");
  if (!(all instanceof HTMLInputElement)) return;
  all.checked = chosen > 0 && chosen === boxes.length;
  all.indeterminate = chosen > 0 && chosen < boxes.length;
}

/** @param {HTMLElement} list */
function clear(list) {
  for (const box of rows(list)) box.checked = false;
  count(list);
}

/**
 * With Shift: everything from the row that was pressed last.
 * @param {HTMLElement} list
 * @param {HTMLInputElement} box
 */
function span(list, box) {
  const boxes = rows(list);
  const from = boxes.findIndex((one) => one.value === list.dataset.last);
  const to = boxes.indexOf(box);
  if (from < 0) return;
  for (const one of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
}

/**
 * A table that fits keeps its head in view; one that is wider scrolls in its frame.
 * @param {HTMLElement} list
 */
function frame(list) {
  const around = list.querySelector(".listing__frame");
  const table = around?.querySelector("table");
  if (!(around instanceof HTMLElement) || !table) return;
  const fits = table.scrollWidth <= around.clientWidth + 1;
  around.classList.toggle("listing__frame--fits", fits);
  around.tabIndex = fits ? -1 : 0; // what scrolls must be reached by key
}

/**
 * Arrow keys go from row to row, Escape gives the choice up.
 * @param {HTMLElement} list
 * @param {KeyboardEvent} event
 */
function steer(list, event) {
  if (event.key === "Escape" && rows(list).some((box) => box.checked) && !list.querySelector(":popover-open")) clear(list);
  const here = event.target instanceof Element ? event.target.closest("tbody tr") : null;
  if (!here || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  const near = event.key === "ArrowDown" ? here.nextElementSibling : here.previousElementSibling;
  const kind = event.target instanceof HTMLInputElement ? "input[name=row]" : ".row-link";
  const next = near?.querySelector(kind);
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}
