// One value that others watch.

/**
 * @template {object} S
 * @typedef {object} Store
 * @property {() => S} get
 * @property {(change: Partial<S>) => void} set merge, then tell the watchers whose part changed
 * @property {(keys: (keyof S)[], watcher: (state: S) => void) => () => void} watch called when one of the keys changes; returns the way out
 */

/**
 * @template {object} S
 * @param {S} initial
 * @returns {Store<S>}
 */
export function makeStore(initial) {
  let state = initial;
  /** @type {Set<{keys: (keyof S)[], watcher: (state: S) => void}>} */
  const watchers = new Set();
  return {
    get: () => state,
    set(change) {
      const before = state;
      state = { ...state, ...change };
      for (const entry of [...watchers]) {
        if (watchers.has(entry) && entry.keys.some((key) => before[key] !== state[key])) entry.watcher(state);
      }
    },
    watch(keys, watcher) {
      const entry = { keys, watcher };
      watchers.add(entry);
      return () => watchers.delete(entry);
    },
  };
}
