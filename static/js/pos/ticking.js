// Ticking tasks: an operation, and in the cache at once, whatever the network does (docs/terminal-protocol.md, 5.17).

import { listsOn, periodOf } from "./checklists.js";
import { today } from "./day.js";
import { store } from "./db.js";
import { envelope } from "./operations.js";
import { wake } from "./queue.js";
import { keep } from "./sync.js";
import { setting, till } from "./till.js";

const TICK = "checklist.tick";
const GATE = "shift.checklist";

export const mayTick = () => till.get().person?.codes.includes(TICK) ?? false;

/** The lists of this store as they stand now; none where they are switched off, or for practice. */
export function listsNow() {
  const { catalog, training } = till.get();
  if (!catalog || training || !setting("module.checklists", true)) return [];
  return listsOn(catalog.checklists, catalog.ticks, today());
}

/** Whether a shift may be closed only when the mandatory tasks are done. */
export const gated = () => Boolean(setting(GATE, false));

/**
 * @param {import("./checklists.js").Checklist} list
 * @param {string} task
 * @param {boolean} done
 */
export async function tick(list, task, done) {
  const { operation } = await store(false, ({ seq }) => ({ operation: envelope(TICK, seq, { task, done }) }));
  wake();
  await keep("tick", task, [periodOf(list.frequency, operation.business_date), done, operation.actor, operation.at]);
}
