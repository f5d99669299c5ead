// What was typed and not yet sent survives a reload and a change of language; passwords and PINs are never kept.

/** @param {HTMLElement} element */
export function start(element) {
  const form = /** @type {HTMLFormElement} */ (element);
  const key = `draft:${location.pathname}`;
  if (!form.querySelector("[aria-invalid=true]")) restore(form, read(key));
  const keep = () => sessionStorage.setItem(key, JSON.stringify(fields(form).map((field) => [field.name, field.value, isOn(field)])));
  form.addEventListener("input", keep);
  form.addEventListener("change", keep);
  form.addEventListener("submit", () => sessionStorage.removeItem(key));
}

/** @param {string} key @returns {[string, string, boolean][]} */
function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "[]");
  } catch {
    return [];
  }
}

/** @typedef {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} Field */

/** @param {HTMLFormElement} form @returns {Field[]} */
function fields(form) {
  const all = /** @type {Field[]} */ ([...form.querySelectorAll("input[name], select[name], textarea[name]")]);
  return all.filter((field) => !["hidden", "password", "submit"].includes(field.type) && !("secret" in field.dataset));
}

/** @param {Field} field */
const isOn = (field) => field instanceof HTMLInputElement && ["radio", "checkbox"].includes(field.type) && field.checked;

/** @param {HTMLFormElement} form @param {[string, string, boolean][]} kept */
function restore(form, kept) {
  for (const field of fields(form)) {
    const toggled = field instanceof HTMLInputElement && ["radio", "checkbox"].includes(field.type);
    const found = kept.find(([name, value]) => name === field.name && (!toggled || value === field.value));
    if (!found) continue;
    if (toggled) field.checked = found[2];
    else field.value = found[1];
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
