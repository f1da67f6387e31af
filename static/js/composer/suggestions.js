import { announce } from "../lib/announce.js";
import { clone, el, plural } from "../lib/dom.js";
import { NOUNS } from "./nouns.js";
import { roomFor } from "./room.js";
import { isTyped } from "./tokens.js";

/** @import { Field } from "../types.d.ts" */
/** @import { Option } from "./sources.js" */
/** @import { Token } from "./tokens.js" */

const PAGE = 5;
const ROWS = 8;
const SPEAK = 500;
const ASK = 150;

/** @typedef {{local: (token: Token) => Option[], remote: (token: Token) => Promise<Option[]>}} Choices */

/** The list beside a field. The caret stays in the text; the list is told to readers through the field. */
export class Suggestions {
  #field;
  #isCombobox;
  #sources;
  #place;
  #accept;
  /** @type {Token | null} */
  #token = null;
  /** @type {Option[]} */
  #options = [];
  #active = -1;
  /** Whether somebody has walked in the list: what they chose stays chosen. */
  #isWalked = false;
  /** The first option in view: the list shows a few and never scrolls, so that it needs no focus of its own. */
  #top = 0;
  /** @type {number | null} */
  #dismissed = null;
  #list;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #speaking;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #asking;

  /**
   * @param {Field} field
   * @param {Choices} sources
   * @param {Element | null} place where the list is, as the first thing
   * @param {(option: Option, token: Token, key: string) => void} accept
   */
  constructor(field, sources, place, accept) {
    this.#field = field;
    this.#isCombobox = field.matches("[role=combobox]"); // a box for many lines is none, and has no such state
    this.#sources = sources;
    this.#place = place;
    this.#accept = accept;
    this.#list = clone("suggestions-template") ?? el("ul", { class: "suggestions", id: "suggestions", role: "listbox" });
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => this.#click(event));
  }

  get isOpen() {
    return this.#options.length > 0;
  }

  /** @param {Token | null} token */
  update(token) {
    clearTimeout(this.#asking);
    if (token?.start !== this.#dismissed) this.#dismissed = null;
    this.#token = token;
    this.#isWalked = false;
    if (!token || this.#dismissed !== null) return this.close();
    this.#show(this.#sources.local(token));
    this.#asking = setTimeout(() => this.#ask(token), ASK);
  }

  close() {
    clearTimeout(this.#speaking);
    clearTimeout(this.#asking);
    this.#options = [];
    this.#list.remove();
    if (this.#isCombobox) this.#field.setAttribute("aria-expanded", "false");
    this.#field.removeAttribute("aria-controls");
    this.#field.removeAttribute("aria-activedescendant");
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was for the list
   */
  take(event) {
    if (event.altKey && event.key === "ArrowDown") return this.#reopen();
    if (!this.isOpen || event.ctrlKey || event.metaKey || event.altKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }[event.key];
    if (step) return this.#move(step);
    if (event.key === "Escape") return this.#dismiss();
    if (event.key === "Enter" && !event.shiftKey && !isTyped(this.#token, this.#options[this.#active], this.#isWalked)) return this.#choose("Enter");
    return event.key === "Tab" && !event.shiftKey && this.#choose("Tab");
  }

  /** @param {number} step */
  #move(step) {
    const count = this.#options.length;
    this.#isWalked = true;
    const isPage = Math.abs(step) > 1;
    const next = this.#active === -1 ? (step > 0 ? 0 : count - 1) : this.#active + step;
    this.#activate(isPage ? Math.max(0, Math.min(count - 1, next)) : (next + count) % count);
    return true;
  }

  #dismiss() {
    this.#dismissed = this.#token?.start ?? null;
    this.close();
    return true;
  }

  #reopen() {
    if (this.isOpen || !this.#token) return false;
    this.#dismissed = null;
    this.update(this.#token);
    return this.isOpen;
  }

  /** @param {string} key */
  #choose(key) {
    const option = this.#options[this.#active] ?? (key === "Tab" ? this.#options[0] : undefined);
    const token = this.#token;
    if (!option || !token) return false;
    this.close();
    this.#accept(option, token, key);
    return true;
  }

  /** @param {MouseEvent} event */
  #click({ target }) {
    const row = target instanceof Element ? target.closest("[role=option]") : null;
    if (!row) return;
    this.#active = this.#top + [...this.#list.children].indexOf(row);
    this.#choose("Tab");
  }

  /** @param {Token} token */
  async #ask(token) {
    const found = await this.#sources.remote(token);
    if (this.#token !== token || this.#dismissed !== null) return;
    const known = new Set(this.#options.map(({ value }) => value));
    const more = found.filter(({ value }) => !known.has(value));
    if (more.length === 0) return;
    const chosen = this.#isWalked ? this.#options[this.#active] : undefined;
    const exact = more.filter(({ value }) => value === `#${token.query}`);
    this.#show([...exact, ...this.#options, ...more.filter((each) => !exact.includes(each))], chosen);
  }

  /**
   * @param {Option[]} options
   * @param {Option} [chosen] what stays chosen among them
   */
  #show(options, chosen) {
    if (options.length === 0 || !this.#token) return this.close();
    this.#options = options;
    const [one, many, label] = NOUNS[this.#token.kind] ?? ["choice", "choices", "Choices"];
    this.#list.setAttribute("aria-label", label);
    this.#top = 0;
    this.#list.replaceChildren();
    const isNew = !this.#list.isConnected;
    if (isNew) this.#place?.prepend(this.#list);
    if (this.#isCombobox) this.#field.setAttribute("aria-expanded", "true");
    this.#field.setAttribute("aria-controls", this.#list.id);
    const isSure = (this.#token.kind === "command" && !this.#token.command) || this.#token.isRequired || this.#token.query !== "";
    this.#activate(chosen ? options.indexOf(chosen) : isSure ? 0 : -1);
    if (isNew) this.#list.scrollIntoView({ block: "nearest" });
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => announce(`${plural(options.length, one, many)}. Down arrow to choose.`), SPEAK);
  }

  /** @param {number} index */
  #activate(index) {
    const rows = roomFor(ROWS);
    this.#active = index;
    if (index >= 0) this.#top = Math.max(index - rows + 1, Math.min(this.#top, index));
    const inView = this.#options.slice(this.#top, this.#top + rows);
    this.#list.replaceChildren(...inView.map((option, at) => this.#row(option, this.#top + at)));
    if (index < 0) this.#field.removeAttribute("aria-activedescendant");
    else this.#field.setAttribute("aria-activedescendant", `suggestion-${index}`);
  }

  /**
   * @param {Option} option
   * @param {number} index
   */
  #row({ name, what, more }, index) {
    const row = clone("suggestion") ?? el("li", { role: "option" }, el("span", { class: "suggestion__name" }));
    row.id = `suggestion-${index}`;
    row.setAttribute("aria-selected", String(index === this.#active));
    row.setAttribute("aria-setsize", String(this.#options.length));
    row.setAttribute("aria-posinset", String(index + 1));
    for (const [part, words] of Object.entries({ name, what, more })) {
      const slot = row.querySelector(`.suggestion__${part}`);
      if (slot) slot.textContent = words;
    }
    return row;
  }
}
