// A list of small rows: a template adds one, a button takes one away. The server reads the values of each name in their order.

/** @param {HTMLElement} element */
export function start(element) {
  const list = /** @type {HTMLElement} */ (element.querySelector("[data-lines]"));
  const template = /** @type {HTMLTemplateElement} */ (element.querySelector("template"));
  const add = /** @type {HTMLButtonElement} */ (element.querySelector("[data-add]"));
  const settle = () => (add.hidden = list.children.length >= Number(element.dataset.most));
  const changed = () => element.dispatchEvent(new Event("input", { bubbles: true }));
  add.addEventListener("click", () => {
    list.append(template.content.cloneNode(true));
    /** @type {HTMLElement | null | undefined} */ (list.lastElementChild?.querySelector("input"))?.focus();
    settle();
    changed();
  });
  list.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("[data-remove]") : null;
    if (!button) return;
    button.closest("[data-line]")?.remove();
    settle();
    add.focus();
    changed();
  });
  settle();
}
