/** @typedef {{author: string, at: string, isMessage: boolean}} Line */

const CLOSE = 5 * 60_000;

/**
 * Whether a message reads on from the one above it and needs no name of its own.
 * @param {Line | null} before
 * @param {Line} line
 */
export function isTight(before, line) {
  if (!before?.isMessage || !line.isMessage || before.author !== line.author) return false;
  const gap = Date.parse(line.at) - Date.parse(before.at);
  return gap <= CLOSE && dayKey(line.at) === dayKey(before.at);
}

/**
 * The local calendar day of a moment, as 2026-11-22.
 * @param {string | Date} moment
 */
export function dayKey(moment) {
  const date = new Date(moment);
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/**
 * What a day is called above its first line: "Today, 22 November", "Yesterday, 21 November", "Monday, 2 March 2026".
 * @param {string | Date} moment
 * @param {Date} now
 * @param {string} [locale]
 */
export function dayName(moment, now, locale = "en-GB") {
  const date = new Date(moment);
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  const isThisYear = date.getFullYear() === now.getFullYear();
  const day = date.toLocaleDateString(locale, {
    day: "numeric", month: "long", ...(isThisYear ? {} : { year: "numeric" }),
  });
  const near = new Map([[dayKey(now), "Today"], [dayKey(yesterday), "Yesterday"]]);
  return `${near.get(dayKey(date)) ?? date.toLocaleDateString(locale, { weekday: "long" })}, ${day}`;
}
