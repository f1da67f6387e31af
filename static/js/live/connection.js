import { announce } from "../lib/announce.js";
import { button, el, plural } from "../lib/dom.js";
import { openDialog } from "../lib/dialog.js";
import { live, when } from "./live.js";

/** @import { EventFrame } from "../types.d.ts" */
/** @import { LinkState } from "./link.js" */

const SHORT = 5_000;
const LONG = 30_000;
const STAY = 6_000;
const POLLING = "This network blocks live connections. Updates come every two seconds instead.";

/** Says in one place how the connection stands: nothing for a short gap, then more and more. */
export class Connection {
  #place = document.getElementById("connection");
  #lostAt = 0;
  #missed = 0;
  #isKnownToPoll = false;
  /** @type {Array<ReturnType<typeof setTimeout>>} */
  #timers = [];
  #hasAsked = false;

  constructor() {
    when("state", ({ state }) => this.#turn(state));
    when("ready", () => this.#back());
    when("reload", () => this.#outdated());
    when("blocked", () => this.#blocked());
    when("applied", (/** @type {EventFrame} */ { kind }) => {
      if (this.#lostAt && kind === "message.posted") this.#missed += 1;
    });
  }

  /** @param {LinkState} state */
  #turn(state) {
    document.documentElement.dataset.connection = state;
    if (state === "connecting") this.#lose();
    else if (state === "signed-out") this.#signedOut();
    else if (state === "shut-out") this.#shutOut();
  }

  #lose() {
    if (this.#lostAt) return;
    this.#lostAt = Date.now();
    this.#missed = 0;
    this.#timers = [
      setTimeout(() => this.#say("Reconnecting. Keep writing, messages wait here."), SHORT),
      setTimeout(() => this.#offline(), LONG),
    ];
  }

  #offline() {
    const since = new Date(this.#lostAt).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    this.#say(`Offline since ${since}.`);
    this.#place?.append(" ", button("Retry now", "link-button", () => live.hurry()));
  }

  /** The page loads itself again, unless somebody is writing: then they say when. */
  #outdated() {
    this.#stopWaiting();
    this.#say("This page is out of date. What you have written is kept.");
    this.#place?.append(" ", button("Load it again", "link-button", () => location.reload()));
  }

  #back() {
    if (!this.#lostAt) return;
    const gone = Date.now() - this.#lostAt;
    this.#lostAt = 0;
    this.#stopWaiting();
    if (gone < SHORT) return this.#show("");
    this.#tell(this.#missed > 0 ? `Back. ${plural(this.#missed, "new message", "new messages")}.` : "Back.");
  }

  #blocked() {
    if (this.#isKnownToPoll) return;
    this.#isKnownToPoll = true;
    this.#stopWaiting();
    this.#tell(POLLING);
  }

  /** @param {string} words */
  #tell(words) {
    this.#say(words);
    this.#timers = [setTimeout(() => this.#show(""), STAY)];
  }

  #stopWaiting() {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer);
  }

  #signedOut() {
    this.#stopWaiting();
    const waiting = live.waiting;
    const rest = waiting > 0 ? ` to send the ${plural(waiting, "waiting message", "waiting messages")}` : " to go on";
    this.#ask(`You are signed out. Sign in${rest}.`, "Sign in", () => {
      location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
    });
  }

  #shutOut() {
    this.#stopWaiting();
    this.#ask("You are not in this project any more.", "Go home", () => location.assign("/"));
  }

  /**
   * @param {string} title
   * @param {string} action
   * @param {() => void} onconfirm
   */
  #ask(title, action, onconfirm) {
    if (this.#hasAsked) return;
    this.#hasAsked = true;
    openDialog({ title, action, onconfirm, isFinal: true });
  }

  /** @param {string} words */
  #say(words) {
    this.#show(words);
    announce(words);
  }

  /** @param {string} words */
  #show(words) {
    if (!this.#place) return;
    this.#place.replaceChildren(...(words ? [el("span", {}, words)] : []));
    this.#place.hidden = words === "";
  }
}
