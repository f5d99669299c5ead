// How late a shift begins and how early it ends, by the working hours that are set; the server reckons alike. Pure.

const DAY = 24 * 60;

/** @typedef {{start: string, end: string, late: number, early: number, cutoff: number}} Hours thresholds and cut-off in minutes */

/** @param {string} clock */
const minutes = (clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/**
 * Start, end and now as minutes of one business day. Where work goes on over its end, what lies nearer to the end than to the next
 * start belongs to the night before.
 * @param {Hours} hours
 * @param {string} clock what the store's clock shows: «10:20»
 */
function placed({ start, end, cutoff }, clock) {
  const since = (/** @type {string} */ text) => (minutes(text) - cutoff + DAY) % DAY;
  const [from, to, now] = [since(start), since(end), since(clock)];
  if (from < to) return [from, to, now];
  return [from, to + DAY, 2 * now < from + to ? now + DAY : now];
}

/** Minutes after the start; nought within the threshold. @param {Hours} hours @param {string} clock */
export function lateMinutes(hours, clock) {
  if (!hours.start || !hours.end) return 0;
  const [start, , now] = placed(hours, clock);
  return now - start > hours.late ? now - start : 0;
}

/** Minutes before the end; nought within the threshold. @param {Hours} hours @param {string} clock */
export function earlyMinutes(hours, clock) {
  if (!hours.start || !hours.end) return 0;
  const [, end, now] = placed(hours, clock);
  return end - now > hours.early ? end - now : 0;
}
