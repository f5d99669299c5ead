// Tabs that lead to parts of one page: the part that is read is marked.

/** @param {HTMLElement} tabs */
export function start(tabs) {
  const links = /** @type {HTMLAnchorElement[]} */ ([...tabs.querySelectorAll("a[href^='#']")]);
  const parts = links.map((link) => document.getElementById(link.hash.slice(1)));
  const look = () => {
    const line = tabs.getBoundingClientRect().bottom + 24;
    const bottom = scrollY > 0 && innerHeight + scrollY >= document.documentElement.scrollHeight - 4;
    let current = bottom ? parts.length - 1 : 0;
    if (!bottom) parts.forEach((part, index) => part && part.getBoundingClientRect().top <= line && (current = index));
    links.forEach((link, index) => (index === current ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
    if (tabs.scrollWidth > tabs.clientWidth) tabs.scrollTo({ left: links[current].offsetLeft - tabs.clientWidth / 3 });
  };
  document.addEventListener("scroll", look, { passive: true });
  addEventListener("load", () => requestAnimationFrame(look));
  look();
}
