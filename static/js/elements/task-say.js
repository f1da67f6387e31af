import { showAnswer } from "../chat/answers.js";
import { Pending } from "../chat/pending.js";
import { pageData } from "../lib/page.js";
import { live, when } from "../live/live.js";
import { toast } from "./toasts.js";

/** @import { AnswerFrame, EventFrame, Say } from "../types.d.ts" */

/** The box on a task's page: what waits or has failed stands under what was said, and answers above the box. */
export function sayOnTask() {
  const lines = document.getElementById("task-lines");
  if (!lines || !document.getElementById("task-answers")) return;
  const pending = new Pending(lines);
  when("answer", (/** @type {AnswerFrame} */ { html, nonce }) => {
    pending.remove(nonce);
    const answers = document.getElementById("task-answers"); // the page may have been renewed
    if (answers) showAnswer(html, answers);
  });
  when("say", (/** @type {Say} */ say) => {
    const isHere = say.task === pageData()?.task;
    // What is sent at once is among the lines in a moment.
    if (isHere && (say.state === "failed" || live.state === "connecting" || pending.has(say.nonce))) pending.show(say, () => false);
    else if (say.state === "failed") toast(`Not sent. ${say.reason ?? ""}`);
  });
  when("gone", ({ nonce }) => pending.remove(nonce));
  when("applied", (/** @type {EventFrame} */ { nonce }) => nonce && pending.remove(nonce));
  when("state", () => pending.tell());
}
