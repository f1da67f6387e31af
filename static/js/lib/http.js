/** Where nothing comes through, a request would wait for minutes, and whoever made it could not try again. */
const PATIENCE = 10_000;

/** What is said where the answer itself gives no reason. @type {Record<number, string>} */
const REASONS = {
  401: "You are signed out. Load the page to sign in again.",
  403: "You may not do this.",
  404: "It is not here any more.",
  422: "It has changed meanwhile. Load the page again.",
};

/** A request that was answered, but not with what was asked for. */
export class HttpError extends Error {
  /**
   * @param {number} status
   * @param {{code?: string, message?: string}} [body]
   */
  constructor(status, body = {}) {
    super(body.message || REASONS[status] || "The server did not answer. Try again.");
    this.status = status;
    this.code = body.code ?? "";
  }
}

/** Why something was not done, for whoever wanted it. @param {unknown} error */
export function reasonOf(error) {
  return error instanceof HttpError ? error.message : "No connection. Try again when there is one.";
}

/**
 * @param {string} url
 * @param {RequestInit} [options]
 */
async function request(url, options = {}) {
  const signal = AbortSignal.timeout(PATIENCE);
  const response = await fetch(url, { credentials: "same-origin", signal, ...options });
  // Whoever is signed out is led to the sign-in page: the answer is fine, but it is not ours.
  if (response.redirected && new URL(response.url).pathname.startsWith("/login")) throw new HttpError(401);
  return response;
}

/** @param {Response} response */
async function json(response) {
  return response.json().catch(() => ({}));
}

/**
 * @param {string} url
 * @returns {Promise<any>}
 */
export async function getJson(url) {
  const response = await request(url, { headers: { Accept: "application/json" } });
  const body = await json(response);
  if (!response.ok) throw new HttpError(response.status, body);
  return body;
}

/**
 * @param {string} url
 * @returns {Promise<string>}
 */
export async function getHtml(url) {
  const response = await request(url, { headers: { Accept: "text/html" } });
  if (!response.ok) throw new HttpError(response.status);
  return response.text();
}

/**
 * POST a form's fields and read the JSON answer; `accept` lists statuses that are answers although they are not 2xx.
 * @param {string} url
 * @param {Record<string, string | number | undefined>} fields
 * @param {number[]} [accept]
 * @returns {Promise<any>}
 */
export async function post(url, fields, accept = []) {
  const body = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) body.append(name, String(value));
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  const response = await request(url, { method: "POST", headers, body });
  const answer = await json(response);
  if (!response.ok && !accept.includes(response.status)) throw new HttpError(response.status, answer);
  return answer;
}

function csrfToken() {
  const field = document.querySelector("input[name=csrfmiddlewaretoken]");
  return field instanceof HTMLInputElement ? field.value : "";
}
