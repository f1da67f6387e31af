/**
 * Devices with a page open, each behind a network of its own: the product's own client, without what it shows.
 *
 * node devices.js '{"project": 1, "slug": "web", "token": "lg_…", "cookie": "session=…", "ports": [40001, 40002]}'
 * Reads {"device": 0, "do": "say" | "hurry", "text": "…"}, a line each, and writes what happened, a line each.
 */

import { setMaxListeners } from "node:events";
import { createInterface } from "node:readline";

const { project, slug, token, cookie, ports } = JSON.parse(process.argv[2]);
const NativeSocket = globalThis.WebSocket;
const nativeFetch = globalThis.fetch;
const CSRF = "c".repeat(32);

/** @type {Map<string, number>} */
const deviceOf = new Map(ports.map((/** @type {number} */ port, /** @type {number} */ device) => [String(port), device]));

/** What a page finds around it. */
Object.assign(globalThis, {
  window: new EventTarget(),
  document: Object.assign(new EventTarget(), { hidden: false, querySelector: () => null }),
  location: new URL(`http://127.0.0.1:${ports[0]}/`),
  /** A page asks its own server: the device's port stands in its slug. @param {string} path @param {RequestInit} options */
  fetch(path, options) {
    const url = path.replace(/^\/p\/([0-9]+)\//, (_, port) => `http://127.0.0.1:${port}/p/${slug}/`);
    const headers = { ...options.headers, "X-CSRFToken": CSRF, cookie: `${cookie}; csrftoken=${CSRF}` };
    return nativeFetch(url, { ...options, headers });
  },
  WebSocket: class extends NativeSocket {
    /** @param {string} url */
    constructor(url) {
      super(url, /** @type {any} */ ({ headers: { authorization: `Bearer ${token}` } }));
      const device = deviceOf.get(new URL(url).port) ?? 0;
      this.device = device;
      this.addEventListener("open", () => note(device, "opened"));
      this.addEventListener("close", () => note(device, "closed"));
    }

    /** @param {string} text */
    send(text) {
      if (JSON.parse(text).type === "hello") note(this.device, "greeted", { seq: JSON.parse(text).after });
      super.send(text);
    }
  },
});

/**
 * @param {number} device
 * @param {string} what
 * @param {{nonce?: string, seq?: number, note?: string}} [more]
 */
function note(device, what, more = {}) {
  process.stdout.write(`${JSON.stringify({ at: Date.now() / 1000, who: `device ${device}`, what, ...more })}\n`);
}

/**
 * @param {number} port
 * @param {number} device
 */
async function open(port, device) {
  // The page has one `live`; under a name of its own, each device gets another.
  const { live } = await import(`../../static/js/live/live.js?device=${device}`);
  /** @type {Set<string>} */
  const mine = new Set();
  /** @param {string} name @param {(detail: any) => void} then */
  const on = (name, then) => live.addEventListener(name, (/** @type {CustomEvent} */ { detail }) => then(detail));
  const acked = (/** @type {string} */ nonce, /** @type {number} */ seq) => {
    if (mine.delete(nonce)) note(device, "acked", { nonce, seq });
  };
  on("applying", ({ seq, nonce }) => {
    note(device, "heard", { seq });
    if (nonce) acked(nonce, seq);
  });
  on("ack", ({ nonce, seq }) => acked(nonce, seq));
  on("ready", ({ seq }) => note(device, "ready", { seq }));
  on("state", ({ state, code }) => note(device, "turned", { note: `${state} ${code}` }));
  for (const odd of ["refused", "error", "reload"]) on(odd, (frame) => note(device, "odd", { note: JSON.stringify(frame) }));
  live.start({
    project: { id: project, slug: String(port) },
    you: { id: device },
    seq: 0,
    ws: `ws://127.0.0.1:${port}/ws/project/${project}/?as=data`,
  });
  return {
    hurry: () => live.hurry(),
    /** @param {string} text */
    say(text) {
      const nonce = live.say(text);
      mine.add(nonce);
      note(device, "said", { nonce });
    },
  };
}

// There is no document for what comes as HTML, when a device polls.
console.error = () => {};
// All devices stand in one window.
setMaxListeners(0, globalThis.window, globalThis.document);
const devices = await Promise.all(ports.map(open));
createInterface({ input: process.stdin }).on("line", (line) => {
  const { device, do: what, text } = JSON.parse(line);
  if (what === "say") devices[device].say(text);
  else devices[device].hurry();
}).on("close", () => process.exit(0));
