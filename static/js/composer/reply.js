/** @import { Say } from "../types.d.ts" */
/** @typedef {{id: number, author: string, words: string}} Replied */

/** Which message the next one answers, or makes a task of: shown above the text until it is sent or taken back. */
export class Reply {
  #form;
  #field;
  /** @type {HTMLElement | null} */
  #place;
  #input;
  #words;
  /** What was answered from this page, by its id, should it have to be said again. @type {Map<number, Replied>} */
  #known = new Map();

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLTextAreaElement} field
   */
  constructor(form, field) {
    this.#form = form;
    this.#field = field;
    this.#place = /** @type {HTMLElement | null} */ (form.querySelector("p.replied"));
    this.#input = this.#place?.querySelector("input");
    this.#words = this.#place?.querySelector(".replied__words");
    const hear = (/** @type {Event} */ event) => this.#hear(/** @type {CustomEvent<Replied & {text: string}>} */ (event).detail);
    document.addEventListener("composer:reply", hear);
    this.stop = () => document.removeEventListener("composer:reply", hear);
    this.#place?.querySelector("a")?.addEventListener("click", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.takeBack();
    });
  }

  /** What goes with the text. What is said about a task is read in the channel too, unless its box is not ticked. */
  get where() {
    return { reply_to: Number(this.#input?.value) || undefined, in_chat: this.#box?.checked === false ? false : undefined };
  }

  get #box() {
    return /** @type {HTMLInputElement | null} */ (this.#form.querySelector("[type=checkbox][name=in_chat]"));
  }

  clear() {
    if (this.#input) this.#input.value = "";
    if (this.#place) this.#place.hidden = true;
  }

  /** It was not taken: it still answers the same, or nothing, and is read where it was to be read. @param {Say} say */
  restore({ reply_to: id, in_chat: isInChat }) {
    if (this.#box) this.#box.checked = isInChat !== false;
    if (id) this.#show(this.#known.get(id) ?? { id, author: "", words: "An earlier message" });
    else this.clear();
  }

  /** Whether there was something to take back. */
  takeBack() {
    if (!this.#input?.value) return false;
    this.clear();
    this.#field.focus();
    return true;
  }

  /** With a text to start from, or with what was being written. @param {Replied & {text: string}} asked */
  #hear({ text, ...replied }) {
    this.#show(replied);
    if (text) document.dispatchEvent(new CustomEvent("composer:fill", { detail: { text, isBetween: true } }));
    else this.#field.focus();
  }

  /** @param {Replied} replied */
  #show(replied) {
    this.#known.set(replied.id, replied);
    if (!this.#place || !this.#input || !this.#words) return;
    const author = document.createElement("b");
    author.textContent = replied.author;
    this.#words.replaceChildren(author, ` ${replied.words}`);
    this.#input.value = String(replied.id);
    this.#place.hidden = false;
  }
}
