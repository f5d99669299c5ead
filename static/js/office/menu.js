// The menu at the side: narrow or wide, as this browser was told last.

const YEAR = 31_536_000;

/** @param {HTMLElement} menu */
export function start(menu) {
  const office = menu.closest(".office");
  if (!(office instanceof HTMLElement)) return;
  menu.querySelector("[data-fold]")?.addEventListener("click", () => {
    const narrow = menu.getBoundingClientRect().width < 120;
    office.dataset.menu = narrow ? "wide" : "narrow";
    document.cookie = `smartpos_menu=${office.dataset.menu}; path=/; max-age=${YEAR}; samesite=lax`;
  });
  menu.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}
