// What had the focus may be gone after htmx put something else in its place: then the new part takes it, not the page's top.

/** @type {{id: string, target: Element | null} | null} */
let before = null;

document.addEventListener("htmx:before:swap", (event) => {
  const active = document.activeElement;
  const { ctx } = /** @type {CustomEvent} */ (event).detail ?? {};
  const target = ctx?.target instanceof Element ? ctx.target : null;
  before = active && target?.contains(active) ? { id: active.id, target } : null;
});

document.addEventListener("htmx:after:swap", () => {
  if (!before || (document.activeElement && document.activeElement !== document.body)) return;
  const same = before.id ? document.getElementById(before.id) : null;
  const next = same ?? before.target?.querySelector("[autofocus]") ?? before.target;
  if (!(next instanceof HTMLElement)) return;
  if (next === before.target) next.tabIndex = -1;
  next.focus({ preventScroll: true });
});
