import { recall, remember } from "../lib/page.js";

/** @import { PageData } from "../types.d.ts" */

const HISTORY = 50;

/** What was being written when the page was left, and what was sent before: for each person, project and task. */
export class Drafts {
  #key;
  /** @type {string[]} */
  #sent = [];
  #at = 0;

  /** @param {PageData} page */
  constructor({ you, project, task }) {
    this.#key = ["draft", you.id, project.id, ...(task ? [task] : [])].join(":");
  }

  get text() {
    return recall(this.#key) ?? "";
  }

  /** @param {string} text */
  keep(text) {
    remember(this.#key, text || null);
  }

  /** @param {string} text */
  noteSent(text) {
    this.#sent = [...this.#sent, text].slice(-HISTORY);
    this.#at = this.#sent.length;
    this.keep("");
  }

  /** What was being written when something else came between, as a task made of a message. @param {string} text */
  putAside(text) {
    if (text.trim()) this.#keepAside([...this.#aside, text]);
  }

  /** What was put aside last, which goes on now. */
  takeAside() {
    const aside = this.#aside;
    this.#keepAside(aside.slice(0, -1));
    return aside.at(-1) ?? "";
  }

  /** @returns {string[]} */
  get #aside() {
    return JSON.parse(recall(`${this.#key}:asides`) ?? "[]");
  }

  /** @param {string[]} texts */
  #keepAside(texts) {
    remember(`${this.#key}:asides`, texts.length > 0 ? JSON.stringify(texts) : null);
  }

  /**
   * Walk through what was sent from this page.
   * @param {number} step -1 for the one before
   */
  recall(step) {
    this.#at = Math.max(0, Math.min(this.#sent.length, this.#at + step));
    return this.#sent[this.#at] ?? "";
  }

  /** Whether a text is one that was recalled, and not yet changed. @param {string} text */
  isRecalled(text) {
    return text === "" || text === this.#sent[this.#at];
  }
}
