// What the browser promises about what this till keeps (OFF-17): asked for once, looked at now and then, said before it hurts.

import { toast } from "../lib/toast.js";
import { till } from "./till.js";
import { t } from "./words.js";

const EVERY = 300_000;
// A day's sales of a busy till take a few megabytes; this is room for weeks.
const LOW = 50_000_000;

/** @typedef {{promised: boolean | null, used: number, free: number | null}} Room promised: null where the browser cannot say */

/** @returns {Promise<Room>} */
export async function room() {
  const [promised, estimate] = await Promise.all([navigator.storage?.persisted?.() ?? null, navigator.storage?.estimate?.() ?? {}]);
  const { usage = 0, quota } = /** @type {StorageEstimate} */ (estimate);
  return { promised, used: usage, free: quota === undefined ? null : Math.max(0, quota - usage) };
}

/** Ask the browser to keep what waits, whatever else needs the space. */
export const askForKeeping = async () => (await navigator.storage?.persist?.()) ?? null;

async function look() {
  const { free } = await room();
  if (free !== null && free < LOW) toast(t("storageLow", { megabytes: Math.floor(free / 1_000_000) }), { closeLabel: t("close") });
}

let asked = true;

/** The till itself reloads: what waits is stored, and nobody is asked. */
export function reloadUnasked() {
  asked = false;
  location.reload();
}

/** Ask for lasting storage, warn when it runs out, and before a tab goes in which something waits. */
export function watchStorage() {
  void askForKeeping();
  void look();
  setInterval(() => void look(), EVERY);
  addEventListener("beforeunload", (event) => {
    if (asked && till.get().waiting) event.preventDefault();
  });
}
