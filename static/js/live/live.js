import { makeNonce } from "../lib/nonce.js";
import { Inbox } from "./inbox.js";
import { Link } from "./link.js";
import { Outbox } from "./outbox.js";
import { patch } from "./patch.js";
import { Polling } from "./polling.js";
import { Socket } from "./socket.js";
import { openStore } from "./store.js";

/** @import { AckFrame, AnswerFrame, ClientFrame, ErrorFrame, EventFrame, Frame, PageData, RefusedFrame } from "../types.d.ts" */
const PATIENCE = 2_000;

/**
 * The project as it happens. Elements listen to it by the names of the frames, and to
 * `say` (one of my words changed its state), `state`, `blocked` (it can only poll) and `applied` (an event is on the page).
 */
class Live extends EventTarget {
  /** @type {PageData | undefined} */
  #page;
  /** @type {Link | undefined} */
  #link;
  /** @type {Inbox | undefined} */
  #inbox;
  /** @type {Promise<Outbox> | undefined} */
  #opening;
  /** @type {Outbox | undefined} */
  #outbox;

  get seq() {
    return this.#inbox?.seq ?? 0;
  }

  get state() {
    return this.#link?.state ?? "connecting";
  }

  get waiting() {
    return this.#outbox?.all.length ?? 0;
  }

  /** @param {PageData} page */
  start(page) {
    this.#page = page;
    this.#inbox = new Inbox(page.seq, (frame) => this.#apply(frame), (after) => this.send({ type: "hello", after }));
    this.#link = new Link(
      (means, events) => means === "socket"
        ? new Socket(socketUrl(page.ws), events)
        : new Polling(`/p/${page.project.slug}`, this.seq, events),
      (frame) => this.#hear(frame),
      (state, code) => this.#turn(state, code),
    );
    this.#link.onblocked = () => this.#emit("blocked", null);
    this.#opening = this.#openOutbox(page);
    this.#link.start();
    watchNetwork(() => this.hurry());
  }

  /** @param {ClientFrame} frame */
  send(frame) {
    return this.#link?.send(frame) ?? false;
  }

  hurry() {
    this.#link?.hurry();
  }

  /**
   * Say something here, now or as soon as there is a connection again.
   * @param {string} text
   * @param {{task?: number, reply_to?: number, in_chat?: boolean}} [where] the task in whose conversation it is said
   */
  say(text, where = {}) {
    const page = /** @type {PageData} */ (this.#page);
    const words = { nonce: makeNonce(), owner: page.you.id, project: page.project.id, text, ...where };
    this.#opening?.then((outbox) => outbox.add(words));
    return words.nonce;
  }

  /** @param {string} nonce */
  retry(nonce) {
    this.#outbox?.retry(nonce);
    this.hurry();
  }

  /** @param {string} nonce */
  find(nonce) {
    return this.#outbox?.find(nonce);
  }

  /** @param {string} nonce */
  takeBack(nonce) {
    this.#outbox?.discard(nonce);
    this.#emit("gone", { nonce });
  }

  /** @param {PageData} page */
  async #openOutbox(page) {
    const store = await openStore();
    const outbox = new Outbox(store, (frame) => this.send(frame), (say) => this.#emit("say", say));
    this.#outbox = outbox;
    await outbox.restore(page.you.id, page.project.id).catch(console.error);
    return outbox;
  }

  /**
   * @param {import("./link.js").LinkState} state
   * @param {number} code
   */
  #turn(state, code) {
    if (this.#link?.isUp) {
      this.send({ type: "hello", after: this.seq });
      this.#outbox?.flush();
    } else {
      this.#outbox?.lost(code);
    }
    this.#emit("state", { state, code });
  }

  /** @param {Frame} frame */
  #hear(frame) {
    const own = this.#hearing[frame.type];
    if (own) own(/** @type {any} */ (frame));
    this.#emit(frame.type, frame);
  }

  /** What the client itself does with a frame, before the elements hear of it. */
  #hearing = /** @type {Record<string, ((frame: any) => void) | undefined>} */ ({
    event: (/** @type {EventFrame} */ frame) => this.#inbox?.receive(frame),
    ready: (/** @type {{seq: number}} */ { seq }) => this.#inbox?.ready(seq),
    ack: (/** @type {AckFrame} */ { nonce, seq }) => {
      this.#outbox?.sent(nonce);
      // Said before this page was loaded, which shows it already: no event will take its place.
      if (seq <= this.seq) this.#emit("gone", { nonce });
    },
    answer: (/** @type {AnswerFrame} */ { nonce }) => this.#outbox?.sent(nonce),
    refused: (/** @type {RefusedFrame} */ frame) => this.#refuse(frame),
    error: (/** @type {ErrorFrame} */ frame) => this.#stumble(frame),
  });

  /** The composer may take the words back to mend them; otherwise they stay as a line that failed. */
  #refuse(/** @type {RefusedFrame} */ frame) {
    const taken = !this.dispatchEvent(new CustomEvent("mend", { detail: frame, cancelable: true }));
    if (taken) this.takeBack(frame.nonce);
    else this.#outbox?.failed(frame.nonce, frame.message);
  }

  #stumble(/** @type {ErrorFrame} */ { code, message, nonce, retry_after: wait }) {
    if (code === "rate_limited") return this.#outbox?.pause(wait ? wait * 1000 : PATIENCE);
    if (code === "unavailable") return this.#outbox?.pause(PATIENCE);
    if (code === "internal" && nonce) return this.#outbox?.pause(PATIENCE, message);
    const flying = this.#outbox?.all.find(({ state }) => state === "sending");
    if (code === "too_large" && flying) this.#outbox?.failed(flying.nonce, message);
  }

  /** @param {EventFrame} frame */
  #apply(frame) {
    this.#emit("applying", frame);
    if (frame.nonce) this.#outbox?.sent(frame.nonce);
    if (frame.html) patch(frame.html);
    this.#emit("applied", frame);
  }

  /**
   * @param {string} name
   * @param {unknown} detail
   */
  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** @param {string} path */
function socketUrl(path) {
  const url = new URL(path, location.href);
  url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}

/** @param {() => void} hurry */
function watchNetwork(hurry) {
  for (const turn of ["online", "offline"]) window.addEventListener(turn, hurry); // a socket notices neither
  window.addEventListener("pageshow", (event) => event.persisted && hurry());
  document.addEventListener("visibilitychange", () => document.hidden || hurry());
}

export const live = new Live();

/**
 * @template T
 * @param {string} name
 * @param {(detail: T) => void} then
 * @returns {() => void} stops listening
 */
export function when(name, then) {
  const listener = (/** @type {Event} */ event) => then(/** @type {CustomEvent<T>} */ (event).detail);
  live.addEventListener(name, listener);
  return () => live.removeEventListener(name, listener);
}
