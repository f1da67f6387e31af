import { getJson } from "../lib/http.js";
import { recall, remember } from "../lib/page.js";
import { gist, matchCommands, matchNames, matchTasks } from "./matching.js";

/** @import { PageData, Person, TaskHint } from "../types.d.ts" */
/** @import { Token } from "./tokens.js" */
/** @typedef {{value: string, name: string, what: string, more: string}} Option */

const LIMIT = 8;
const RECENT = "recent-commands";
const PRIORITIES = ["urgent", "high", "medium", "low", "none"];
const DUE_WORDS = [
  "today", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  "next week", "end of week", "end of month", "none",
];

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
    return this.#kinds[token.kind](token).slice(0, token.kind === "command" ? 30 : LIMIT);
  }

  /**
   * What only the server knows: tasks that are not on the page.
   * @param {Token} token
   * @returns {Promise<Option[]>}
   */
  async remote(token) {
    if (token.kind !== "task") return [];
    const url = `/api/v1/projects/${this.#page.project.id}/tasks?q=${encodeURIComponent(token.query)}`;
    const answer = await getJson(url).catch(() => []);
    const tasks = /** @type {TaskHint[]} */ (Array.isArray(answer) ? answer : (answer.tasks ?? answer.items ?? []));
    return tasks.slice(0, LIMIT).map(taskOption);
  }

  /** @param {string} name */
  noteUse(name) {
    remember(RECENT, JSON.stringify([name, ...this.#recent().filter((other) => other !== name)].slice(0, LIMIT)));
  }

  /** @returns {string[]} */
  #recent() {
    return JSON.parse(recall(RECENT) ?? "[]");
  }

  /** @type {Record<Token["kind"], (token: Token) => Option[]>} */
  #kinds = {
    command: ({ query }) => matchCommands(query, this.#page.commands, this.#recent())
      .map(({ name, summary, signature }) => option(`/${name}`, `/${name}`, gist(summary), signature.slice(name.length + 2))),
    person: ({ query }) => matchNames(query, this.#people(), ({ handle, name }) => [handle, name])
      .map(({ handle, name }) => option(`@${handle}`, `@${handle}`, name)),
    label: ({ query }) => matchNames(query, this.#page.labels, ({ name }) => [name])
      .map(({ name }) => option(`#${slug(name)}`, name, "Label")),
    column: ({ query, isArgument }) => matchNames(query, this.#page.columns, ({ name }) => [name, slug(name)])
      .map(({ name }) => option(`${isArgument ? "" : ">"}${slug(name)}`, name, "Column")),
    priority: ({ query, isArgument }) => matchNames(query, PRIORITIES, (name) => [name])
      .map((name) => option(`${isArgument ? "" : "!"}${name}`, name, "Priority")),
    due: ({ query, isArgument }) => matchNames(query, DUE_WORDS, (word) => [word])
      .map((word) => option(dueWord(word, isArgument), word, "", resolved(word))),
    place: ({ query }) => matchNames(query, ["top", "bottom"], (name) => [name]).map((name) => option(name, name, "Place")),
    task: ({ query }) => matchTasks(query, tasksOnPage()).map(taskOption),
  };

  /** Me first, under the name that the language has for me. @returns {Person[]} */
  #people() {
    const { handle, name } = this.#page.you;
    const others = this.#page.people.filter((person) => person.handle !== handle);
    return [{ handle: "me", name: `${name}, you` }, ...others, { handle, name }];
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

/** @returns {TaskHint[]} */
function tasksOnPage() {
  return [...document.querySelectorAll(".card[data-task]")].map((card) => ({
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
 * @param {string} word
 * @param {boolean} isArgument
 */
function dueWord(word, isArgument) {
  if (isArgument) return word;
  return word.includes(" ") ? `due:"${word}"` : `due:${word}`;
}

/**
 * The date a word stands for, as the list shows it; the server decides.
 * @param {string} word
 */
function resolved(word) {
  const now = new Date();
  const day = DUE_WORDS.indexOf(word) - 1;
  const ahead = word === "today" ? 0 : word === "tomorrow" ? 1 : day >= 1 && day <= 7 ? ((day - now.getDay() + 6) % 7) + 1 : -1;
  if (ahead < 0) return "";
  const date = new Date(now.getFullYear(), now.getMonth(), now.getDate() + ahead);
  return date.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" });
}
