import { announce } from "../lib/announce.js";
import { button, clone, el } from "../lib/dom.js";
import { live } from "../live/live.js";

const STAY = 10_000;

/** @type {HTMLElement | null} */
let shown = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Take back the last change that this person made here. */
export function undo() {
  dismiss();
  live.say("/undo");
}

/** Do again what this person took back last. */
export function redo() {
  dismiss();
  live.say("/redo");
}

/**
 * One short note at a time, which leaves by itself unless somebody is at it.
 * @param {string} text
 * @param {{canUndo?: boolean, canRedo?: boolean, isSaid?: boolean, retry?: () => void}} [ways] `isSaid`: those who listen know already
 */
export function toast(text, { canUndo = false, canRedo = false, isSaid = false, retry } = {}) {
  const place = document.getElementById("toasts");
  const note = clone("toast-template") ?? el("div", { class: "toast" }, el("span", { class: "toast__text" }));
  const words = note.querySelector(".toast__text");
  if (!place || !words) return;
  words.textContent = text;
  note.setAttribute("role", "region");
  note.setAttribute("aria-label", "Last change");
  const takeBack = note.querySelector(".toast__undo");
  if (canUndo) takeBack?.addEventListener("click", undo);
  else takeBack?.remove();
  if (canRedo) note.append(button("Redo", "button toast__undo", redo));
  if (retry) note.append(button("Retry", "button toast__undo", () => {
    dismiss();
    retry();
  }));
  dismiss();
  place.append(note);
  shown = note;
  for (const pause of ["pointerenter", "focusin"]) note.addEventListener(pause, () => clearTimeout(timer));
  for (const resume of ["pointerleave", "focusout"]) note.addEventListener(resume, start);
  if (!isSaid) announce(canUndo ? `${text} Press z to undo.` : text);
  start();
}

function start() {
  clearTimeout(timer);
  timer = setTimeout(() => (document.hidden ? start() : dismiss()), STAY);
}

function dismiss() {
  clearTimeout(timer);
  const hadFocus = shown?.contains(document.activeElement);
  shown?.remove();
  shown = null;
  if (hadFocus) document.getElementById("message")?.focus();
}
