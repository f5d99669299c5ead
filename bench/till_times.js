// Put into the till's page by bench/till_run.py: times from an event's own stamp to the end of the forced layout.
(() => {
  const heard = [];
  let stop = () => {};
  const seen = new Map();
  new MutationObserver(() => {
    if (!seen.has("#pin") && document.querySelector("#pin")) seen.set("#pin", performance.now());
  }).observe(document, { childList: true, subtree: true });
  window.benchSeen = (selector) => seen.get(selector);
  window.benchStart = (type, key) => {
    stop();
    heard.length = 0;
    const listener = (event) => {
      // what is pressed in a sheet is the way to an empty cart again
      if ((key && event.key !== key) || event.target.closest?.("dialog")) return;
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
  // until a price stands on the first tile; the till looks for news as soon as the network is back
  window.benchNews = (price) =>
    new Promise((resolve) => {
      const began = performance.now();
      const watching = new MutationObserver(() => {
        if (!document.querySelector(".tile__price").textContent.includes(price)) return;
        watching.disconnect();
        void document.body.offsetHeight;
        resolve(performance.now() - began);
      });
      watching.observe(document.querySelector("#grid"), { subtree: true, childList: true, characterData: true });
      dispatchEvent(new Event("online"));
    });
  const opened = () =>
    new Promise((resolve) => {
      const asked = indexedDB.open("smartpos-till");
      asked.onsuccess = () => resolve(asked.result);
    });
  const uuid7 = () => {
    const at = Date.now().toString(16).padStart(12, "0");
    const chance = crypto.randomUUID();
    return `${at.slice(0, 8)}-${at.slice(8)}-7${chance.slice(15)}`;
  };
  window.benchFill = async (count) => {
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
    const db = await opened();
    const waiting = () => new Promise((resolve) => (db.transaction("queue").objectStore("queue").count().onsuccess = ({ target }) => resolve(target.result)));
    const began = performance.now();
    dispatchEvent(new Event("online"));
    while (await waiting()) await new Promise((resolve) => setTimeout(resolve, 20));
    db.close();
    return (performance.now() - began) / 1000;
  };
})();
