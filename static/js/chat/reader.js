import { live } from "../live/live.js";

const DWELL = 1_000;

/** Tells the server how far this person has read: what stood at the bottom for a second, in a tab they look at. */
export class Reader {
  #isAtEnd;
  #read = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {() => boolean} isAtEnd */
  constructor(isAtEnd) {
    this.#isAtEnd = isAtEnd;
  }

  /** Something moved: the page, the tab or the conversation. */
  look() {
    const isSeen = this.#isAtEnd() && !document.hidden && live.seq > this.#read;
    if (!isSeen) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    } else this.#timer ??= setTimeout(() => this.#mark(), DWELL);
  }

  #mark() {
    this.#timer = undefined;
    if (!this.#isAtEnd() || document.hidden) return;
    const seq = live.seq;
    if (live.send({ type: "read", seq })) this.#read = seq;
  }
}
