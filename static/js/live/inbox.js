/** @import { EventFrame } from "../types.d.ts" */

/** How long a gap may stay open before the missing frames are asked for (again). */
export const PATIENCE = 400;

/**
 * Hands on every event exactly once and in the order of its number, whatever the network does to them.
 */
export class Inbox {
  #seq;
  #apply;
  #catchUp;
  /** @type {Map<number, EventFrame>} */
  #waiting = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {number} seq the last event that the page already shows
   * @param {(frame: EventFrame) => void} apply
   * @param {(after: number) => void} catchUp asks the server for everything after a number
   */
  constructor(seq, apply, catchUp) {
    this.#seq = seq;
    this.#apply = apply;
    this.#catchUp = catchUp;
  }

  get seq() {
    return this.#seq;
  }

  /** @param {EventFrame} frame */
  receive(frame) {
    if (frame.seq <= this.#seq) return;
    this.#waiting.set(frame.seq, frame);
    this.#applyWaiting();
    this.#watchGap();
  }

  /**
   * The server says that it has sent everything up to `seq`.
   * @param {number} seq
   */
  ready(seq) {
    if (seq > this.#seq) this.#catchUp(this.#seq);
  }

  #applyWaiting() {
    for (let frame; (frame = this.#waiting.get(this.#seq + 1)); ) {
      this.#waiting.delete(frame.seq);
      this.#seq = frame.seq;
      try {
        this.#apply(frame);
      } catch (error) {
        // One frame that cannot be shown must not hold up all that follow.
        console.error(error);
      }
    }
  }

  #watchGap() {
    if (this.#waiting.size === 0) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
    } else if (this.#timer === undefined) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        if (this.#waiting.size === 0) return;
        this.#catchUp(this.#seq);
        this.#watchGap();
      }, PATIENCE);
    }
  }
}
