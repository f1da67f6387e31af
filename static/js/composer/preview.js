import { clone, el } from "../lib/dom.js";
import { live, when } from "../live/live.js";
import { placeOf, withLine } from "./field.js";

/** @import { Field, PageData, Place, PreviewFrame, Reading } from "../types.d.ts" */

const PAUSE = 150;
/** Of the text that was asked about last: one count for all fields, which hear the same answers. */
let asked = 0;
/** While a line is being typed it is often incomplete; these are no news. */
const UNFINISHED = new Set(["missing_argument", "title_empty"]);

/** How a command will be understood, said before it is sent. The server reads it; nothing is stored. */
export class Preview {
  #field;
  #page;
  #place;
  #isChoosing;
  #id = -1;
  /** What the server said, of which text. @type {{text: string, reading: Reading} | null} */
  #shown = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Field} field
   * @param {PageData} page
   * @param {HTMLElement | null} place
   * @param {() => boolean} isChoosing whether a list of choices for the word at the caret is open
   */
  constructor(field, page, place, isChoosing) {
    this.#isChoosing = isChoosing;
    this.#field = field;
    this.#page = page;
    this.#place = place;
    this.stop = when("preview", (/** @type {PreviewFrame} */ { id, result }) => id === this.#id && this.#show(result));
  }

  update() {
    clearTimeout(this.#timer);
    asked += 1;
    this.#id = asked;
    this.#shown = null;
    const text = this.#field.value;
    if (!/^[/／](?![/\s])/u.test(text)) return this.#hide();
    this.#timer = setTimeout(() => live.send({ type: "preview", id: this.#id, text, task: this.#page.task }), PAUSE);
  }

  /** The reading in words, for those who ask to hear it. */
  get words() {
    return this.#place?.hidden ? "" : [...(this.#place?.children ?? [])].map((chip) => chip.textContent).join(", ");
  }

  /** What Tab makes of the text: the mended line, or the date of a title as a token. Null when there is nothing. */
  get betterText() {
    const { text, reading } = this.#shown ?? { text: "", reading: {} };
    if (!text || text !== this.#field.value || this.#place?.hidden) return null;
    const { offer, fixes = [], line = 1 } = reading;
    if (!offer) return fixes.length > 0 ? withLine(text, line, fixes[0]) : null;
    const [start, end] = placeOf(text, offer);
    return text.slice(0, start) + offer.value + text.slice(end);
  }

  /** @param {Reading} reading */
  #show(reading) {
    const chips = reading.script ? this.#script(reading) : this.#mistake(reading);
    if (chips.length === 0) return this.#hide();
    this.#shown = { text: this.#field.value, reading };
    this.#place?.replaceChildren(...chips);
    if (this.#place) this.#place.hidden = false;
  }

  #hide() {
    if (this.#place) this.#place.hidden = true;
  }

  /** @param {Reading} reading */
  #script({ chips = [], notes = [], offer }) {
    const words = notes.map((note) => el("span", { class: "preview__note" }, note));
    return [...chips.map((chip) => this.#chip(chip)), ...words, ...this.#way(offer ? `add ${offer.value} (${offer.words})` : "")];
  }

  /** @param {Reading} reading */
  #mistake({ refused, message, fixes = [], line = 1, end = 0 }) {
    const isBeingTyped = refused === "unknown_command" && (this.#field.selectionEnd ?? 0) <= placeOf(this.#field.value, { line, start: 0, end })[1];
    if (!refused || !message || UNFINISHED.has(refused) || isBeingTyped || this.#isChoosing()) return [];
    return [el("span", { class: "preview__mistake" }, message), ...this.#way(fixes[0] ?? "")];
  }

  /** What Tab does, as a button too. @param {string} words */
  #way(words) {
    if (!words) return [];
    const way = el("button", { type: "button", class: "preview__way" }, el("kbd", {}, "Tab"), ` ${words}`);
    way.addEventListener("click", () => {
      this.#field.focus(); // the button goes with what it mends
      this.#field.dispatchEvent(new KeyboardEvent("keydown", { key: "Tab", bubbles: true }));
    });
    return [way];
  }

  /** A chip leads to the part of the text that it stands for. @param {Place & {words: string}} part */
  #chip(part) {
    const chip = clone("preview-chip") ?? el("button", { type: "button", class: "chip" });
    chip.textContent = part.words;
    chip.addEventListener("click", () => {
      this.#field.focus();
      this.#field.setSelectionRange(...placeOf(this.#field.value, part));
    });
    return chip;
  }
}
