import { store, useStore } from '../store.ts'

/** Who the pages ask as. */
export interface Asker {
  /** The bearer token; empty for anonymous. */
  token: string
  /** The lower viewer one looks as: "anonymous" or the key of a level; empty for all that the token opens. */
  as: string
}

// A token stays in this tab only: closing it forgets it.
const tokenKey = 'opsmap-token'
const asKey = 'opsmap-view-as'

function read(key: string): string {
  try {
    return sessionStorage.getItem(key) ?? ''
  } catch {
    return '' // storage may be forbidden; one is anonymous then
  }
}

function write(key: string, value: string): void {
  try {
    if (value) sessionStorage.setItem(key, value)
    else sessionStorage.removeItem(key)
  } catch {
    // As above: it holds until the page is left.
  }
}

const asker = store<Asker>({ token: read(tokenKey), as: read(asKey) })

export const useAsker = () => useStore(asker)

export function setAsker(token: string, as: string): void {
  write(tokenKey, token)
  write(asKey, as)
  asker.set({ token, as })
}

/** The headers that say who asks. */
export function asking({ token, as } = asker.get()): Record<string, string> {
  return { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(as ? { 'opsmap-view-as': as } : {}) }
}
