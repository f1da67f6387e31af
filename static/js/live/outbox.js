import { sayFrame } from "./frames.js";

/** @import { ClientFrame, Say, SayState, SayStore } from "../types.d.ts" */

const TRIES = 3;
const PATIENCE = 15_000;
const SERVER_ERROR = 1011;

/**
 * What somebody said but the server has not yet acknowledged. Each say is stored before it is sent, keeps its
 * destination and its nonce for ever, and is sent again until it is answered; one at a time, in order.
 */
export class Outbox {
  /** @type {Say[]} */
  #says = [];
  #store;
  #send;
  #changed;
  /** @type {Say | undefined} */
  #flying;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #order = 0;

  /**
   * @param {SayStore} store
   * @param {(frame: ClientFrame) => boolean} send false while there is no connection
   * @param {(say: Say) => void} changed
   */
  constructor(store, send, changed) {
    this.#store = store;
    this.#send = send;
    this.#changed = changed;
  }

  get all() {
    return [...this.#says];
  }

  /**
   * Take over what an earlier visit left behind.
   * @param {number} owner
   * @param {number} project
   */
  async restore(owner, project) {
    const known = new Set(this.#says.map((say) => say.nonce));
    const left = (await this.#store.all(owner, project)).filter((say) => !known.has(say.nonce));
    for (const say of left) if (say.state === "sending") say.state = "queued";
    this.#says.unshift(...left);
    for (const say of left) this.#changed(say);
    this.flush();
  }

  /** @param {Pick<Say, "nonce" | "owner" | "project" | "text" | "task" | "reply_to" | "in_chat">} words */
  async add(words) {
    /** @type {Say} */
    const say = { ...words, at: Date.now(), order: this.#order++, state: "queued", tries: 0 };
    this.#says.push(say);
    this.#changed(say);
    await this.#keep(say);
    this.flush();
  }

  /** Send the oldest say that waits, unless one is already on its way. */
  flush() {
    if (this.#flying) return;
    const say = this.#says.find(({ state }) => state !== "failed");
    if (!say || !this.#send(sayFrame(say))) return;
    this.#flying = say;
    this.#become(say, "sending");
    this.#timer = setTimeout(() => this.#giveUp("The server did not answer."), PATIENCE);
  }

  /**
   * The connection is gone, and with it the answer to what was on its way.
   * @param {number} code
   */
  lost(code) {
    const say = this.#land();
    if (!say) return;
    // Only a say that makes the server stumble counts: a restarted server is not the say's fault.
    if (code === SERVER_ERROR) this.#countTry(say, "The server could not take it.");
    else this.#become(say, "queued");
  }

  /**
   * It is stored on the server.
   * @param {string} nonce
   */
  sent(nonce) {
    this.#forget(nonce);
    this.flush();
  }

  /**
   * It will never be accepted as it stands.
   * @param {string} nonce
   * @param {string} reason
   */
  failed(nonce, reason) {
    const say = this.find(nonce);
    if (!say) return;
    if (say === this.#flying) this.#land();
    say.reason = reason;
    this.#become(say, "failed");
    this.flush();
  }

  /**
   * The server asks for patience, or has stumbled over what was on its way.
   * @param {number} delay
   * @param {string} [reason] set when the say itself may be to blame
   */
  pause(delay, reason) {
    const say = this.#land();
    if (!say) return;
    if (reason) this.#countTry(say, reason);
    else this.#become(say, "queued");
    this.#flying = say;
    this.#timer = setTimeout(() => {
      this.#land();
      this.flush();
    }, delay);
  }

  /** @param {string} nonce */
  retry(nonce) {
    const say = this.find(nonce);
    if (!say) return;
    say.tries = 0;
    this.#become(say, "queued");
    this.flush();
  }

  /**
   * Take a say back, to edit it or to drop it.
   * @param {string} nonce
   */
  discard(nonce) {
    this.#forget(nonce);
    this.flush();
  }

  /** @param {string} nonce */
  find(nonce) {
    return this.#says.find((say) => say.nonce === nonce);
  }

  /** @param {string} nonce */
  #forget(nonce) {
    if (this.#flying?.nonce === nonce) this.#land();
    this.#says = this.#says.filter((say) => say.nonce !== nonce);
    this.#store.remove(nonce).catch(console.error);
  }

  #land() {
    clearTimeout(this.#timer);
    const say = this.#flying;
    this.#flying = undefined;
    return say;
  }

  /** @param {string} reason */
  #giveUp(reason) {
    const say = this.#land();
    if (say) this.#countTry(say, reason);
    this.flush();
  }

  /**
   * @param {Say} say
   * @param {string} reason
   */
  #countTry(say, reason) {
    say.tries += 1;
    if (say.tries >= TRIES) say.reason = reason;
    this.#become(say, say.tries >= TRIES ? "failed" : "queued");
  }

  /**
   * @param {Say} say
   * @param {SayState} state
   */
  #become(say, state) {
    say.state = state;
    this.#changed(say);
    if (state !== "sending") this.#keep(say).catch(console.error);
  }

  /** @param {Say} say */
  async #keep(say) {
    // A full disk must not stop anybody from talking.
    await this.#store.put({ ...say }).catch((error) => console.error(error));
    // It may have been answered while it was being written.
    if (!this.find(say.nonce)) await this.#store.remove(say.nonce).catch(console.error);
  }
}
