import { accept } from "../composer/accept.js";
import { insert } from "../composer/field.js";
import { Preview } from "../composer/preview.js";
import { Refusal } from "../composer/refusal.js";
import { Sources } from "../composer/sources.js";
import { Suggestions } from "../composer/suggestions.js";
import { tokenAt } from "../composer/tokens.js";
import { toast } from "../elements/toasts.js";
import { showView } from "../elements/views.js";
import { announce } from "../lib/announce.js";
import { live, when } from "../live/live.js";
import { go, noteVisit, Places, split, taskPlace } from "./places.js";

/** @import { AckFrame, AnswerFrame, PageData, RefusedFrame, Say } from "../types.d.ts" */
/** @import { Option } from "../composer/sources.js" @import { Token } from "../composer/tokens.js" */
/** @import { Place } from "./places.js" @import { Shortcut } from "../lib/shortcut-map.js" */

/** One field in front of the page that leads everywhere and takes any command. */
export class Palette {
  #dialog;
  #field;
  #page;
  #places;
  #sources;
  #suggestions;
  /** @type {Preview | undefined} */
  #preview;
  /** @type {Refusal | undefined} */
  #refusal;
  /** @type {Array<() => void>} */
  #endings = [];
  #nonce = "";

  /**
   * @param {HTMLDialogElement} dialog
   * @param {PageData | null} page
   * @param {Shortcut[]} shortcuts
   */
  constructor(dialog, page, shortcuts) {
    this.#dialog = dialog;
    this.#field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
    this.#page = page;
    this.#places = new Places(page, shortcuts, document.activeElement);
    this.#sources = page && new Sources(page);
    const choices = { local: (/** @type {Token} */ token) => this.#local(token), remote: (/** @type {Token} */ token) => this.#remote(token) };
    const place = dialog.querySelector(".palette__choices");
    this.#suggestions = new Suggestions(this.#field, choices, place, (option, token, key) => this.#accept(option, token, key));
    if (page) this.#bindCommands(page);
    this.#listen();
  }

  open() {
    const before = document.activeElement;
    document.body.append(this.#dialog);
    this.#dialog.addEventListener("close", () => {
      for (const end of this.#endings) end();
      this.#suggestions.close();
      this.#dialog.remove();
      if (before instanceof HTMLElement) before.focus();
    });
    this.#dialog.showModal();
    this.#suggest();
  }

  /** @param {PageData} page */
  #bindCommands(page) {
    this.#preview = new Preview(this.#field, page, this.#dialog.querySelector(".preview"), () => this.#suggestions.isOpen);
    this.#refusal = new Refusal(this.#dialog.querySelector(".palette__refusal"), (text) => this.#say(text));
    const refused = (/** @type {Event} */ event) => this.#mend(/** @type {CustomEvent<RefusedFrame>} */ (event));
    live.addEventListener("mend", refused);
    this.#endings.push(
      this.#preview.stop,
      () => live.removeEventListener("mend", refused),
      when("say", (/** @type {Say} */ { nonce, state }) => nonce === this.#nonce && state === "failed" && this.#dialog.close()),
      when("ack", (/** @type {AckFrame} */ { nonce }) => nonce === this.#nonce && this.#dialog.close()),
      when("answer", (/** @type {AnswerFrame} */ { nonce }) => nonce === this.#nonce && this.#close(showAnswers)),
    );
  }

  #listen() {
    this.#field.addEventListener("input", (event) => {
      this.#refusal?.hide();
      this.#preview?.update();
      if (!(/** @type {InputEvent} */ (event).isComposing)) this.#suggest();
    });
    this.#field.addEventListener("click", () => this.#suggest());
    this.#dialog.addEventListener("keydown", (event) => this.#key(event));
    this.#dialog.addEventListener("click", (event) => event.target === this.#dialog && this.#dialog.close());
  }

  get #isCommand() {
    return this.#page !== null && /^[/／]/u.test(this.#field.value);
  }

  #suggest() {
    const { value, selectionStart } = this.#field;
    const place = { kind: "place", query: value, start: 0, end: value.length, sign: "", isRequired: true };
    this.#suggestions.update(this.#isCommand && this.#page ? tokenAt(value, selectionStart ?? value.length, this.#page) : place);
  }

  /** @param {Token} token @returns {Option[]} */
  #local(token) {
    return token.kind === "place" ? this.#places.matching(token.query) : (this.#sources?.local(token) ?? []);
  }

  /** Tasks that are not on the page. @param {Token} token @returns {Promise<Option[]>} */
  async #remote(token) {
    if (token.kind !== "place") return this.#sources?.remote(token) ?? [];
    const [sign, query] = split(token.query);
    const page = this.#page;
    if (!this.#sources || !page || !query || !["", "#"].includes(sign)) return [];
    const found = await this.#sources.remote({ ...token, kind: "task", query });
    return found.map(({ name, what, more }) => taskPlace({ number: Number(name.slice(1)), title: what, column: more }, page));
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") return;
    if (isPaletteKey(event)) this.#dialog.close();
    else if (event.target !== this.#field) return;
    else if (!this.#suggestions.take(event) && !this.#own(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event */
  #own({ key, shiftKey, altKey, repeat }) {
    const better = key === "Tab" && !shiftKey ? (this.#refusal?.firstMend(this.#field.value) ?? this.#preview?.betterText) : null;
    if (better) insert(this.#field, better, 0, this.#field.value.length);
    else if (key === "Enter" && altKey) announce(this.#preview?.words || "Enter goes there.");
    else if (key === "Enter" && this.#isCommand && !repeat && !this.#nonce) this.#say(this.#field.value); // once
    else return key === "Enter";
    return true;
  }

  /**
   * @param {Option} option
   * @param {Token} token
   * @param {string} key
   */
  #accept(option, token, key) {
    if (token.kind === "place") return this.#go(/** @type {Place} */ (option));
    const isReady = this.#page && accept(option, token, this.#field, this.#page);
    if (key === "Enter" && isReady) this.#say(this.#field.value);
    else this.#suggest();
  }

  /** @param {Place} place */
  #go(place) {
    noteVisit(place);
    this.#close(() => go(place));
  }

  /** Focus goes back first: what is done may want to put it elsewhere. @param {() => void} then */
  #close(then) {
    this.#dialog.addEventListener("close", then, { once: true });
    this.#dialog.close();
  }

  /** @param {string} text */
  #say(text) {
    this.#nonce = live.say(text, { task: this.#page?.task });
    if (live.state !== "connecting") return;
    toast("No connection. It is sent as soon as there is one.");
    this.#dialog.close();
  }

  /** @param {CustomEvent<RefusedFrame>} event */
  #mend(event) {
    if (event.detail.nonce !== this.#nonce) return;
    this.#nonce = "";
    event.preventDefault();
    this.#refusal?.show(event.detail, this.#field.value);
    const range = this.#refusal?.range;
    if (range) this.#field.setSelectionRange(...range);
  }
}

/** @param {KeyboardEvent} event */
export function isPaletteKey({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  return key.toLowerCase() === "k" && (ctrlKey || metaKey) && !altKey && !shiftKey;
}

function showAnswers() {
  if (document.querySelector(".project[data-view=board]")) showView("both");
}
