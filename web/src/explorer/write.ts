import { useMemo, useRef, useState } from 'react'
import { asking, useAsker } from '../viewer/viewer.ts'
import { ask, Refused, useAsked, type FieldProblem } from './api.ts'
import { ViewerDocument, type TypedDocumentString, type ViewerQuery } from './operations/generated.ts'

type Viewer = ViewerQuery['viewer']
type Levels = NonNullable<ViewerQuery['confidentialityLevels']>['nodes']

/** Who writes, and the levels that what they write may have, lowest first. */
export interface Standing {
  role: Viewer['role']
  /** Key of whoever the token names; undefined where it names nobody. */
  person?: string | undefined
  levels: Levels
  /** The level that is proposed: that of what is not labelled, or the highest that its writer may see. */
  level: string
}

function standing({ viewer, confidentialityLevels }: ViewerQuery): Standing {
  const all = confidentialityLevels?.nodes ?? []
  const most = all.find((l) => l.key === viewer.clearance)?.rank ?? 0
  // What stays with people who are named needs more than a level; the commands do that.
  const levels = all.filter((l) => l.rank <= most && !l.needsAudience)
  const proposed = levels.find((l) => l.unlabelled) ?? levels.at(-1)
  return { role: viewer.role, person: viewer.person?.key, levels, level: proposed?.key ?? '' }
}

/** What whoever asks may write; undefined without a contributor's token and while looking as somebody else. */
export function useStanding(): Standing | undefined {
  const { token, as } = useAsker()
  const { data } = useAsked(token && !as ? 'viewer' : undefined, (signal) => ask(ViewerDocument, {}, signal))
  return useMemo(
    () => (token === '' || as !== '' || !data || data.viewer.role === 'READER' ? undefined : standing(data)),
    [token, as, data],
  )
}

/** Whether who asks may write. */
export const useMayWrite = () => useStanding() !== undefined

/** Whether who asks may plan and lead meetings. */
export const leads = (standing: Standing | undefined) => standing?.role === 'CURATOR' || standing?.role === 'OWNER'

/** Sends a mutation. The same input, sent again after something was in its way, is written once. */
export type Send = <T, V extends { input: object }>(
  document: TypedDocumentString<T, V>,
  input: Omit<V['input'], 'clientMutationId'>,
) => Promise<T>

export interface Write {
  busy: boolean
  /** What was in the way, as far as it is about no single field. */
  problem: string
  /** What is wrong with each field of the input. */
  fields: readonly FieldProblem[]
  write: (action: (send: Send) => Promise<void>) => void
}

/** A name for one mutation that nobody else gives. */
const freshId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')

/** A write that somebody sets off: whether it is under way, and what was in its way. */
export function useWrite(): Write {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<Error>()
  const running = useRef(false)
  // Until all of it is written, what was sent keeps its id: whether it arrived is not always known.
  const ids = useRef(new Map<string, string>())
  const write = (action: (send: Send) => Promise<void>) => {
    // A second click may come before the button is shown as busy.
    if (running.current) return
    running.current = true
    setBusy(true)
    setError(undefined)
    const who = asking()
    const send: Send = <T, V extends { input: object }>(
      document: TypedDocumentString<T, V>,
      input: Omit<V['input'], 'clientMutationId'>,
    ) => {
      const asked = JSON.stringify([document.toString(), input])
      const id = ids.current.get(asked) ?? freshId()
      ids.current.set(asked, id)
      return ask(document, { input: { ...input, clientMutationId: id } } as unknown as V, undefined, who)
    }
    action(send)
      .then(
        () => {
          ids.current.clear()
        },
        (reason: unknown) => {
          setError(reason instanceof Error ? reason : new Error(String(reason)))
        },
      )
      .finally(() => {
        running.current = false
        setBusy(false)
      })
  }
  const fields = error instanceof Refused ? error.fields : []
  const problem = error && fields.length === 0 ? error.message : ''
  return { busy, problem, fields, write }
}
