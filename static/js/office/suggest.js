// A button that asks the server for a value and puts it into a field, behind what stands there where it is to be appended.

/** @param {HTMLElement} button */
export function start(button) {
  const field = document.getElementById(button.dataset.target ?? "");
  if (!(field instanceof HTMLInputElement)) return;
  button.hidden = false;
  button.addEventListener("click", async () => {
    const answer = await fetch(button.dataset.address ?? "", { headers: { Accept: "application/json" } });
    if (!answer.ok) return location.reload();
    const { value } = await answer.json();
    const former = button.hasAttribute("data-append") ? field.value.replace(/[\s,;]+$/, "") : "";
    field.value = former && value ? `${former}, ${value}` : value || former;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    field.select();
  });
}
