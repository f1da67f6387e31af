import { announce } from "../lib/announce.js";
import { plural } from "../lib/dom.js";
import { live } from "../live/live.js";
import { accept } from "./accept.js";
import { Counter, LIMIT } from "./counter.js";
import { Drafts } from "./drafts.js";
import { focusLastLine, grow, insert, mark } from "./field.js";
import { Preview } from "./preview.js";
import { Refusal } from "./refusal.js";
import { Reply } from "./reply.js";
import { Sources } from "./sources.js";
import { Suggestions } from "./suggestions.js";
import { findCommand, tokenAt } from "./tokens.js";
import { tryOutDrafts } from "./try-out.js";

/** @import { PageData, RefusedFrame, Say } from "../types.d.ts" */
/** @import { Option } from "./sources.js" @import { Token } from "./tokens.js" */

const TYPING = 3_000;

/** The message box: talk, commands, what they will do, and why one was refused. */
export class Composer {
  /** @type {Array<() => void>} */
  #endings = [];
  #typedAt = 0;

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLTextAreaElement} field
   * @param {PageData} page
   */
  constructor(form, field, page) {
    this.form = form;
    this.field = field;
    this.page = page;
    this.drafts = new Drafts(page);
    this.sources = new Sources(page);
    this.preview = new Preview(field, page, document.getElementById("preview"), () => this.suggestions.isOpen);
    this.reply = new Reply(form, field);
    this.refusal = new Refusal(document.getElementById("refusal"), (text) => this.send(text));
    this.suggestions = new Suggestions(field, this.sources, field.closest("chat-composer"), (option, token, key) => this.#accept(option, token, key));
    this.counter = new Counter(form);
    if (!field.value) field.value = this.drafts.text;
    this.#listen();
    this.#measure();
  }

  end() {
    for (const end of this.#endings.splice(0)) end();
  }

  /** Send a text; the field is emptied when it held just that. @param {string} text */
  send(text = this.field.value) {
    const excess = [...text].length - LIMIT;
    if (excess > 0) return this.#tooLong(excess);
    if (!text.trim()) return this.field.focus();
    const name = /^\/([^\s/]+)/u.exec(text)?.[1];
    const command = name && findCommand(name, this.page.commands);
    if (command) this.sources.noteUse(command.name);
    live.say(text, { task: this.page.task, ...this.reply.where });
    this.reply.clear();
    this.drafts.noteSent(text);
    this.refusal.hide();
    this.#fill(this.drafts.takeAside());
    this.field.focus();
  }

  /** @param {string} text */
  #fill(text) {
    this.field.value = text;
    this.field.setSelectionRange(text.length, text.length);
    this.field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  #listen() {
    const controller = new AbortController();
    const options = { signal: controller.signal };
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    }, options);
    this.field.addEventListener("input", (event) => this.#input(/** @type {InputEvent} */ (event)), options);
    this.field.addEventListener("keydown", (event) => this.#key(event), options);
    this.field.addEventListener("click", () => this.#suggest(), options);
    this.field.addEventListener("blur", () => this.suggestions.close(), options);
    document.getElementById("slash")?.addEventListener("click", () => this.#startCommand(), options);
    tryOutDrafts(options);
    document.addEventListener("composer:fill", (event) => {
      const { text, isBetween, say } = /** @type {CustomEvent<{text: string, isBetween?: boolean, say?: Say}>} */ (event).detail;
      if (isBetween) this.drafts.putAside(this.field.value);
      if (say) this.reply.restore(say);
      this.#fill(text);
      this.field.focus();
    }, options);
    live.addEventListener("mend", (event) => this.#mend(/** @type {CustomEvent<RefusedFrame>} */ (event)), options);
    this.#endings.push(() => controller.abort(), this.preview.stop, this.reply.stop);
  }

  /** @param {InputEvent} event */
  #input(event) {
    this.refusal.hide();
    this.drafts.keep(this.field.value);
    this.#measure();
    this.preview.update();
    if (!event.isComposing) this.#suggest();
    const isTalk = this.field.value !== "" && !this.field.value.startsWith("/");
    if (isTalk && Date.now() - this.#typedAt > TYPING && live.send({ type: "typing" })) this.#typedAt = Date.now();
  }

  #suggest() {
    const { value, selectionStart, selectionEnd } = this.field;
    const isCaret = selectionStart === selectionEnd;
    this.suggestions.update(isCaret ? tokenAt(value, selectionStart, this.page) : null);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    // While an input method is composing, Enter and the arrows belong to it.
    if (event.isComposing || event.keyCode === 229) return;
    if (this.suggestions.take(event) || mark(this.field, event) || this.#recall(event) || this.#own(event)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (["ArrowLeft", "ArrowRight", "Home", "End"].includes(event.key)) setTimeout(() => this.#suggest());
  }

  /** @param {KeyboardEvent} event */
  #own(event) {
    const mended = this.refusal.firstMend(this.field.value);
    const better = event.key === "Tab" && !event.shiftKey ? (mended ?? this.preview.betterText) : null;
    if (better !== null) this.#fill(better);
    else if (event.key === "Enter" && event.altKey) announce(this.preview.words || "This will be sent as text.");
    else if (event.key === "Enter" && !event.shiftKey) this.send(mended ?? this.field.value);
    else if (event.key === "Escape") void (this.#takeBack() || focusLastLine());
    else return false;
    return true;
  }

  /** Escape takes a reply back before it leaves the box, and brings what was being written before. */
  #takeBack() {
    if (!this.reply.takeBack()) return false;
    const before = this.drafts.takeAside();
    if (before) this.#fill(before);
    return true;
  }

  /** @param {KeyboardEvent} event */
  #recall(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const isMeant = step && (event.ctrlKey || event.metaKey) && !event.altKey && this.drafts.isRecalled(this.field.value);
    if (!isMeant) return false;
    this.#fill(this.drafts.recall(step));
    return true;
  }

  /**
   * @param {Option} option
   * @param {Token} token
   * @param {string} key
   */
  #accept(option, token, key) {
    const isReady = accept(option, token, this.field, this.page);
    if (key === "Enter" && isReady) this.send();
    else this.#suggest();
  }

  /**
   * The server refused: take the words back to mend them, unless something else is being written by now.
   * @param {CustomEvent<RefusedFrame>} event
   */
  #mend(event) {
    const say = live.find(event.detail.nonce);
    const isElsewhere = say?.task !== this.page.task || document.querySelector("dialog[open]") !== null;
    if (this.field.value !== "" || !say || isElsewhere) return;
    event.preventDefault();
    this.#fill(say.text);
    this.reply.restore(say);
    this.refusal.show(event.detail, say.text);
    this.field.setSelectionRange(...(this.refusal.range ?? [say.text.length, say.text.length]));
    if (event.detail.code === "forbidden") this.suggestions.update(null); // no other word would help
    this.field.focus();
  }

  /** @param {number} excess */
  #tooLong(excess) {
    const message = `Too long by ${plural(excess, "character", "characters")}.`;
    this.refusal.show({ type: "refused", nonce: "", code: "too_long", message }, this.field.value);
    this.field.focus();
  }

  #startCommand() {
    if (!this.field.value.startsWith("/")) insert(this.field, "/", 0, 0);
    this.field.focus();
    this.#suggest();
  }

  #measure() {
    grow(this.field);
    this.counter.show(this.field.value);
  }
}
