import { closest } from "../lib/dom.js";

/** The buttons of an empty conversation write the beginning of a command. @param {AddEventListenerOptions} options */
export function tryOutDrafts(options) {
  document.addEventListener("click", (event) => {
    const text = closest(event.target, "[data-draft]")?.getAttribute("data-draft");
    if (!text) return;
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("composer:fill", { detail: { text } }));
  }, options);
}
