// Checklists as the cache holds them: what belongs to a day, what is ticked, what is still due. Pure, the twin of
// pos/checklist_periods.py and pos/selectors/checklists.py.

/** @typedef {{id: string, text: string, mandatory: boolean, done: boolean, by: string, at: string}} Task `by`, `at`: of the newest act, "" where there is none */
/** @typedef {{id: string, name: string, frequency: string, period: string, morning: boolean, tasks: Task[]}} Checklist */
/** @typedef {Record<string, [name: string, frequency: string, tasks: [string, string, boolean][], morning: boolean]>} Lists */
/** @typedef {Record<string, [period: string, done: boolean, by: string, at: string]>} Ticks */

const DAY = 86_400_000;
const ORDER = ["daily", "weekly", "monthly"];

/**
 * The period that a business day belongs to: «2026-11-27», «2026-W48» (ISO 8601), «2026-11».
 * @param {string} frequency
 * @param {string} day
 */
export function periodOf(frequency, day) {
  if (frequency === "monthly") return day.slice(0, 7);
  if (frequency !== "weekly") return day;
  const date = new Date(`${day}T00:00:00Z`);
  // the week's Thursday says to which year it belongs
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * DAY);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY / 7) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/**
 * Every list with how it stands on a business day: daily ones first, then by name.
 * @param {Lists} lists
 * @param {Ticks} ticks
 * @param {string} day
 * @returns {Checklist[]}
 */
export function listsOn(lists, ticks, day) {
  const found = Object.entries(lists).map(([id, [name, frequency, tasks, morning = false]]) => {
    const period = periodOf(frequency, day);
    const states = tasks.map(([key, text, mandatory]) => {
      const [of, done, by, at] = ticks[key] ?? ["", false, "", ""];
      return of === period ? { id: key, text, mandatory, done, by, at } : { id: key, text, mandatory, done: false, by: "", at: "" };
    });
    return { id, name, frequency, period, morning, tasks: states };
  });
  return found.sort((one, other) => ORDER.indexOf(one.frequency) - ORDER.indexOf(other.frequency) || one.name.localeCompare(other.name, "hr") || (one.id < other.id ? -1 : 1));
}

/** Tasks that must be done before the day ends (SHF-12). @param {Checklist[]} lists */
export const dueToday = (lists) => lists.filter(({ frequency }) => frequency === "daily").flatMap(({ tasks }) => tasks.filter(({ mandatory, done }) => mandatory && !done));

/** @param {{tasks: Task[]}[]} lists */
export function counts(lists) {
  const tasks = lists.flatMap((list) => list.tasks);
  return { done: tasks.filter(({ done }) => done).length, all: tasks.length };
}
