import { useSyncExternalStore } from 'react'

/** The views of the explorer, in the order of the navigation. */
export const views = ['start', 'portability', 'compare', 'exit', 'map', 'meetups', 'contribute', 'search'] as const
export type View = (typeof views)[number]

/** Where one is: a view and what it was asked. All of it stands in the address, so that a link shows the same. */
export interface Place {
  view: View
  get: (name: string) => string | undefined
}

/** Values to set in an address; undefined takes one out. */
export type Changes = Record<string, string | undefined>

export function parsePlace(search: string): Place {
  const params = new URLSearchParams(search)
  const named = params.get('view')
  return {
    view: views.find((v) => v === named) ?? 'start',
    get: (name) => params.get(name) ?? undefined,
  }
}

/** The address of a view; values of other views are not carried over. */
export function addressOf(view: View, values: Changes = {}): string {
  const params = new URLSearchParams()
  if (view !== 'start') params.set('view', view)
  for (const [name, value] of Object.entries(values)) if (value) params.set(name, value)
  const search = params.toString()
  return search ? `./?${search}` : './'
}

/** The address of the same view with some values changed. */
export function changed(search: string, changes: Changes): string {
  const params = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    if (value) params.set(name, value)
    else params.delete(name)
  }
  const text = params.toString()
  return text ? `./?${text}` : './'
}

const listeners = new Set<() => void>()

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('popstate', listener)
  return () => {
    listeners.delete(listener)
    window.removeEventListener('popstate', listener)
  }
}

/** Goes to an address of this page. A replaced one leaves no step in the browser's history. */
export function go(address: string, replace = false): void {
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  listeners.forEach((listener) => {
    listener()
  })
}

/** Changes some values of the address one is at. */
export function change(changes: Changes, replace = false): void {
  go(changed(location.search, changes), replace)
}

export function usePlace(): Place {
  return parsePlace(useSyncExternalStore(subscribe, () => location.search))
}
