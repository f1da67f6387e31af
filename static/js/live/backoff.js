/** Seconds to wait before the first, second … attempt; the last one repeats. */
export const STEPS = [0.5, 1, 2, 4, 8, 15];
const JITTER = 0.2;

/** Waiting times that grow, each a little different, so that a restarted server is not met by everyone at once. */
export class Backoff {
  #attempt = 0;
  #random;

  /** @param {() => number} random */
  constructor(random = Math.random) {
    this.#random = random;
  }

  /** The next wait in milliseconds. */
  next() {
    const step = STEPS[Math.min(this.#attempt, STEPS.length - 1)];
    this.#attempt += 1;
    return step * 1000 * (1 - JITTER + 2 * JITTER * this.#random());
  }

  reset() {
    this.#attempt = 0;
  }
}
