import { announce } from "../lib/announce.js";
import { clone } from "../lib/dom.js";
import { placeOf, withLine } from "./field.js";

/** @import { RefusedFrame } from "../types.d.ts" */

/** Why the last text was not sent, under the message box, with the lines that would be. */
export class Refusal {
  #place;
  /** @type {RefusedFrame | null} */
  #frame = null;
  #text = "";
  #send;

  /**
   * @param {HTMLElement | null} place
   * @param {(text: string) => void} send
   */
  constructor(place, send) {
    this.#place = place;
    this.#send = send;
  }

  /** The text with the first suggestion in it, as long as the text is the one that was refused. @param {string} text */
  firstMend(text) {
    const first = this.#frame?.suggestions?.[0];
    return first !== undefined && text === this.#text ? this.#mended(first) : null;
  }

  /**
   * @param {RefusedFrame} frame
   * @param {string} text what was refused
   */
  show(frame, text) {
    this.#frame = frame;
    this.#text = text;
    const note = clone("refusal-template");
    const words = note?.querySelector(".refusal__text");
    if (!note || !words) return;
    words.textContent = frame.message;
    note.querySelector(".refusal__ways")?.append(...this.#ways(frame));
    this.#place?.replaceChildren(note);
    announce(frame.message, "alert");
  }

  hide() {
    if (!this.#frame) return;
    this.#frame = null;
    this.#place?.replaceChildren();
  }

  /** The part of the text that offends. @returns {[number, number] | null} */
  get range() {
    const { start, end, line = 1 } = this.#frame ?? {};
    if (start === undefined || end === undefined || end <= start) return null;
    return placeOf(this.#text, { line, start, end });
  }

  /** @param {RefusedFrame} frame */
  #ways({ suggestions = [], can_send_as_text: canSendAsText }) {
    const ways = suggestions.map((line) => this.#way(line, () => this.#send(this.#mended(line))));
    if (canSendAsText) ways.push(this.#way("Send as text", () => this.#send(`/${this.#text}`)));
    return ways.flatMap((way) => (way ? [way, " "] : []));
  }

  /**
   * @param {string} label
   * @param {() => void} take
   */
  #way(label, take) {
    const way = clone("refusal-way");
    if (way) way.textContent = label;
    way?.addEventListener("click", take);
    return way;
  }

  /** @param {string} suggestion a complete line */
  #mended(suggestion) {
    return withLine(this.#text, this.#frame?.line ?? 1, suggestion);
  }
}
