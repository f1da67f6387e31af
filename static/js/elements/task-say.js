import { showAnswer } from "../chat/answers.js";
import { live, when } from "../live/live.js";
import { toast } from "./toasts.js";

/** @import { AnswerFrame, Say } from "../types.d.ts" */

/** The box on a task's page: there is no line for what waits or fails, so it is told, and answers stand above the box. */
export function sayOnTask() {
  if (!document.getElementById("task-answers")) return;
  when("answer", (/** @type {AnswerFrame} */ { html }) => {
    const answers = document.getElementById("task-answers"); // the page may have been renewed
    if (answers) showAnswer(html, answers);
  });
  when("say", (/** @type {Say} */ { state, tries, reason }) => {
    if (state === "failed") toast(`Not sent. ${reason ?? ""}`);
    if (state === "queued" && tries === 0 && live.state === "connecting") toast("No connection. It is sent as soon as there is one.");
  });
}
