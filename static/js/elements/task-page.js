import { actByKeys } from "../chat/keys.js";
import { openMessageMenu } from "../chat/message-menu.js";
import { getHtml } from "../lib/http.js";
import { parse } from "../live/patch.js";
import { when } from "../live/live.js";

/** @import { EventFrame } from "../types.d.ts" */

const PAUSE = 150;
const PARTS = ".task__bar, .task__name, .task__hindrances, .task__items, .task__notes, .fact, #task-lines, .task__history";

/** The page of one task: what others change shows up, except where somebody is writing right now. */
export function keepTaskPage() {
  openAskedField();
  const task = document.getElementById("task");
  if (!task) return;
  openMessageMenu(task);
  actByKeys(task);
  const number = task.dataset.task;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  when("applied", (/** @type {EventFrame} */ { html }) => {
    if (!html.includes(`data-task="${number}"`) && !isAboutALine(task, html)) return;
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(task), PAUSE);
  });
}

/** @param {Element} task */
async function refresh(task) {
  const fresh = parse(await getHtml(location.pathname)).getElementById("task");
  if (!fresh) return;
  const [old, next] = [task, fresh].map((page) => [...page.querySelectorAll(PARTS)]);
  if (old.length === next.length) old.forEach((part, index) => renew(part, next[index]));
  else if (!isBusy(task)) task.replaceChildren(...fresh.children);
}

/**
 * @param {Element} part
 * @param {Element} next
 */
function renew(part, next) {
  if (isBusy(part)) return;
  const [old, fresh] = [part, next].map((each) => [...each.querySelectorAll("details")]);
  fresh.forEach((details, index) => (details.open = old[index]?.open ?? details.open));
  const focused = part.contains(document.activeElement) ? document.activeElement?.id : "";
  part.replaceWith(next);
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

/**
 * Words that were edited may not be about the task any more.
 * @param {Element} task
 * @param {string} html
 */
function isAboutALine(task, html) {
  const said = /** @type {HTMLElement[]} */ ([...task.querySelectorAll("#task-lines .msg__said")]);
  return said.some(({ dataset }) => html.includes(`put-copies="${dataset.copy}"`));
}

/** Whether somebody is at it. @param {Element} part */
function isBusy(part) {
  const fields = /** @type {HTMLInputElement[]} */ ([...part.querySelectorAll("textarea, input")]);
  const isChanged = fields.some((field) => field.value !== field.defaultValue || Boolean(field.checked) !== Boolean(field.defaultChecked));
  const active = document.activeElement; // a line that is only stood on finds its place again
  return isChanged || (part.contains(active) && !active?.matches("li.msg"));
}

/** A key on a card leads to a field of its page: /p/web/t/12#edit-due_on */
function openAskedField() {
  const name = /^#edit-([a-z_]+)$/.exec(location.hash)?.[1];
  const field = name && document.querySelector(`#task [name=${name}]:not([type=hidden])`);
  if (!(field instanceof HTMLElement)) return;
  field.closest("details")?.setAttribute("open", "");
  field.focus();
}
