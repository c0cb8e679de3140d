/** What GraphiQL needs of a place to remember things. */
interface Memory {
  length: number
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
  clear(): void
}

const prefix = 'opsmap-playground/'

/**
 * The browser's storage without GraphiQL's tabs and open pane: there is one document,
 * and the address says what to open.
 */
export function memory(store: Storage): Memory {
  const forgotten = new Set(['graphiql:tabState', 'graphiql:visiblePlugin'])
  const keys = () => Object.keys(store).filter((key) => key.startsWith(prefix))
  return {
    get length() {
      return keys().length
    },
    getItem: (key) => (forgotten.has(key) ? null : store.getItem(prefix + key)),
    setItem: (key, value) => {
      if (!forgotten.has(key)) store.setItem(prefix + key, value)
    },
    removeItem: (key) => {
      store.removeItem(prefix + key)
    },
    clear: () => {
      for (const key of keys()) store.removeItem(key)
    },
  }
}

/** The same; where the browser lets nobody store anything, nothing is remembered. */
export function browserMemory(): Memory {
  try {
    return memory(window.localStorage)
  } catch {
    const nothing = () => undefined
    return { length: 0, getItem: () => null, setItem: nothing, removeItem: nothing, clear: nothing }
  }
}
