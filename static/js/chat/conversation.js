import { Arrivals } from "./arrivals.js";
import { walkByKeys } from "./keys.js";
import { highlight, pulse } from "./marks.js";
import { Pages } from "./pages.js";
import { Pending } from "./pending.js";
import { showAnswer } from "./answers.js";
import { chooseDay } from "./days.js";
import { Reader } from "./reader.js";
import { Rows, seqOf } from "./rows.js";
import { closest } from "../lib/dom.js";
import { pageData } from "../lib/page.js";
import { ScrollKeeper } from "../lib/scroll-keeper.js";
import { live, when } from "../live/live.js";

/** @import { AnswerFrame, EventFrame, PatchDetail, Say } from "../types.d.ts" */

/** The conversation: it keeps the reading position through everything that happens to its lines. */
export class Conversation {
  /** @type {Array<() => void>} */
  #endings = [];

  /**
   * @param {HTMLElement} log
   * @param {HTMLElement} scroller
   * @param {Element} region where it is said what comes
   */
  constructor(log, scroller, region) {
    this.log = log;
    this.scroller = scroller;
    this.me = pageData()?.you.id ?? 0;
    this.rows = new Rows(log);
    this.keeper = new ScrollKeeper(scroller, () => this.rows.all);
    this.pages = new Pages(this.rows, this.keeper, scroller, log.dataset.live !== "false");
    this.arrivals = new Arrivals(log.querySelector("#below"), region, this.me);
    this.pending = new Pending(this.rows.lines);
    this.reader = new Reader(() => this.isAtEnd);
    this.rows.arrangeAll();
    this.#start();
    this.#listen();
    this.#hearTheServer();
  }

  end() {
    for (const end of this.#endings.splice(0)) end();
  }

  get isAtEnd() {
    return this.pages.isLive && this.keeper.isAtBottom;
  }

  /** The newest line, wherever the reader is. */
  toEnd() {
    void this.pages.toEnd().then(() => this.#settle());
  }

  /** Where a visit begins: at the line that was asked for, at the first unread one, or at the end. */
  #start() {
    const target = this.log.querySelector(".is-target") ?? this.#fromAddress();
    const heading = this.rows.newHeading;
    this.keeper.toBottom();
    if (target instanceof HTMLElement) this.#highlight(target);
    else if (!this.pages.isLive) this.scroller.scrollTop = this.scroller.scrollHeight / 2;
    else if (heading && this.keeper.isAbove(heading)) this.keeper.show(heading);
    this.keeper.remember();
    this.#endings.push(this.keeper.watch());
    requestAnimationFrame(() => this.pages.look());
  }

  #fromAddress() {
    const id = this.log.dataset.target ?? /\/m\/(\d+)/.exec(location.pathname)?.[1];
    return id ? document.getElementById(id.includes("-") ? id : `message-${id}`) : null;
  }

  /** @param {HTMLElement} row */
  #highlight(row) {
    this.keeper.isAtBottom = false;
    this.keeper.show(row);
    highlight(row);
  }

  #listen() {
    this.scroller.addEventListener("scroll", () => this.#settle(), { passive: true });
    this.log.addEventListener("live:patch", (event) => this.#patch(/** @type {CustomEvent<PatchDetail>} */ (event)));
    this.log.querySelector("#below")?.addEventListener("click", () => this.toEnd());
    this.log.addEventListener("click", (event) => {
      const day = closest(event.target, ".day[data-day] time");
      if (day) chooseDay(day.getAttribute("datetime") ?? "", () => this.pages.toStart());
      this.#followQuote(event);
    });
    const turned = () => this.#turned();
    document.addEventListener("visibilitychange", turned);
    this.#endings.push(() => document.removeEventListener("visibilitychange", turned));
    walkByKeys(this.log, {
      rows: () => this.rows.all,
      toStart: () => void this.pages.toStart(),
      toEnd: () => this.toEnd(),
      leave: () => this.#leave(),
    });
  }

  /** What a reply answers is shown here when it is on the page. @param {Event} event */
  #followQuote(event) {
    const quote = closest(event.target, "a.quote[data-message]");
    const row = quote && document.getElementById(`message-${quote.getAttribute("data-message")}`);
    if (!row) return;
    event.preventDefault();
    this.#highlight(row);
    row.focus({ preventScroll: true });
  }

  #hearTheServer() {
    this.#endings.push(
      when("say", (/** @type {Say} */ say) => this.#showSay(say)),
      when("gone", ({ nonce }) => this.keeper.hold(() => this.pending.remove(nonce))),
      when("ack", () => this.reader.look()),
      when("applied", (/** @type {EventFrame} */ frame) => this.#applied(frame)),
      when("answer", (/** @type {AnswerFrame} */ frame) => this.#answer(frame)),
      when("state", () => live.state === "connecting" || this.arrivals.hush()),
      when("state", () => this.keeper.hold(() => this.pending.tell())),
    );
  }

  /**
   * A change inside the conversation; a new line may have to wait on another page of it.
   * @param {CustomEvent<PatchDetail>} event
   */
  #patch(event) {
    const { verb, element, existing, container, apply } = event.detail;
    event.preventDefault();
    const isRow = verb === "put" && (container === this.rows.lines || container === this.rows.earlier);
    if (isRow && !existing) return this.#addRow(/** @type {HTMLElement} */ (element), apply);
    this.keeper.hold(() => {
      apply(existing?.parentElement ?? undefined);
      if (isRow && element) this.rows.arrangeAt(/** @type {HTMLElement} */ (element));
      if (element && !existing && container?.matches(".effects")) this.arrivals.addEffect(element);
      if (verb === "copy" && element?.isConnected && element.matches(".task-card")) pulse(element);
    });
  }

  /**
   * @param {HTMLElement} row
   * @param {(into?: Element) => void} apply
   */
  #addRow(row, apply) {
    if (seqOf(row) <= this.rows.last) return;
    const isMine = Number(row.dataset.author) === this.me;
    const isSeen = this.isAtEnd && !document.hidden;
    if (!this.pages.isLive) this.pages.miss(seqOf(row));
    else {
      this.keeper.hold(() => {
        if (!isMine && !isSeen) this.rows.markNew();
        apply();
        this.rows.arrangeAt(row);
      });
      if (this.keeper.isAtBottom) this.keeper.hold(() => this.pages.trimTop());
    }
    if (!isMine) this.arrivals.add(row, this.isAtEnd);
    this.reader.look();
  }

  /** @param {Say} say */
  #showSay(say) {
    this.keeper.hold(() => this.pending.show(say, (row) => this.rows.readsOn(row)));
    if (say.state === "queued" && say.tries === 0 && !this.isAtEnd) this.toEnd();
  }

  /** @param {EventFrame} frame */
  #applied({ nonce }) {
    if (nonce) this.keeper.hold(() => this.pending.remove(nonce));
    this.reader.look();
  }

  /** @param {AnswerFrame} frame */
  #answer(frame) {
    const show = () => {
      this.pending.remove(frame.nonce);
      const answer = showAnswer(frame.html, this.rows.lines);
      // A long answer is read from its beginning.
      if (answer && answer.offsetHeight > this.scroller.clientHeight) this.keeper.show(answer, 0);
      else this.keeper.toBottom();
    };
    void (this.pages.isLive ? Promise.resolve() : this.pages.toEnd()).then(show);
  }

  #settle() {
    if (this.isAtEnd) this.arrivals.reset();
    this.reader.look();
  }

  /** Who leaves with everything read finds a new line "New" when they come back. */
  #turned() {
    if (document.hidden && this.isAtEnd) this.rows.markRead();
    this.reader.look();
  }

  #leave() {
    if (this.isAtEnd) this.keeper.hold(() => this.rows.markRead());
    document.getElementById("message")?.focus();
  }
}
