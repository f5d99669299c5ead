// A file that is too large is told before it travels.

/** @param {HTMLElement} element */
export function start(element) {
  const input = element.querySelector("input[type=file]");
  const most = Number(element.dataset.most);
  if (!(input instanceof HTMLInputElement) || !(element instanceof HTMLFormElement)) return;
  const said = document.createElement("p");
  const place = element.querySelector(".field__error");
  const check = () => {
    const size = input.files?.[0]?.size ?? 0;
    const large = size > most;
    said.textContent = large ? (element.dataset.tooLarge ?? "") : "";
    input.setAttribute("aria-invalid", String(large));
    if (large) place?.replaceChildren(said);
    else if (place?.contains(said)) place.replaceChildren();
    return !large;
  };
  input.addEventListener("change", check);
  element.addEventListener("submit", (event) => {
    if (!check()) event.preventDefault();
  });
}
