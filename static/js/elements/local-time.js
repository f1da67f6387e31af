const MINUTE = 60_000;
const STYLES = /** @type {Record<string, Intl.DateTimeFormatOptions>} */ ({
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  date: { day: "numeric", month: "short", year: "numeric" },
  full: { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" },
});
const UNITS = /** @type {Array<[Intl.RelativeTimeFormatUnit, number]>} */ ([["day", 1_440], ["hour", 60], ["minute", 1]]);
const formats = Object.fromEntries(Object.entries(STYLES).map(([name, style]) => [name, new Intl.DateTimeFormat("en-GB", style)]));
const relative = new Intl.RelativeTimeFormat("en-GB", { numeric: "auto" });

/** A moment in the reader's own time zone; what the server wrote stands until then, and `words` for good, with the moment as title. */
class LocalTime extends HTMLElement {
  static observedAttributes = ["datetime"];
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  connectedCallback() {
    this.#show();
    if (this.getAttribute("format") === "relative") this.#timer = setInterval(() => this.#show(), MINUTE);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#show();
  }

  #show() {
    const moment = new Date(this.getAttribute("datetime") ?? "");
    if (Number.isNaN(moment.getTime())) return;
    const format = this.getAttribute("format") ?? "time";
    if (format === "relative") this.textContent = ago(moment);
    else if (format !== "words") this.textContent = (formats[format] ?? formats.time).format(moment);
    this.title = formats.full.format(moment);
  }
}

/** @param {Date} moment */
function ago(moment) {
  const minutes = Math.round((moment.getTime() - Date.now()) / MINUTE);
  const [unit, size] = UNITS.find(([, length]) => Math.abs(minutes) >= length) ?? UNITS[2];
  return minutes === 0 ? "now" : relative.format(Math.round(minutes / size), unit);
}

customElements.define("local-time", LocalTime);
