// Modifier groups, pure: which are asked of an item, what is chosen, whether that is enough.

/** @typedef {import("./catalog.js").Group} Group */
/** @typedef {import("./catalog.js").Answer} Answer */

/**
 * The groups that are asked now: the item's own, and those that chosen answers lead to, each once.
 * @param {string[]} own ids of groups
 * @param {Map<string, Group>} groups
 * @param {Set<string>} chosen ids of answers
 * @returns {Group[]}
 */
export function asked(own, groups, chosen) {
  /** @type {Map<string, Group>} */
  const found = new Map();
  const ask = (/** @type {string} */ id) => {
    const group = groups.get(id);
    if (!group || found.has(id)) return;
    found.set(id, group);
    for (const answer of group.answers) if (answer.nested && chosen.has(answer.id)) ask(answer.nested);
  };
  for (const id of own) ask(id);
  return [...found.values()];
}

/** What is chosen before anybody chose. @param {string[]} own @param {Map<string, Group>} groups */
export function beforehand(own, groups) {
  /** @type {Set<string>} */
  const chosen = new Set();
  for (let before = -1; before !== chosen.size; ) {
    before = chosen.size;
    for (const group of asked(own, groups, chosen)) for (const answer of group.answers) if (answer.chosen) chosen.add(answer.id);
  }
  return chosen;
}

/**
 * One answer more or less: a single choice replaces the one before, above the maximum nothing happens.
 * @param {Group} group
 * @param {string} answer
 * @param {Set<string>} chosen
 */
export function toggled(group, answer, chosen) {
  const next = new Set(chosen);
  if (next.delete(answer)) return next;
  const there = group.answers.filter(({ id }) => next.has(id));
  if (group.maximum === 1) for (const { id } of there) next.delete(id);
  else if (group.maximum !== null && there.length >= group.maximum) return next;
  return next.add(answer);
}

/** @param {Group} group @param {Set<string>} chosen */
export const countIn = (group, chosen) => group.answers.filter(({ id }) => chosen.has(id)).length;

/**
 * The first group that still wants an answer.
 * @param {string[]} own
 * @param {Map<string, Group>} groups
 * @param {Set<string>} chosen
 */
export const missing = (own, groups, chosen) => asked(own, groups, chosen).find((group) => countIn(group, chosen) < group.minimum);

/**
 * The chosen answers in the order they are asked; what no longer is asked falls away.
 * @param {string[]} own
 * @param {Map<string, Group>} groups
 * @param {Set<string>} chosen
 * @returns {Answer[]}
 */
export const answersOf = (own, groups, chosen) => asked(own, groups, chosen).flatMap((group) => group.answers.filter(({ id }) => chosen.has(id)));
