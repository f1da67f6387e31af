/** @import { CommandSpec, TaskHint } from "../types.d.ts" */

/**
 * How well a query fits, 0 being best; null when it does not.
 * @param {string} query
 * @param {string} text
 * @returns {number | null}
 */
export function fit(query, text) {
  const wanted = fold(query);
  const given = fold(text);
  if (given === wanted) return 0;
  if (given.startsWith(wanted)) return 1;
  if (given.split(/[\s.\-_]+/u).some((word) => word.startsWith(wanted))) return 2;
  return isSubsequence(wanted, given) ? 3 : null;
}

/**
 * The commands that a query may mean, the likeliest first: by name, then by alias, then by what they do.
 * @param {string} query
 * @param {CommandSpec[]} commands
 * @param {string[]} recent names of the commands used last
 */
export function matchCommands(query, commands, recent = []) {
  const rank = (/** @type {CommandSpec} */ { name, aliases, summary }) => {
    const byName = fit(query, name);
    if (byName !== null && byName < 3) return byName;
    const byAlias = best(aliases.map((alias) => fit(query, alias)));
    if (byAlias !== null && byAlias < 3) return 4 + byAlias;
    const bySummary = query.length > 1 ? fit(query, summary) : null;
    if (bySummary !== null && bySummary < 3) return 8 + bySummary;
    if (byName !== null) return 11;
    return byAlias === null ? null : 12;
  };
  const age = (/** @type {CommandSpec} */ { name }) => (recent.indexOf(name) + recent.length + 1) % (recent.length + 1);
  return sortByRank(commands, rank, (a, b) => (query ? 0 : age(a) - age(b)));
}

/**
 * @template T
 * @param {string} query
 * @param {T[]} things
 * @param {(thing: T) => string[]} names
 * @returns {T[]}
 */
export function matchNames(query, things, names) {
  return sortByRank(things, (thing) => best(names(thing).map((name) => fit(query, name))));
}

/**
 * Tasks by number ("1" finds #1, #12) or by words of the title.
 * @param {string} query
 * @param {TaskHint[]} tasks
 */
export function matchTasks(query, tasks) {
  if (/^\d+$/.test(query)) return tasks.filter(({ number }) => String(number).startsWith(query)).sort(byNumber);
  return sortByRank(tasks, ({ title }) => {
    const rank = fit(query, title);
    return rank === 3 && query.length < 3 ? null : rank;
  });
}

/**
 * @param {TaskHint} a
 * @param {TaskHint} b
 */
function byNumber(a, b) {
  return a.number - b.number;
}

/**
 * @template T
 * @param {T[]} things
 * @param {(thing: T) => number | null} rank
 * @param {(a: T, b: T) => number} [tie]
 * @returns {T[]}
 */
function sortByRank(things, rank, tie = () => 0) {
  const ranked = things.map((thing, index) => ({ thing, index, rank: rank(thing) }));
  return ranked
    .filter((entry) => entry.rank !== null)
    .sort((a, b) => Number(a.rank) - Number(b.rank) || tie(a.thing, b.thing) || a.index - b.index)
    .map((entry) => entry.thing);
}

/** @param {Array<number | null>} ranks */
function best(ranks) {
  const found = ranks.filter((rank) => rank !== null);
  return found.length > 0 ? Math.min(...found) : null;
}

/** Without case and accents: "zoe" finds Zoë. @param {string} text */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * @param {string} wanted
 * @param {string} given
 */
function isSubsequence(wanted, given) {
  let at = 0;
  for (const letter of given) if (letter === wanted[at]) at += 1;
  return at === wanted.length;
}

