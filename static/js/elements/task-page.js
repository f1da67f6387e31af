import { getHtml } from "../lib/http.js";
import { parse } from "../live/patch.js";
import { when } from "../live/live.js";

/** @import { EventFrame } from "../types.d.ts" */

const PAUSE = 150;

/** The page of one task: what others change shows up, except where somebody is writing right now. */
export function keepTaskPage() {
  openAskedField();
  const task = document.getElementById("task");
  if (!task) return;
  const number = task.dataset.task;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  when("applied", (/** @type {EventFrame} */ { html }) => {
    if (!html.includes(`data-task="${number}"`)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(task), PAUSE);
  });
}

/** @param {Element} task */
async function refresh(task) {
  const fresh = parse(await getHtml(location.pathname)).getElementById("task");
  if (!fresh) return;
  [...task.children].forEach((part, index) => {
    const next = [...fresh.children].find((each) => each.className === part.className) ?? fresh.children[index];
    const isBusy = part.contains(document.activeElement) || part.querySelector("details[open]") || hasWords(part);
    if (next && !isBusy) part.replaceWith(next);
  });
}

/** @param {Element} part */
function hasWords(part) {
  return [...part.querySelectorAll("textarea")].some((field) => field.value !== field.defaultValue);
}

/** A key on a card leads to a field of its page: /p/web/t/12#edit-due_on */
function openAskedField() {
  const name = /^#edit-([a-z_]+)$/.exec(location.hash)?.[1];
  const field = name && document.querySelector(`#task [name=${name}]:not([type=hidden])`);
  if (!(field instanceof HTMLElement)) return;
  field.closest("details")?.setAttribute("open", "");
  field.focus();
}
