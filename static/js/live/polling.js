import { getJson, HttpError, post } from "../lib/http.js";

/** @import { ClientFrame, Frame, SayFrame, Transport, TransportEvents } from "../types.d.ts" */

const EVERY = 2_000;
const ANSWERS = [422, 429];
const CLOSE_CODES = new Map([[400, 1011], [401, 4401], [403, 4401], [404, 4403], [413, 1011], [500, 1011]]);

/**
 * The wire over plain requests, for networks that block WebSockets. Slower, but nothing is missing.
 * @implements {Transport}
 */
export class Polling {
  #base;
  #events;
  #after = 0;
  #opened = false;
  #closed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {string} base the project's address, /p/<slug>
   * @param {number} after
   * @param {TransportEvents} events
   */
  constructor(base, after, events) {
    this.#base = base;
    this.#after = after;
    this.#events = events;
  }

  open() {
    void this.#poll();
  }

  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** @param {ClientFrame} frame */
  send(frame) {
    if (this.#closed || !this.#opened) return false;
    if (frame.type === "say") void this.#say(frame);
    if (frame.type === "hello" && frame.after !== null) this.#after = Math.min(this.#after, frame.after);
    return true;
  }

  /** Look now instead of at the next turn. */
  probe() {
    clearTimeout(this.#timer);
    void this.#poll();
  }

  async #poll() {
    clearTimeout(this.#timer);
    try {
      const { events, seq, reload } = await getJson(`${this.#base}/events?after=${this.#after}`);
      if (this.#closed) return;
      if (reload) return this.#events.frame({ type: "reload" });
      this.#take(events, seq);
      this.#timer = setTimeout(() => this.#poll(), EVERY);
    } catch (error) {
      this.#lose(error);
    }
  }

  /**
   * @param {Frame[]} events
   * @param {number} seq
   */
  #take(events, seq) {
    for (const frame of events) this.#receive(frame);
    if (!this.#opened) {
      this.#opened = true;
      this.#events.opened();
    }
    if (!this.#closed) this.#receive({ type: "ready", seq });
  }

  /** @param {SayFrame} frame */
  async #say({ nonce, text, task, reply_to, in_chat }) {
    try {
      const answer = await post(`${this.#base}/say`, { text, nonce, task, reply_to, in_chat: in_chat === false ? 0 : undefined }, ANSWERS);
      // Asked to wait before it was read, it gets an error without a type.
      this.#receive(answer.type ? answer : { ...answer, type: "error", nonce });
      this.probe();
    } catch (error) {
      this.#lose(error);
    }
  }

  /** @param {Frame} frame */
  #receive(frame) {
    if (frame.type === "event") this.#after = Math.max(this.#after, frame.seq);
    this.#events.frame(frame);
  }

  /** @param {unknown} error */
  #lose(error) {
    if (this.#closed) return;
    this.close();
    const { status, code: reason } = error instanceof HttpError ? error : { status: 0, code: "" };
    const code = reason === "forbidden" ? 4403 : CLOSE_CODES.get(status) ?? 1006; // removed while this page was open
    this.#events.lost({ code, opened: this.#opened });
  }
}
