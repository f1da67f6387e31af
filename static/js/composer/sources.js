import { getJson } from "../lib/http.js";
import { recall, remember } from "../lib/page.js";
import { dayKey } from "../lib/grouping.js";
import { fit, matchCommands, matchNames, matchTasks } from "./matching.js";

/** @import { PageData, Person, TaskHint } from "../types.d.ts" */
/** @import { Token } from "./tokens.js" */
/** @typedef {{value: string, name: string, what: string, more: string}} Option */

const LIMIT = 8;
const RECENT = "recent-commands";

/** What can be suggested for each kind of token, from what the page knows; tasks also from the server. */
export class Sources {
  #page;

  /** @param {PageData} page */
  constructor(page) {
    this.#page = page;
  }

  /**
   * @param {Token} token
   * @returns {Option[]}
   */
  local(token) {
    const of = this.#kinds[token.kind] ?? this.#words;
    return of(token).slice(0, token.kind === "command" && !token.command ? 30 : LIMIT);
  }

  /**
   * What only the server knows: tasks that are not on the page.
   * @param {Token} token
   * @returns {Promise<Option[]>}
   */
  async remote(token) {
    if (token.kind !== "task") return [];
    const number = /^\d{1,9}$/.test(token.query) ? Number(token.query) : 0;
    const where = number ? `after=${number - 1}&limit=${LIMIT}&state=all` : `q=${encodeURIComponent(token.query)}`;
    const answer = await getJson(`/api/v1/projects/${this.#page.project.id}/tasks?${where}`).catch(() => ({ tasks: [] }));
    return matchTasks(token.query, answer.tasks).slice(0, LIMIT).map(taskOption);
  }

  /** @param {string} name */
  noteUse(name) {
    remember(RECENT, JSON.stringify([name, ...this.#recent().filter((other) => other !== name)].slice(0, LIMIT)));
  }

  /** @returns {string[]} */
  #recent() {
    return JSON.parse(recall(RECENT) ?? "[]");
  }

  /** @type {Record<string, (token: Token) => Option[]>} */
  #kinds = {
    command: ({ query, command }) => matchCommands(query, this.#page.commands, this.#recent())
      .map(({ name, gist, signature }) => option(`${command ? "" : "/"}${name}`, `/${name}`, gist, signature.slice(name.length + 2))),
    person: ({ query }) => matchNames(query, this.#people(), ({ handle, name }) => [handle, name])
      .map(({ handle, name }) => option(`@${handle}`, `@${handle}`, name)),
    label: ({ query }) => matchNames(query, this.#page.labels, ({ name }) => [name])
      .map(({ name }) => option(`#${slug(name)}`, name, "Label")),
    column: ({ query, sign }) => matchNames(query, this.#page.columns, ({ name }) => [name, slug(name)])
      .map(({ name }) => option(`${sign}${slug(name)}`, name, "Column")),
    // "may" is a month, and not the letters of "monday".
    date: ({ query, sign }) => matchNames(query, this.#dates().filter(([word]) => (fit(query, word) ?? 3) < 3), ([word]) => [word])
      .map(([word, means]) => option(`${sign}${quoted(word, sign)}`, word, means)),
    task: ({ query }) => matchTasks(query, tasksOnPage(this.#page.you.name)).map(taskOption),
  };

  /** Words that the registry names itself ("top|bottom"), or that the page has for this kind. */
  #words = (/** @type {Token} */ { kind, query, sign }) => {
    const words = kind.includes("|") ? kind.split("|") : (this.#page.words[kind] ?? []);
    return matchNames(query, words, (word) => [word]).map((word) => option(`${sign}${word}`, word, ""));
  };

  /** Me first, under the name that the language has for me. @returns {Person[]} */
  #people() {
    const { handle, name } = this.#page.you;
    const others = this.#page.people.filter((person) => person.handle !== handle);
    return [{ handle: "me", name: `${name}, you` }, ...others, { handle, name }];
  }

  /** A page that was left open over midnight does not know any more what "tomorrow" means. @returns {Array<[string, string]>} */
  #dates() {
    const { day, words } = this.#page.dates;
    return day === dayKey(new Date()) ? words : words.map(([word]) => [word, ""]);
  }
}

/**
 * @param {string} value
 * @param {string} name
 * @param {string} what
 * @param {string} [more]
 * @returns {Option}
 */
function option(value, name, what, more = "") {
  return { value, name, what, more };
}

/** @param {TaskHint} task */
function taskOption({ number, title, column }) {
  return option(`#${number}`, `#${number}`, title, typeof column === "string" ? column : column?.name);
}

/** Mine first, then as the board has them. @param {string} me @returns {TaskHint[]} */
export function tasksOnPage(me) {
  const cards = [...document.querySelectorAll(".card[data-task]")];
  const isMine = (/** @type {Element} */ card) => [...card.querySelectorAll(".people .sr")].some(({ textContent }) => textContent === me);
  return [...cards.filter(isMine), ...cards.filter((card) => !isMine(card))].map((card) => ({
    number: Number(card.getAttribute("data-task")),
    title: card.querySelector(".card__title")?.textContent?.trim() ?? "",
    column: card.closest(".column")?.querySelector(".column__name")?.textContent?.trim(),
  }));
}

/** @param {string} name */
function slug(name) {
  return name.trim().toLowerCase().replace(/\s+/gu, "-");
}

/**
 * After a sign a word ends at a space, unless it is quoted.
 * @param {string} word
 * @param {string} sign
 */
function quoted(word, sign) {
  return sign && word.includes(" ") ? `"${word}"` : word;
}
