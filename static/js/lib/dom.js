// Elements without innerHTML: everything goes in as text, attributes or nodes.

/** @typedef {Node | string | number | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | EventListener>} Attributes */

const SPRITE = new URL("../../vendor/icons.svg", import.meta.url).href;
const SVG = "http://www.w3.org/2000/svg";

/**
 * An element: attributes as they are written in HTML, `onclick` and the like take functions, null and false leave out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/**
 * @param {ParentNode} parent
 * @param {Child[]} children
 */
export function append(parent, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(typeof child === "number" ? String(child) : child);
  }
}

/**
 * Replace what an element holds.
 * @param {Element} parent
 * @param {...Child} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
}

/**
 * The same, where the keyboard may stand inside: it stands in the same place afterwards.
 * @param {Element} parent
 * @param {...Child} children
 */
export function refill(parent, ...children) {
  const places = () => /** @type {HTMLElement[]} */ ([...parent.querySelectorAll("button, input, select, a[href]")]);
  const at = places().indexOf(/** @type {HTMLElement} */ (document.activeElement));
  fill(parent, ...children);
  if (at >= 0) places().at(Math.min(at, places().length - 1))?.focus();
}

/**
 * Make an element hold just these, in this order; what is there already is not touched, and so not laid out anew.
 * @param {Element} parent
 * @param {Element[]} wanted
 */
export function keepChildren(parent, wanted) {
  wanted.forEach((element, place) => {
    if (parent.children[place] !== element) parent.insertBefore(element, parent.children[place] ?? null);
  });
  while (parent.children.length > wanted.length) parent.lastElementChild?.remove();
}

/**
 * An icon of the sprite, hidden from screen readers: the button that holds it has a name of its own.
 * @param {string} name
 * @param {string} [kind]
 */
export function icon(name, kind = "") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", kind ? `icon icon--${kind}` : "icon");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${SPRITE}#${name}`);
  svg.append(use);
  return svg;
}

/**
 * The first element that fits, which must be there.
 * @template {Element} [E=HTMLElement]
 * @param {string} selector
 * @param {ParentNode} [root]
 * @returns {E}
 */
export function need(selector, root = document) {
  const found = root.querySelector(selector);
  if (!found) throw new Error(`nothing fits ${selector}`);
  return /** @type {E} */ (found);
}

/**
 * Set the text only when it differs, in the node that is there: nothing is laid out anew for nothing, and no style is found anew.
 * @param {Element} element
 * @param {string} text
 */
export function setText(element, text) {
  const node = element.firstChild;
  if (text && node instanceof Text && !node.nextSibling) node.data === text || (node.data = text);
  else if (element.textContent !== text) element.textContent = text;
}

/**
 * Hide or show only where that changes something.
 * @param {HTMLElement} element
 * @param {boolean} hidden
 */
export function setHidden(element, hidden) {
  if (element.hidden !== hidden) element.hidden = hidden;
}

/**
 * The same for what decides how an element looks.
 * @param {HTMLElement} element
 * @param {string} names
 */
export function setClass(element, names) {
  if (element.className !== names) element.className = names;
}

/**
 * A copy of the contents of a <template>.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function copy(id) {
  const template = /** @type {HTMLTemplateElement} */ (need(`template#${id}`));
  const first = template.content.firstElementChild;
  if (!first) throw new Error(`template ${id} is empty`);
  return /** @type {HTMLElement} */ (document.importNode(first, true));
}

/**
 * Whether the keyboard writes into this element.
 * @param {EventTarget | null} target
 */
export function isField(target) {
  if (!(target instanceof Element)) return false;
  if (target instanceof HTMLInputElement) return !["checkbox", "radio", "button", "submit", "range"].includes(target.type);
  return target.matches("textarea, select, [contenteditable]");
}
