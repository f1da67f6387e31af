/** @import { ClientFrame, Frame, Transport, TransportEvents } from "../types.d.ts" */

const QUIET = 20_000;
const PATIENCE = 8_000;
const ANSWERED = 4_000;

/**
 * One WebSocket connection that notices when the other side has gone silent.
 * @implements {Transport}
 */
export class Socket {
  #url;
  #events;
  /** @type {WebSocket | undefined} */
  #ws;
  #opened = false;
  #pings = 0;
  #isAsking = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #watchdog;

  /**
   * @param {string} url
   * @param {TransportEvents} events
   */
  constructor(url, events) {
    this.#url = url;
    this.#events = events;
  }

  open() {
    const ws = new WebSocket(this.#url);
    this.#ws = ws;
    ws.onopen = () => {
      this.#opened = true;
      this.#events.opened();
      this.#expect(QUIET);
    };
    ws.onmessage = ({ data }) => {
      this.#isAsking = false;
      this.#expect(QUIET);
      this.#events.frame(/** @type {Frame} */ (JSON.parse(data)));
    };
    ws.onclose = ({ code }) => this.#lose(code);
    // A handshake that hangs counts as a failed one.
    this.#watch(PATIENCE, () => this.#lose(1006));
  }

  close() {
    clearTimeout(this.#watchdog);
    const ws = this.#ws;
    this.#ws = undefined;
    if (!ws) return;
    ws.onopen = ws.onmessage = ws.onclose = null;
    ws.close();
  }

  /** @param {ClientFrame} frame */
  send(frame) {
    if (this.#ws?.readyState !== WebSocket.OPEN) return false;
    this.#ws.send(JSON.stringify(frame));
    // A say is answered at once; silence after it means that the line is dead, long before the system notices.
    if (frame.type === "say" && !this.#isAsking) this.#expect(ANSWERED);
    return true;
  }

  /** Ask whether the other side is still there, and give it `patience` ms to answer. */
  probe(patience = PATIENCE) {
    if (!this.send({ type: "ping", id: ++this.#pings })) return;
    this.#isAsking = true;
    this.#watch(patience, () => this.#lose(1006));
  }

  /** @param {number} quiet */
  #expect(quiet) {
    this.#watch(quiet, () => this.probe());
  }

  /**
   * @param {number} delay
   * @param {() => void} then
   */
  #watch(delay, then) {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(then, delay);
  }

  /** @param {number} code */
  #lose(code) {
    if (!this.#ws) return;
    this.close();
    this.#events.lost({ code, opened: this.#opened });
  }
}
