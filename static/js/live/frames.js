/** @import { ClientFrame, Say } from "../types.d.ts" */

/**
 * What goes over the wire for a say; what the outbox knows beside it stays here.
 * @param {Say} say
 * @returns {ClientFrame}
 */
export function sayFrame({ nonce, text, task, reply_to, in_chat }) {
  // What is undefined is left out of the JSON.
  return { type: "say", nonce, text, task, reply_to, in_chat };
}
