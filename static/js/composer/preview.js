import { clone, el } from "../lib/dom.js";
import { live, when } from "../live/live.js";

/** @import { PageData, PreviewFrame, Reading } from "../types.d.ts" */

const PAUSE = 150;
/** While a line is being typed it is often incomplete; these are no news. */
const UNFINISHED = new Set(["unknown_command", "missing_argument", "title_empty"]);

/** How a command will be understood, said before it is sent. The server reads it; nothing is stored. */
export class Preview {
  #place = document.getElementById("preview");
  #field;
  #page;
  #isChoosing;
  #id = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLTextAreaElement} field
   * @param {PageData} page
   * @param {() => boolean} isChoosing whether a list of choices for the word at the caret is open
   */
  constructor(field, page, isChoosing) {
    this.#isChoosing = isChoosing;
    this.#field = field;
    this.#page = page;
    this.stop = when("preview", (/** @type {PreviewFrame} */ { id, result }) => id === this.#id && this.#show(result));
  }

  update() {
    clearTimeout(this.#timer);
    this.#id += 1;
    const text = this.#field.value;
    if (!/^[/／](?![/\s])/u.test(text)) return this.#hide();
    this.#timer = setTimeout(() => live.send({ type: "preview", id: this.#id, text }), PAUSE);
  }

  /** The reading in words, for those who ask to hear it. */
  get words() {
    return this.#place?.hidden ? "" : [...(this.#place?.children ?? [])].map((chip) => chip.textContent).join(", ");
  }

  /** @param {Reading} reading */
  #show(reading) {
    const chips = reading.script ? this.#script(reading) : this.#mistake(reading);
    if (chips.length === 0) return this.#hide();
    this.#place?.replaceChildren(...chips);
    if (this.#place) this.#place.hidden = false;
  }

  #hide() {
    if (this.#place) this.#place.hidden = true;
  }

  /** @param {Reading} reading */
  #script({ script = [], notes = [] }) {
    const words = notes.map((note) => el("span", { class: "preview__note" }, note));
    return [...script.flatMap((command) => this.#chips(command)), ...words];
  }

  /** @param {Reading} reading */
  #mistake({ refused, message }) {
    if (!refused || !message || UNFINISHED.has(refused) || this.#isChoosing()) return [];
    return [el("span", { class: "preview__mistake" }, message)];
  }

  /** @param {Record<string, unknown> & {command: string}} command */
  #chips({ command, ...given }) {
    const isNew = command === "task";
    const parts = this.#parts(isNew ? { title: given.title, ...given } : given);
    return [this.#chip(isNew ? "New task" : `/${command}`, `/${command}`), ...parts.map(([words, source]) => this.#chip(words, source))];
  }

  /** @param {Record<string, unknown>} given @returns {Array<[string, string]>} */
  #parts(given) {
    return Object.entries(given).flatMap(([key, value]) => {
      if (value === null || value === undefined || key === "body") return [];
      const values = Array.isArray(value) ? value : [value];
      return values.map((each) => /** @type {[string, string]} */ ([this.#words(key, String(each)), String(each)]));
    });
  }

  /**
   * @param {string} key
   * @param {string} value
   */
  #words(key, value) {
    if (key === "title") return `“${value}”`;
    if (key === "refs") return `${this.#page.project.key}-${value}`;
    if (key === "assignees" || key === "users") return this.#page.people.find(({ handle }) => handle === value)?.name ?? `@${value}`;
    if (key === "due") return `due ${dateWords(value)}`;
    return value;
  }

  /**
   * A chip leads to the part of the text that it stands for.
   * @param {string} words
   * @param {string} source
   */
  #chip(words, source) {
    const chip = clone("preview-chip") ?? el("button", { type: "button", class: "chip" });
    chip.textContent = words;
    chip.addEventListener("click", () => {
      const at = this.#field.value.toLowerCase().indexOf(source.toLowerCase());
      this.#field.focus();
      if (at >= 0) this.#field.setSelectionRange(at, at + source.length);
    });
    return chip;
  }
}

/** @param {string} iso */
function dateWords(iso) {
  const hasTime = iso.length > 10;
  const date = new Date(hasTime ? iso.replace(" ", "T") : `${iso}T12:00`);
  if (Number.isNaN(date.getTime())) return iso;
  const day = date.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "short" });
  return hasTime ? `${day}, ${iso.slice(11, 16)}` : day;
}
