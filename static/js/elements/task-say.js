import { announce } from "../lib/announce.js";
import { live } from "../live/live.js";
import { toast } from "./toasts.js";

/** @import { RefusedFrame } from "../types.d.ts" */

/** The box on a task's page: Enter sends, the page stays, and words that were refused come back. */
export function sayOnTask() {
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || !field.closest(".task__say")) return;
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    field.form?.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches(".task__say")) return;
    event.preventDefault();
    send(form);
  });
  live.addEventListener("mend", (event) => takeBack(/** @type {CustomEvent<RefusedFrame>} */ (event)));
}

/** @param {HTMLFormElement} form */
function send(form) {
  const field = form.querySelector("textarea");
  const task = Number(new FormData(form).get("task"));
  if (!field?.value.trim()) return;
  live.say(field.value, task);
  field.value = "";
  field.focus();
  if (live.state === "connecting") toast("No connection. It is sent as soon as there is one.");
}

/** @param {CustomEvent<RefusedFrame>} event */
function takeBack(event) {
  const field = document.querySelector(".task__say textarea");
  const text = live.textOf(event.detail.nonce);
  if (!(field instanceof HTMLTextAreaElement) || field.value !== "" || text === undefined) return;
  event.preventDefault();
  field.value = text;
  toast(event.detail.message);
  announce(event.detail.message, "alert");
}
