import { fit } from "../composer/matching.js";
import { tasksOnPage } from "../composer/sources.js";
import { projectUrl, recall, remember } from "../lib/page.js";
import { waysOf } from "./ways.js";

/** @import { PageData, Person, TaskHint } from "../types.d.ts" */
/** @import { Option } from "../composer/sources.js" */
/** @import { Shortcut } from "../lib/shortcut-map.js" */
/** Somewhere to go (`href`) or something to do (`run`). @typedef {Option & {sign: string, href: string, run?: () => void}} Place */

const MOST = 30;
const REMEMBERED = 6;

/** All that the palette leads to. A sign before the words narrows it: # tasks, @ people, > actions. */
export class Places {
  #all;
  #recent = lately();

  /**
   * @param {PageData | null} page
   * @param {Shortcut[]} shortcuts
   * @param {Element | null} focused what had the focus: what can be done with it comes first
   */
  constructor(page, shortcuts, focused) {
    const tasks = page ? tasksOnPage(page.you.name).map((task) => taskPlace(task, page)) : [];
    const known = [...projects(), ...tasks, ...(page?.people.map(personPlace) ?? []), ...shortcuts.map(actionPlace), ...pages()];
    const values = new Set(known.map(({ value }) => value));
    const elsewhere = this.#recent.filter(({ value, href }) => href && !values.has(value));
    this.#all = [...waysOf(focused).map(([does, keys, run]) => place(">", does, "On this", keys, { run })), ...elsewhere, ...known];
  }

  /**
   * What fits, the best first. Without a word: what can be done here, where one was lately, then everything.
   * @param {string} text
   * @returns {Place[]}
   */
  matching(text) {
    const [sign, query] = split(text);
    const ranked = this.#all.filter((each) => !sign || each.sign === sign).map((each) => ({ each, rank: this.#rank(each, query) }));
    const fitting = ranked.filter((one) => one.rank !== null).sort((a, b) => Number(a.rank) - Number(b.rank));
    return [...fitting.slice(0, MOST).map(({ each }) => each), ...searching(sign, query)];
  }

  /**
   * @param {Place} place
   * @param {string} query
   */
  #rank({ name, what, value }, query) {
    if (query) return least(fit(query, name), fit(query, what));
    if (what === "On this") return -1;
    const at = this.#recent.findIndex((each) => each.value === value);
    return at === -1 ? REMEMBERED : at;
  }
}

/**
 * @param {TaskHint} task
 * @param {PageData} page
 */
export function taskPlace({ number, title, column }, { project }) {
  const where = typeof column === "string" ? column : column?.name;
  return place("#", title, `${project.key}-${number}`, where ?? "", { href: `${projectUrl()}/t/${number}` });
}

/** @param {string} text @returns {[string, string]} */
export function split(text) {
  const sign = /^[#@>]/.exec(text)?.[0] ?? "";
  return [sign, text.slice(sign.length).trim()];
}

/** @param {Place} place */
export function go({ run, href }) {
  if (run) run();
  else location.assign(href);
}

/** @param {Place} place */
export function noteVisit(place) {
  if (place.sign === "?" || place.what === "On this") return;
  const before = lately().filter(({ value }) => value !== place.value);
  remember(recentKey(), JSON.stringify([place, ...before].slice(0, REMEMBERED)));
}

/** Of this person: another one who signs in here has not been there. */
function recentKey() {
  return `recent-places:${document.getElementById("palette-template")?.dataset.user}`;
}

/** @returns {Place[]} */
function lately() {
  return JSON.parse(recall(recentKey()) ?? "[]");
}

/**
 * @param {string} sign
 * @param {string} name
 * @param {string} what
 * @param {string} more
 * @param {{href?: string, run?: () => void}} way
 * @returns {Place}
 */
function place(sign, name, what, more, { href = "", run }) {
  return { value: href || `${sign}${name}`, sign, name, what, more, href, run };
}

/** @param {Person} person */
function personPlace({ handle, name }) {
  return place("@", name, `@${handle}`, "", { href: `/people/${handle}` });
}

/** @param {Shortcut} shortcut */
function actionPlace({ does, group, keys, run }) {
  return place(">", does, group, keys, { run });
}

function projects() {
  return links(".rail__projects a[data-project]").map(([name, href]) => place("", name, "Project", "", { href }));
}

function pages() {
  const found = links(".rail > ul:not(.rail__projects) a, .rail__all, .rail__new, .me__menu a");
  return found.map(([name, href]) => place(">", name, "Page", "", { href }));
}

/** @param {string} selector @returns {Array<[string, string]>} */
function links(selector) {
  const found = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(selector)]);
  return found.map((link) => [(link.querySelector(".rail__text") ?? link).textContent?.trim() ?? "", link.getAttribute("href") ?? ""]);
}

/**
 * What is nowhere here may be somewhere in what was said.
 * @param {string} sign
 * @param {string} query
 * @returns {Place[]}
 */
function searching(sign, query) {
  if (!query || sign === ">") return [];
  return [place("?", `Search for “${query}”`, "Messages and tasks", "", { href: `/search?q=${encodeURIComponent(query)}` })];
}

/** @param {Array<number | null>} ranks */
function least(...ranks) {
  const found = ranks.filter((rank) => rank !== null);
  return found.length > 0 ? Math.min(...found) : null;
}
