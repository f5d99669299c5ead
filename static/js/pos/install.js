// The till as an app of its own: the browser's offer, kept until somebody wants it.

/** @type {{prompt: () => Promise<void>, userChoice: Promise<{outcome: string}>} | null} */
let offer = null;

/** Hear the browser's offer; from start to end, because it comes once. */
export function watchInstall() {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = /** @type {any} */ (event);
  });
  addEventListener("appinstalled", () => (offer = null));
}

export const canInstall = () => offer !== null;

/** Whether this is the app already. */
export const isInstalled = () => matchMedia("(display-mode: standalone), (display-mode: fullscreen)").matches;

/** Let the browser ask; whether somebody said yes. */
export async function install() {
  const asked = offer;
  offer = null;
  await asked?.prompt();
  return (await asked?.userChoice)?.outcome === "accepted";
}
