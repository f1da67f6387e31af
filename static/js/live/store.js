/** @import { Say, SayStore } from "../types.d.ts" */

const DATABASE = "loggia";
const SAYS = "says";
const PATIENCE = 2_000;

/**
 * Where unsent words survive a reload. Memory takes over where the browser keeps no databases (private windows).
 * @returns {Promise<SayStore>}
 */
export async function openStore() {
  try {
    const late = new Promise((_, reject) => setTimeout(reject, PATIENCE));
    return new IndexedStore(await Promise.race([open(), late]));
  } catch {
    return new MemoryStore();
  }
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(SAYS, { keyPath: "nonce" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = request.onblocked = () => reject(request.error);
  });
}

/** @implements {SayStore} */
class IndexedStore {
  #database;

  /** @param {IDBDatabase} database */
  constructor(database) {
    this.#database = database;
  }

  /**
   * @param {number} owner
   * @param {number} project
   * @returns {Promise<Say[]>}
   */
  async all(owner, project) {
    const transaction = this.#database.transaction(SAYS);
    const request = transaction.objectStore(SAYS).getAll();
    await finished(transaction);
    return mine(request.result, owner, project);
  }

  /** @param {Say} say */
  async put(say) {
    const transaction = this.#database.transaction(SAYS, "readwrite");
    transaction.objectStore(SAYS).put(say);
    await finished(transaction);
  }

  /** @param {string} nonce */
  async remove(nonce) {
    const transaction = this.#database.transaction(SAYS, "readwrite");
    transaction.objectStore(SAYS).delete(nonce);
    await finished(transaction);
  }
}

/** @implements {SayStore} */
export class MemoryStore {
  /** @type {Map<string, Say>} */
  #says = new Map();

  /**
   * @param {number} owner
   * @param {number} project
   */
  async all(owner, project) {
    return mine([...this.#says.values()], owner, project);
  }

  /** @param {Say} say */
  async put(say) {
    this.#says.set(say.nonce, { ...say });
  }

  /** @param {string} nonce */
  async remove(nonce) {
    this.#says.delete(nonce);
  }
}

/** @param {IDBTransaction} transaction */
function finished(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
}

/**
 * What one person said in one project, in the order in which it was said.
 * @param {Say[]} says
 * @param {number} owner
 * @param {number} project
 */
function mine(says, owner, project) {
  const own = says.filter((say) => say.owner === owner && say.project === project);
  return own.sort((a, b) => a.at - b.at || a.order - b.order);
}
