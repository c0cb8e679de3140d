import { expect, it } from 'vitest'
import { memory } from '../src/playground/storage'

/** As much of a browser's storage as the playground uses: its keys are its properties. */
function browserStorage(): Storage {
  const methods = {
    getItem(this: Record<string, string>, key: string) {
      return this[key] ?? null
    },
    setItem(this: Record<string, string>, key: string, value: string) {
      this[key] = value
    },
    removeItem(this: Record<string, string>, key: string) {
      Reflect.deleteProperty(this, key)
    },
  }
  return Object.create(methods) as Storage
}

it('remembers a query, but neither tabs nor panes', () => {
  const store = browserStorage()
  const kept = memory(store)
  kept.setItem('graphiql:query', '{ a }')
  kept.setItem('graphiql:tabState', '{}')
  kept.setItem('graphiql:visiblePlugin', 'History')
  expect(kept.getItem('graphiql:query')).toBe('{ a }')
  expect(kept.getItem('graphiql:tabState')).toBeNull()
  expect(kept.getItem('graphiql:visiblePlugin')).toBeNull()
  expect(kept.length).toBe(1)
})

it('clears what is its own', () => {
  const store = browserStorage()
  store.setItem('somebody else', 'x')
  const kept = memory(store)
  kept.setItem('graphiql:query', '{ a }')
  kept.clear()
  expect(kept.length).toBe(0)
  expect(store.getItem('somebody else')).toBe('x')
})
