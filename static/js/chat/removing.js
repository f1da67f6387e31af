import { toast } from "../elements/toasts.js";
import { openDialog } from "../lib/dialog.js";
import { el } from "../lib/dom.js";
import { post, reasonOf } from "../lib/http.js";
import { pageData } from "../lib/page.js";
import { patch } from "../live/patch.js";

/** Ask whether a message is to be removed, and say what that means. @param {HTMLElement} row */
export function removeMessage(row) {
  const isOwn = Number(row.dataset.author) === pageData()?.you.id;
  const hasDone = row.querySelector(".effects > li, .msg__task") !== null;
  const means = `Everybody sees “Message removed by ${isOwn ? "its author" : "an owner"}.” in its place, and nothing brings its words back.`;
  row.focus({ preventScroll: true }); // where the focus returns to
  openDialog({
    title: "Remove this message?",
    body: [el("p", {}, means), ...(hasDone ? [el("p", {}, "What came of it stays as it is.")] : [])],
    action: "Remove",
    isDangerous: true,
    onconfirm: () => void remove(row),
  });
}

/** @param {HTMLElement} row */
async function remove(row) {
  const link = /** @type {HTMLAnchorElement} */ (row.querySelector("a.msg__time"));
  try {
    const answer = await post(`${link.href}/remove`, {});
    patch(answer.patch);
  } catch (error) {
    toast(reasonOf(error), { retry: () => void remove(row) });
  }
}
