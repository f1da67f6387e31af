import { announce } from "../lib/announce.js";
import { post } from "../lib/http.js";
import { toast } from "./toasts.js";

/** One at a time, so that tasks stand in the order in which they were written. @type {Promise<any>} */
let adding = Promise.resolve();

/** Adding at the foot of a column: Enter adds and keeps the field for the next; Shift+Enter adds and opens it. */
export function addQuickly() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches(".quick-add")) return;
    event.preventDefault();
    void add(form, false);
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target instanceof Element ? event.target.closest(".quick-add") : null;
    if (!(form instanceof HTMLFormElement) || event.isComposing) return;
    if (event.key === "Escape") leave(form);
    if (event.key !== "Enter" || !event.shiftKey) return;
    event.preventDefault();
    void add(form, true);
  });
}

/** From the field back to the cards above it. @param {Element} form */
function leave(form) {
  const place = [...(form.closest(".column")?.querySelectorAll(".card__title") ?? [])].at(-1) ?? form.closest("task-board");
  if (place instanceof HTMLElement) place.focus();
}

/**
 * @param {HTMLFormElement} form
 * @param {boolean} isOpened
 */
async function add(form, isOpened) {
  const field = form.querySelector("input[name=title]");
  const column = form.querySelector("input[name=column]");
  if (!(field instanceof HTMLInputElement) || !(column instanceof HTMLInputElement)) return;
  const title = field.value.trim();
  if (!title) return field.focus();
  field.value = "";
  field.focus();
  try {
    adding = adding.catch(() => {}).then(() => post(form.getAttribute("action") ?? "", { column: column.value, title }));
    const task = await adding;
    const ref = task.ref ?? `#${task.number}`;
    if (isOpened && task.url) location.assign(task.url);
    else toast(`${ref} added.`, { canUndo: true });
  } catch (error) {
    // What was typed is not lost: it goes back unless the next title is being written.
    if (!field.value) field.value = title;
    const message = error instanceof Error ? error.message : "The task was not added.";
    toast(message);
    announce(message, "alert");
  }
}
