// The till: from an empty browser to selling, and back to the lock.

import { need } from "../lib/dom.js";
import { toast } from "../lib/toast.js";
import { scriptUrl } from "../lib/trusted.js";
import { Refusal, call } from "./api.js";
import { forget, read, waitingCount } from "./db.js";
import { wake } from "./queue.js";
import { busyScreen, enrolScreen, pinScreen, shiftScreen, unreachableScreen } from "./screens/gate.js";
import { sellScreen } from "./screens/sell.js";
import { fromCache, keepLooking, refresh } from "./sync.js";
import { till } from "./till.js";
import { setLanguage, t } from "./words.js";

const host = need("#till");

/** Hold the till for this tab as long as it lives; false when another tab has it. */
function claim() {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request("smartpos-till", { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise(() => {}) : undefined;
    });
  });
}

/** Whether this browser is a device: asked of the server, believed from the cache when there is no answer. */
async function enrolled() {
  try {
    await call("device", undefined, 5000);
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 401) return false;
    return (await read("place")) !== undefined;
  }
}

async function start() {
  setLanguage((await read("language")) ?? navigator.language.slice(0, 2));
  if (!(await claim())) return busyScreen(host);
  void navigator.storage?.persist?.();
  registerWorker();
  const known = await fromCache();
  if (!(await enrolled())) {
    if (!(await waitingCount())) await forget("place");
    return enrolScreen(host, begin);
  }
  try {
    await refresh();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (!known) return unreachableScreen(host);
    till.set({ link: "offline" });
  }
  begin();
}

let looking = false;

async function begin() {
  if (!(await read("language")) && till.get().place) setLanguage(till.get().place.store.language);
  till.set({ waiting: await waitingCount() });
  if (!looking) keepLooking();
  looking = true;
  wake();
  lock();
}

function lock() {
  till.set({ person: null });
  pinScreen(host, sellOrOpen);
}

function sellOrOpen() {
  if (till.get().shift) sellScreen(host, { lock, afterShift: sellOrOpen });
  else shiftScreen(host, sellOrOpen);
}

/** A new version waits until the cart is empty and everything has been sent. */
function registerWorker() {
  if (!navigator.serviceWorker) return;
  void navigator.serviceWorker.register(scriptUrl("/pos/sw.js"), { scope: "/pos/" }).then((registration) => {
    const offer = () => {
      const { waiting } = registration;
      if (!waiting || !navigator.serviceWorker.controller || till.get().lines.length || till.get().waiting) return;
      toast(t("newVersion"), { closeLabel: t("close"), action: { label: t("update"), act: () => waiting.postMessage("activate") } });
    };
    registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
    offer();
  });
}

void start();
