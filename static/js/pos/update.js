// A new version of the till (PWA-06): installed beside the old one, taken when nobody is in the middle of anything.

import { topSheet } from "../lib/sheet.js";
import { toast } from "../lib/toast.js";
import { scriptUrl } from "../lib/trusted.js";
import { till } from "./till.js";
import { t } from "./words.js";

// A till that is never closed asks by itself whether there is one.
const EVERY = 3_600_000;
const SOON = 2_000;

/** @type {ServiceWorkerRegistration | undefined} */
let registration;
/** The version that was offered already. @type {ServiceWorker | null} */
let offered = null;
let taking = false;

/** Keep the shell for the time without a network, and look for new versions of it. */
export function watchUpdates() {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => taking && location.reload());
  void navigator.serviceWorker.register(scriptUrl("/pos/sw.js"), { scope: "/pos/" }).then((made) => {
    registration = made;
    made.addEventListener("updatefound", () => made.installing?.addEventListener("statechange", consider));
    setInterval(() => void made.update().catch(() => {}), EVERY);
    consider();
  });
  till.watch(["lines", "waiting", "person"], consider);
  // a sheet that closes changes nothing of these
  setInterval(consider, SOON);
}

/** Somebody is entering a PIN, or one is being asked about. */
const entering = () => Boolean(/** @type {HTMLInputElement | null} */ (document.querySelector("#pin"))?.value || document.querySelector(".pad__dots[data-busy]"));

/** Nothing on the ticket, nothing to be sent, nobody at the pad: a reload loses nobody's work. */
const free = () => !till.get().lines.length && !till.get().waiting && !topSheet() && !entering();

/** At a locked till by itself; where somebody sells, by their word. */
function consider() {
  const waiting = registration?.waiting;
  if (!waiting || !navigator.serviceWorker.controller || !free()) return;
  if (!till.get().person) return take();
  if (waiting === offered) return;
  offered = waiting;
  toast(t("newVersion"), { closeLabel: t("close"), action: { label: t("update"), act: () => free() && take() } });
}

function take() {
  taking = true;
  registration?.waiting?.postMessage("activate");
}
