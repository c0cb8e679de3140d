import { useEffect, useReducer, useState } from 'react'
import { asking, useAsker, type Asker } from '../viewer/viewer.ts'
import { endpoint, refusal, Refused } from './api.ts'
import type { TypedDocumentString } from './operations/generated.ts'

/** An event of a stream of GraphQL over SSE. */
export interface StreamEvent {
  name: string
  data: string
}

/**
 * Takes a text stream apart into its events, as the standard for server-sent events has it; a comment is an event
 * without a name. What has not ended yet waits for the rest.
 */
export function eventReader(): (chunk: string) => StreamEvent[] {
  let rest = ''
  return (chunk) => {
    rest += chunk
    const blocks = rest.split(/\r?\n\r?\n/)
    rest = blocks.pop() ?? ''
    return blocks.map((block) => {
      const event = { name: '', data: '' }
      for (const line of block.split(/\r?\n/)) {
        const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? []
        if (field === 'event') event.name = value
        else if (field === 'data') event.data += event.data ? `\n${value}` : value
      }
      return event
    })
  }
}

/** How long a server that lives is silent at most: it sends a comment every ten seconds. */
const silence = 25_000

/** How long to wait before the next attempt: longer each time, but never long. */
export const pause = (attempt: number) => Math.min(500 * 2 ** attempt, 10_000)

/** Follows until the server ends it or the signal does; tells of each answer, and that the server is there. */
async function followOnce<T, V>(
  document: TypedDocumentString<T, V>,
  variables: V,
  signal: AbortSignal,
  tell: { open: (clockAhead: number) => void; next: (data: T) => void },
): Promise<void> {
  const lost = new AbortController()
  let timer = setTimeout(() => {
    lost.abort()
  }, silence)
  try {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...asking() },
      body: JSON.stringify({ query: document.toString(), variables }),
      signal: AbortSignal.any([signal, lost.signal]),
    })
    if (!answer.ok || !answer.body) {
      const body = (await answer.json().catch(() => ({}))) as { errors?: { message: string }[] }
      if (body.errors?.[0]) throw refusal(body.errors)
      throw new Error(`The server answered ${answer.status.toString()}.`)
    }
    const date = Date.parse(answer.headers.get('date') ?? '')
    tell.open(Number.isNaN(date) ? 0 : date - Date.now())
    const read = eventReader()
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(timer)
      timer = setTimeout(() => {
        lost.abort()
      }, silence)
      for (const event of read(part.value)) {
        if (event.name === 'complete') return
        if (event.name !== 'next') continue
        const body = JSON.parse(event.data) as { data?: T | null; errors?: { message: string }[] }
        if (body.data) tell.next(body.data)
        else if (body.errors?.[0]) throw refusal(body.errors)
      }
    }
  } finally {
    clearTimeout(timer)
  }
}

/** What a view has of a stream. */
export interface Followed<T> {
  data?: T
  /** Whether what is shown is what is there now. */
  state: 'asking' | 'live' | 'offline'
  /** Why the server will not tell more. Nothing is tried again by itself then. */
  error?: Error
  /** How far the clock of the server is ahead of this one, in milliseconds. */
  clockAhead: number
  again: () => void
}

/** An error that the same question gets again, whoever asks it whenever. */
const lasting = (error: unknown) =>
  error instanceof Refused && !['UNAVAILABLE', 'TIMEOUT', 'INTERNAL', ''].includes(error.code)

/**
 * Follows something while a view is there, and goes on after the server was away. What was told to one asker is gone
 * when another one asks.
 */
export function useFollowed<T, V>(
  key: string | undefined,
  document: TypedDocumentString<T, V>,
  variables: V,
): Followed<T> {
  const asker = useAsker()
  const [attempt, again] = useReducer((n: number) => n + 1, 0)
  const [told, setTold] = useState<{
    key?: string
    asker?: Asker
    data?: T
    state: Followed<T>['state']
    error?: Error
    clockAhead: number
  }>({ state: 'asking', clockAhead: 0 })
  useEffect(() => {
    if (key === undefined) return
    const stop = new AbortController()
    const wake = new EventTarget()
    const online = () => {
      wake.dispatchEvent(new Event('wake'))
    }
    window.addEventListener('online', online, { signal: stop.signal })
    const say = (more: Partial<Omit<typeof told, 'key' | 'asker'>>) => {
      if (stop.signal.aborted) return
      setTold((before) => {
        const same = before.key === key && before.asker === asker
        const kept = same && before.data !== undefined ? { data: before.data } : {}
        const { state, clockAhead } = same ? before : { state: 'asking' as const, clockAhead: 0 }
        return { ...kept, state, clockAhead, key, asker, ...more }
      })
    }
    const sleep = (milliseconds: number) =>
      new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer)
          resolve()
        }
        const timer = setTimeout(done, milliseconds)
        wake.addEventListener('wake', done, { once: true })
        stop.signal.addEventListener('abort', done, { once: true })
      })
    const stopped = () => stop.signal.aborted
    const run = async () => {
      for (let failed = 0; !stop.signal.aborted;) {
        try {
          await followOnce(document, variables, stop.signal, {
            open: (clockAhead) => {
              failed = 0
              say({ clockAhead })
            },
            next: (data) => {
              say({ data, state: 'live' })
            },
          })
        } catch (error) {
          if (lasting(error)) {
            say({ state: 'offline', error: error as Error })
            return
          }
        }
        if (stopped()) return
        say({ state: 'offline' })
        await sleep(pause(failed++))
        if (stopped()) return
      }
    }
    void run()
    return () => {
      stop.abort()
    }
    // The key says all that the question depends on.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, asker, attempt])
  const same = told.key === key && told.asker === asker
  return {
    ...(same && told.data !== undefined ? { data: told.data } : {}),
    ...(same && told.error ? { error: told.error } : {}),
    state: same ? told.state : 'asking',
    clockAhead: same ? told.clockAhead : 0,
    again,
  }
}
