import { Backoff } from "./backoff.js";

/** @import { ClientFrame, Frame, Transport, TransportEvents } from "../types.d.ts" */
/** @typedef {"connecting" | "live" | "polling" | "signed-out" | "shut-out"} LinkState */
/** @typedef {Transport & { probe(patience?: number): void }} Probed */

const HANDSHAKES = 3;
const LONG = 30_000;
const RETRY_SOCKET = 60_000;
const LOOK_AGAIN = 5_000;
const FINAL = /** @type {Map<number, LinkState>} */ (new Map([[4401, "signed-out"], [4403, "shut-out"]]));

/**
 * Keeps one way to the server open: the socket when it can be had, polling where it cannot.
 */
export class Link {
  #make;
  #heard;
  #turned;
  #backoff;
  /** @type {Probed | undefined} */
  #transport;
  /** @type {"socket" | "polling"} */
  #means = "socket";
  #failures = 0;
  #lostAt = Date.now();
  /** @type {LinkState} */
  #state = "connecting";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** Called when polling works and sockets, tried beside it, do not: then it is the network, and not a server that was away. */
  onblocked = () => {};

  /**
   * @param {(means: "socket" | "polling", events: TransportEvents) => Probed} make
   * @param {(frame: Frame) => void} heard
   * @param {(state: LinkState, code: number) => void} turned
   * @param {Backoff} backoff
   */
  constructor(make, heard, turned, backoff = new Backoff()) {
    this.#make = make;
    this.#heard = heard;
    this.#turned = turned;
    this.#backoff = backoff;
  }

  get state() {
    return this.#state;
  }

  get isUp() {
    return this.#state === "live" || this.#state === "polling";
  }

  start() {
    this.#connect(this.#means);
  }

  /** Try at once: the network is back, or the tab is looked at. An attempt from before is as lost as the rest. */
  hurry() {
    if (this.isUp) this.#transport?.probe(3_000);
    else if (this.#transport && this.#state === "connecting") this.#connect(this.#means);
  }

  /** @param {ClientFrame} frame */
  send(frame) {
    if (this.isUp && this.#transport?.send(frame)) return true;
    if (frame.type === "say" && (this.isUp || this.#timer !== undefined)) this.hurry();
    return false;
  }

  /** @param {"socket" | "polling"} means */
  #connect(means) {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#transport?.close();
    const transport = this.#make(means, {
      opened: () => this.#open(means, transport),
      frame: (frame) => this.#hear(frame),
      lost: (loss) => this.#lose(means, loss),
    });
    this.#transport = transport;
    transport.open();
  }

  /**
   * @param {"socket" | "polling"} means
   * @param {Probed} transport
   */
  #open(means, transport) {
    this.#means = means;
    this.#failures = 0;
    this.#turn(means === "socket" ? "live" : "polling", 0);
    if (means === "polling") this.#tryBetter(transport);
  }

  /**
   * Who is let in and sent away before anything is said has not arrived: the waits go on growing.
   * @param {Frame} frame
   */
  #hear(frame) {
    if (frame.type === "ready") this.#backoff.reset();
    this.#heard(frame);
  }

  /**
   * While polling works, see quietly whether the socket would work by now: it may have been the server that was away.
   * @param {Probed} polling
   * @param {number} failed how often it did not
   */
  #tryBetter(polling, failed = 0) {
    const probe = this.#make("socket", {
      opened: () => {
        probe.close();
        if (this.#transport === polling) this.#connect("socket");
      },
      frame: () => {},
      lost: () => {
        if (this.#transport !== polling || this.#state !== "polling") return;
        if (failed > 0) this.onblocked();
        this.#timer = setTimeout(() => this.#tryBetter(polling, failed + 1), failed > 0 ? RETRY_SOCKET : LOOK_AGAIN);
      },
    });
    probe.open();
  }

  /**
   * @param {"socket" | "polling"} means
   * @param {{code: number, opened: boolean}} loss
   */
  #lose(means, { code, opened }) {
    clearTimeout(this.#timer);
    const final = FINAL.get(code);
    if (final) return this.#turn(final, code);
    if (this.isUp) this.#lostAt = Date.now();
    if (means === "socket" && !opened) this.#failures += 1;
    this.#turn("connecting", code);
    this.#means = this.#next(means);
    this.#timer = setTimeout(() => this.#connect(this.#means), this.#backoff.next());
  }

  /** @param {"socket" | "polling"} means */
  #next(means) {
    const blocked = this.#failures >= HANDSHAKES || Date.now() - this.#lostAt > LONG;
    return blocked && means === "socket" ? "polling" : "socket";
  }

  /**
   * @param {LinkState} state
   * @param {number} code
   */
  #turn(state, code) {
    if (state === this.#state && state === "connecting" && code === 0) return;
    this.#state = state;
    this.#turned(state, code);
  }
}
