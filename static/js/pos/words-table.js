// Sorted keys in one string: found by themselves or by how they begin, without an object for each. Pure.

/**
 * @typedef {object} Table keys in order, and what belongs to each: `values` from `from[n]` to `from[n + 1]`
 * @property {string} keys joined by line breaks
 * @property {Uint32Array} at where each begins, and the end
 * @property {Uint32Array} from
 * @property {Uint32Array} values
 */

/**
 * A table of pairs; the values of a key keep the order in which they came.
 * @param {string[]} keys of the pairs
 * @param {number[]} values
 * @returns {Table}
 */
export function makeTable(keys, values) {
  /** @type {Map<string, number>} */
  const places = new Map();
  const of = new Uint32Array(keys.length);
  for (let pair = 0; pair < keys.length; pair += 1) {
    let place = places.get(keys[pair]);
    if (place === undefined) places.set(keys[pair], (place = places.size));
    of[pair] = place;
  }
  const distinct = [...places.keys()];
  const order = [...distinct].sort();
  const rank = new Uint32Array(distinct.length);
  order.forEach((key, index) => (rank[/** @type {number} */ (places.get(key))] = index));
  const from = new Uint32Array(order.length + 1);
  for (const place of of) from[rank[place] + 1] += 1;
  for (let index = 1; index < from.length; index += 1) from[index] += from[index - 1];
  const next = from.slice();
  const kept = new Uint32Array(keys.length);
  for (let pair = 0; pair < keys.length; pair += 1) kept[next[rank[of[pair]]]++] = values[pair];
  return { keys: order.join("\n"), at: offsets(order), from, values: kept };
}

/** Where each of some texts begins once they are joined by line breaks. @param {string[]} texts */
export function offsets(texts) {
  const at = new Uint32Array(texts.length + 1);
  for (let index = 0; index < texts.length; index += 1) at[index + 1] = at[index] + texts[index].length + 1;
  return at;
}

/**
 * The first of `count` sorted things that is not below what is looked for.
 * @param {number} count
 * @param {(index: number) => boolean} below
 */
export function firstNot(count, below) {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (below(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** @param {Table} table @param {number} index */
const keyAt = ({ keys, at }, index) => keys.slice(at[index], at[index + 1] - 1);

/** The first value of a key. @param {Table} table @param {string} key @returns {number | undefined} */
export function valueOf(table, key) {
  const count = table.at.length - 1;
  const index = firstNot(count, (place) => keyAt(table, place) < key);
  return index < count && keyAt(table, index) === key ? table.values[table.from[index]] : undefined;
}

/** The values of every key that begins so, as a part of `values`. @param {Table} table @param {string} start @returns {[number, number]} */
export function beginning(table, start) {
  const count = table.at.length - 1;
  const first = firstNot(count, (place) => keyAt(table, place) < start);
  const end = firstNot(count, (place) => place < first || keyAt(table, place).startsWith(start));
  return [table.from[first], table.from[end]];
}
