// Who the page asks as. A token stays in this tab only: closing it forgets it.

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
    // As above: nothing is kept.
  }
}

export const token = () => read(tokenKey)
export const viewAs = () => read(asKey)

export function setViewer(newToken: string, as: string): void {
  write(tokenKey, newToken.trim())
  write(asKey, as)
}

/** The headers that say who asks. */
export function asking(): Record<string, string> {
  const headers: Record<string, string> = {}
  if (token()) headers.authorization = `Bearer ${token()}`
  if (viewAs()) headers['opsmap-view-as'] = viewAs()
  return headers
}
