// Put into the till's page by bench/till_run.py: times from an event's own stamp to the end of the forced layout.
(() => {
  const heard = [];
  let stop = () => {};
  const module = (path) => {
    const base = new URL(document.querySelector("script[type=module]").src);
    return import(new URL(path, base).href);
  };
  const seen = new Map();
  new MutationObserver(() => {
    if (!seen.has("#pin") && document.querySelector("#pin")) seen.set("#pin", performance.now());
  }).observe(document, { childList: true, subtree: true });
  window.benchSeen = (selector) => seen.get(selector);
  window.benchStart = (type, key) => {
    stop();
    heard.length = 0;
    const listener = (event) => {
      if (key && event.key !== key) return;
      // after every other listener of this event, and what they left for the end of the task
      queueMicrotask(() => {
        void document.body.offsetHeight;
        heard.push(performance.now() - event.timeStamp);
      });
    };
    addEventListener(type, listener);
    stop = () => removeEventListener(type, listener);
  };
  window.benchTimes = () => [...heard];
  window.benchTiles = () =>
    [...document.querySelectorAll(".tile")]
      .map((tile) => tile.getBoundingClientRect())
      .filter(({ bottom }) => bottom < innerHeight)
      .map(({ left, top, width, height }) => [left + width / 2, top + height / 2]);
  window.benchClear = async () => {
    const { till } = await module("till.js");
    till.set({ lines: [] });
  };
  window.benchRefresh = async () => {
    const { refresh } = await module("sync.js");
    const began = performance.now();
    await refresh();
    void document.body.offsetHeight;
    return performance.now() - began;
  };
  const opened = () =>
    new Promise((resolve) => {
      const asked = indexedDB.open("smartpos-till");
      asked.onsuccess = () => resolve(asked.result);
    });
  window.benchFill = async (count) => {
    const { uuid7 } = await module("../lib/ids.js");
    const db = await opened();
    const tx = db.transaction(["queue", "kv"], "readwrite");
    const get = (store, key) => new Promise((resolve) => (tx.objectStore(store).get(key).onsuccess = ({ target }) => resolve(target.result)));
    const counters = await get("kv", "counters");
    const last = await get("queue", counters.seq);
    for (let n = 1; n < count; n += 1) tx.objectStore("queue").put({ ...last, id: uuid7(), seq: counters.seq + n, body: { ...last.body, number: last.body.number + n } });
    tx.objectStore("kv").put({ ...counters, seq: counters.seq + count - 1, number: counters.number + count - 1 }, "counters");
    await new Promise((resolve) => (tx.oncomplete = resolve));
    db.close();
  };
  window.benchDrain = async () => {
    const [{ wake }, { waitingCount }] = await Promise.all([module("queue.js"), module("db.js")]);
    const began = performance.now();
    wake();
    while (await waitingCount()) await new Promise((resolve) => setTimeout(resolve, 20));
    return (performance.now() - began) / 1000;
  };
})();
