import { grow, mark } from "../composer/field.js";
import { toast } from "../elements/toasts.js";
import { closest } from "../lib/dom.js";
import { getHtml, HttpError, post, reasonOf } from "../lib/http.js";
import { pageData } from "../lib/page.js";
import { parse, patch } from "../live/patch.js";

/** What was being written, by row: the row may go, with another page of the conversation, and come back. */
/** @type {Map<string, {text: string, was: string}>} */
const kept = new Map();

/** Where the focus was before, which gets it back. @type {WeakMap<Element, Element>} */
const cameFrom = new WeakMap();

/** The row becomes the field in which its author edits it. @param {HTMLElement} row */
export async function editMessage(row) {
  const open = row.querySelector("form.msg-edit");
  if (open) return fieldOf(open).focus();
  const from = document.activeElement ?? row;
  try {
    const form = await fetchForm(row);
    if (row.querySelector("form.msg-edit")) return; // asked twice
    const { text, was } = kept.get(row.id) ?? {};
    if (text !== undefined && was !== undefined) [fieldOf(form).value, wasOf(form).value] = [text, was];
    row.querySelector(".msg__said")?.after(form);
    row.classList.add("msg--editing");
    listen(row, form);
    cameFrom.set(form, from);
    begin(fieldOf(form), isWaiting(from));
  } catch (error) {
    toast(reasonOf(error));
  }
}

/** Up in the empty message box edits what one said last. */
export function editLastByKey() {
  document.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!(field instanceof HTMLTextAreaElement) || field.id !== "message" || field.value !== "" || !isPlainUp(event)) return;
    const rows = document.querySelectorAll(`li.msg[data-seq][data-author="${pageData()?.you.id}"]`);
    const last = [...rows].findLast((row) => !row.querySelector(".msg__gone"));
    if (!(last instanceof HTMLElement)) return;
    event.preventDefault();
    void editMessage(last);
  });
}

/** @param {KeyboardEvent} event */
function isPlainUp(event) {
  const isAlone = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  return event.key === "ArrowUp" && isAlone && !event.isComposing && !event.defaultPrevented;
}

/**
 * What a key means while words are edited. What an input method is composing with belongs to it.
 * @param {Pick<KeyboardEvent, "key" | "shiftKey" | "isComposing" | "keyCode">} event
 * @returns {"save" | "cancel" | null}
 */
export function meaningOf({ key, shiftKey, isComposing, keyCode }) {
  if (isComposing || keyCode === 229) return null;
  if (key === "Escape") return "cancel";
  return key === "Enter" && !shiftKey ? "save" : null;
}

/** @param {HTMLElement} row */
async function fetchForm(row) {
  const link = /** @type {HTMLAnchorElement} */ (row.querySelector("a.msg__time"));
  const form = parse(await getHtml(`${link.href}/edit`)).querySelector("form");
  if (!form) throw new HttpError(404);
  return form;
}

/**
 * @param {HTMLElement} row
 * @param {HTMLFormElement} form
 */
function listen(row, form) {
  const field = fieldOf(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void save(row, form);
  });
  form.addEventListener("input", () => {
    kept.set(row.id, { text: field.value, was: wasOf(form).value });
    grow(field);
  });
  form.addEventListener("click", (event) => {
    if (!closest(event.target, ".msg-edit__stop")) return;
    event.preventDefault();
    if (!field.readOnly) close(row, form); // what is on its way cannot be taken back
  });
  form.addEventListener("keydown", (event) => {
    const meaning = meaningOf(event);
    if (meaning === "cancel") {
      if (!field.readOnly) close(row, form);
    } else if (event.target !== field) return;
    else if (meaning === "save") form.requestSubmit();
    else if (!mark(field, event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

/**
 * Whether its author still waits for the form: they have gone nowhere else, and have not begun to write.
 * @param {Element} from
 */
function isWaiting(from) {
  const isWriting = from instanceof HTMLTextAreaElement && from.value !== "";
  return !isWriting && (document.activeElement === from || document.activeElement === document.body);
}

/**
 * @param {HTMLTextAreaElement} field
 * @param {boolean} isAwaited
 */
function begin(field, isAwaited) {
  grow(field);
  if (!isAwaited) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.form?.scrollIntoView({ block: "nearest" });
}

/**
 * @param {HTMLElement} row
 * @param {HTMLFormElement} form
 */
async function save(row, form) {
  const [field, was] = [fieldOf(form), wasOf(form)];
  if (field.readOnly) return; // it is on its way
  if (field.value === was.value) return close(row, form);
  field.readOnly = true;
  try {
    const answer = await post(form.action, { text: field.value, was: was.value });
    close(row, form);
    if (isNews(row, answer.edited_at)) patch(answer.patch);
  } catch (error) {
    if (!form.isConnected) return toast(reasonOf(error));
    if (error instanceof HttpError && error.code === "conflict") await showBoth(row, form);
    tell(form, reasonOf(error)); // last: whoever reads it can save again
  } finally {
    field.readOnly = false;
  }
}

/**
 * Whether the page does not show something later already, which came by the socket while the answer was on its way.
 * @param {HTMLElement} row
 * @param {string} editedAt
 */
function isNews(row, editedAt) {
  const shown = row.querySelector(".msg__edited")?.getAttribute("datetime") ?? "";
  return !row.querySelector(".msg__gone") && editedAt >= shown;
}

/**
 * The words were changed elsewhere: they are shown beside mine, which may replace them.
 * @param {HTMLElement} row
 * @param {HTMLFormElement} form
 */
async function showBoth(row, form) {
  row.classList.add("msg--both");
  const fresh = await fetchForm(row).catch(() => null);
  if (fresh) wasOf(form).value = wasOf(fresh).value;
}

/**
 * @param {HTMLElement} row
 * @param {Element} form
 */
function close(row, form) {
  const isHere = form.contains(document.activeElement);
  const from = cameFrom.get(form);
  kept.delete(row.id);
  form.remove();
  row.classList.remove("msg--editing", "msg--both");
  // Back to the message box, if it was left for this: whoever types on there gives no commands to a row.
  const place = from instanceof HTMLTextAreaElement && from.isConnected ? from : row;
  if (isHere) place.focus({ preventScroll: true });
}

/**
 * @param {Element} form
 * @param {string} why
 */
function tell(form, why) {
  const place = form.querySelector(".msg-edit__why");
  if (place) place.textContent = why;
}

/** @param {Element} form */
function fieldOf(form) {
  return /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
}

/** What the message said when its author began. @param {Element} form */
function wasOf(form) {
  return /** @type {HTMLInputElement} */ (form.querySelector("input[name=was]"));
}
