import { button, el } from "../lib/dom.js";
import { dayKey } from "../lib/grouping.js";
import { openDialog } from "../lib/dialog.js";
import { projectUrl } from "../lib/page.js";

/**
 * Ask for a day and go there.
 * @param {string} day where the question starts, as 2026-11-22
 * @param {() => void} toStart
 */
export function chooseDay(day, toStart) {
  const today = new Date();
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  const field = el("input", { type: "date", class: "field__input", value: day, max: dayKey(today), "aria-label": "Day" });
  const dialog = openDialog({ title: "Jump to a day", body: [field], action: "Go", onconfirm: () => go(field.value) });
  const quick = el("p", { class: "dialog__ways" },
    button("Today", "button button--quiet", () => go(dayKey(today))), " ",
    button("Yesterday", "button button--quiet", () => go(dayKey(yesterday))), " ",
    button("First message", "button button--quiet", () => {
      dialog.close();
      toStart();
    }),
  );
  field.after(quick);
}

/** @param {string} day */
function go(day) {
  if (day) location.assign(`${projectUrl()}/on/${day}`);
}
