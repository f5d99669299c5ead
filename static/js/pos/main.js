// The till: from an empty browser to selling, and back to the lock.

import { need } from "../lib/dom.js";
import { closeSheets } from "../lib/sheet.js";
import { toast } from "../lib/toast.js";
import { Refusal, call } from "./api.js";
import { forget, read, waitingCount, write } from "./db.js";
import { watchErrors } from "./heartbeat.js";
import { Idle } from "./idle.js";
import { watchInstall } from "./install.js";
import { finishMove, goTo, placesOf } from "./places.js";
import { wake } from "./queue.js";
import { end } from "./session.js";
import { busyScreen, enrolScreen, pinScreen, unreachableScreen } from "./screens/gate.js";
import { openLock } from "./screens/lock.js";
import { occupiedScreen, placeScreen } from "./screens/place.js";
import { shiftScreen } from "./screens/shift-open.js";
import { overScreen } from "./screens/shift-over.js";
import { watchShift } from "./shift-over.js";
import { articlesRead, fromCache, keepLooking, refresh } from "./sync.js";
import { reloadUnasked, watchStorage } from "./storage.js";
import { setting, till } from "./till.js";
import { startTraining } from "./training.js";
import { watchUpdates } from "./update.js";
import { setLanguage, t } from "./words.js";

const host = need("#till");
// The sign-in page of the Backoffice offers the PIN where it finds this.
const ENROLLED = "smartpos-enrolled";

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
    const { device } = await call("device", undefined, 5000);
    return device !== null || (await notEnrolled());
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 401) return notEnrolled();
    return (await read("place")) !== undefined;
  }
}

/** Not a device, unless a move that was under way has made it one meanwhile. */
async function notEnrolled() {
  if (await finishMove().catch(() => false)) return true;
  localStorage.removeItem(ENROLLED);
  return false;
}

async function start() {
  const [language, place, doubt, moving] = await Promise.all([read("language"), read("place"), read("doubt"), read("moving")]);
  setLanguage(language ?? place?.store.language ?? navigator.language.slice(0, 2));
  if (!(await claim())) {
    busyScreen(host);
    // when the other tab goes, this one is the till
    return void navigator.locks.request("smartpos-till", () => location.reload());
  }
  watchStorage();
  watchUpdates();
  const known = await fromCache();
  // a till that knows its shop opens at once, whatever the network does; what is new comes while somebody enters a PIN
  if (known && !doubt && !moving) {
    await begin();
    return void fetchNews();
  }
  if (!(await enrolled())) {
    // what a revoked device did before is still taken
    if (await waitingCount()) wake();
    else await forget("place");
    return enrolScreen(host, begin);
  }
  await forget("doubt");
  if (!(await fetchNews()) && !known) return unreachableScreen(host);
  void begin();
}

/** Whether the server answered. */
async function fetchNews() {
  try {
    await refresh();
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    till.set({ link: "offline" });
    return false;
  }
}

/** The server says that this browser is no device: the next start asks before it opens. */
const doubted = () => void write("doubt", true).then(reloadUnasked);

let looking = false;

async function begin() {
  localStorage.setItem(ENROLLED, "1");
  if (!(await read("language")) && till.get().place) setLanguage(till.get().place.store.language);
  till.set({ waiting: await waitingCount() });
  if (!looking) keepLooking(doubted);
  looking = true;
  wake();
  idle.watch(() => setting("pos.idle_minutes", 0));
  lock();
  void articlesRead();
  setTimeout(() => void fetchSelling().catch(() => (selling = undefined)), 0);
}

/** Whom the cache knew: a person who is in no cache yet (no PIN of their own) is nobody's dismissal. */
let known = "";

/** With every news: rights are what they are now, and whoever was dismissed or works elsewhere leaves; the cart stays (AUT-14). */
till.watch(["catalog", "person"], ({ person, catalog, place }) => {
  if (!person || !catalog) return;
  const row = catalog.employees[person.id];
  const here = row && (!row[3] || row[3].includes(place.store.id));
  if (!here && known === person.id) return lock("other");
  known = here ? person.id : "";
  if (here && String(row[2]) !== String(person.codes)) till.set({ person: { ...person, codes: row[2] } });
});

/** Nobody touched it for as long as the shop allows: everything stays as it is, the next person enters a PIN. */
const idle = new Idle(
  () => lock("idle"),
  (seconds) => till.get().person && toast(t("locksSoon", { seconds }), { closeLabel: t("close"), action: { label: t("stay"), act: () => {} } }),
);

/** @param {import("./session.js").Reason} [reason] */
function lock(reason = "hand") {
  const { person } = till.get();
  if (!person) return pinScreen(host, () => void enter());
  void end(reason);
  openLock(person, (other) => {
    if (other && till.get().shift) sellOrOpen();
    else if (other) void enter();
  });
}

/** Back to the PIN, for whoever does not want to begin here. */
function leave() {
  void end("hand");
  lock();
}

/** Shifts of others in which somebody has said that they sell: asked once as long as this page lives. @type {Set<string>} */
const joined = new Set();

/** After the PIN: one's own shift goes on, somebody else's is a warning, and where there is none there may be a choice. */
async function enter() {
  const { shift, person, training } = till.get();
  if (!person) return lock();
  if (till.get().preview) till.set({ preview: false, lines: [], customer: null });
  if (training) return sellOrOpen();
  if (shift) {
    if (!shift.employee || shift.employee === person.id || joined.has(`${shift.id} ${person.id}`)) return sellOrOpen();
    return occupied();
  }
  const stores = await placesOf(person);
  if (stores.length) placeScreen(host, stores, { choose, stay: sellOrOpen, leave });
  else sellOrOpen();
}

async function occupied() {
  const { shift, person } = till.get();
  if (!person || !shift) return lock();
  const stores = await placesOf(person);
  const other = stores.length ? () => placeScreen(host, stores, { choose, stay: () => void occupied(), leave }) : null;
  const join = () => {
    joined.add(`${shift.id} ${person.id}`);
    sellOrOpen();
  };
  occupiedScreen(host, { join, other, leave });
}

/** @param {string} terminal */
async function choose(terminal) {
  await goTo(terminal, till.get().person?.pass ?? "");
  sellOrOpen();
}

/** Where the shop wants it, each order is somebody's own: the next one needs a card or a PIN again (AUT-08). */
addEventListener("order-done", () => setting("pos.card_relock", false) && lock("order"));

/** The shift ended without this till: said over everything, also to whoever comes next. @type {import("./shift-over.js").Over | null} */
let over = null;

/** @param {import("./shift-over.js").Over} why */
function shiftEnded(why) {
  over = why;
  if (!till.get().person) return;
  closeSheets();
  sellOrOpen();
}

function endPreview() {
  till.set({ preview: false, lines: [], customer: null });
  sellOrOpen();
}

function sellOrOpen() {
  const { shift, training, preview } = till.get();
  const why = shift || training ? null : over;
  over = null;
  if (why) return overScreen(host, why, sellOrOpen);
  if (shift || training || preview) void sell();
  else shiftScreen(host, opened);
}

/** A shift was opened here: what belongs to the morning comes first (EMP-08). */
function opened() {
  sellOrOpen();
  if (till.get().shift) void import("./screens/checklist.js").then(({ openMorning }) => openMorning(), () => {});
}

/** The selling screen and all that it opens: two thirds of the till, which come while somebody enters a PIN. @type {Promise<typeof import("./screens/sell.js")> | undefined} */
let selling;

const fetchSelling = () => (selling ??= import("./screens/sell.js"));

async function sell() {
  try {
    const [{ sellScreen }] = await Promise.all([fetchSelling(), articlesRead()]);
    const { person, shift, training, preview } = till.get();
    if (person && (shift || training || preview)) sellScreen(host, { lock: () => lock(), afterShift: sellOrOpen, endPreview });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // only a browser that has not kept the till yet can miss a part of it
    unreachableScreen(host);
  }
}

watchShift(shiftEnded);
startTraining(() => {
  if (!till.get().person || !host.querySelector(".till")) return;
  closeSheets();
  sellOrOpen();
});
watchErrors();
watchInstall();
void start();
