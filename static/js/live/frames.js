/** @import { ClientFrame, Say } from "../types.d.ts" */

/**
 * What goes over the wire for a say; what the outbox knows beside it stays here.
 * @param {Say} say
 * @returns {ClientFrame}
 */
export function sayFrame({ nonce, text, task }) {
  return { type: "say", nonce, text, ...(task === undefined ? {} : { task }) };
}
