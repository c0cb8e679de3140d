import { useEffect, useReducer, useState } from 'react'
import type { TypedDocumentString } from './operations/generated.ts'
import { asking, useAsker, type Asker } from '../viewer/viewer.ts'

/** The one endpoint everything is asked of. */
export const endpoint = new URL('graphql', document.baseURI)

/** What is wrong with one field of an input, by the path of that field: input.level. */
export interface FieldProblem {
  field: string
  message: string
}

/** An answer that says why there is none. */
export class Refused extends Error {
  readonly code: string
  /** What is wrong with an input, field by field; empty where it is something else. */
  readonly fields: readonly FieldProblem[]
  constructor(message: string, code: string, fields: readonly FieldProblem[] = []) {
    super(message)
    this.code = code
    this.fields = fields
  }
}

interface Problem {
  message: string
  extensions?: { code?: string; field?: string }
}

interface Response<T> {
  data?: T | null
  errors?: Problem[]
}

/** A message about a field names it first; beside the field that is said already. */
const fieldProblem = ({ message, extensions: { field = '' } = {} }: Problem): FieldProblem[] =>
  field ? [{ field, message: message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message }] : []

/** What the server says is wrong, as one error. */
export function refusal(errors: readonly Problem[]): Refused {
  const [first] = errors
  return new Refused(first?.message ?? '', first?.extensions?.code ?? '', errors.flatMap(fieldProblem))
}

/** Asks the server; throws Refused with what the server says when there is no answer. */
export async function ask<T, V>(
  document: TypedDocumentString<T, V>,
  variables: V,
  signal?: AbortSignal,
  asker = asking(),
): Promise<T> {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', ...asker },
    body: JSON.stringify({ query: document.toString(), variables }),
    signal: signal ?? null,
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw new Refused('the server does not answer. Is it running, and are you connected?', 'UNREACHABLE')
  })
  const body = (await answer.json().catch(() => ({}))) as Response<T>
  if (body.errors?.[0]) throw refusal(body.errors)
  if (!body.data) throw new Refused(`The server answered ${answer.status.toString()} and nothing else.`, '')
  return body.data
}

interface Page<N> {
  readonly nodes: readonly N[]
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor?: string | null }
}

/** Asks for page after page until a list is whole. */
export async function askAll<T, V extends { after?: string | null }, N>(
  document: TypedDocumentString<T, V>,
  variables: V,
  list: (data: T) => Page<N> | null | undefined,
  signal?: AbortSignal,
): Promise<N[]> {
  const all: N[] = []
  for (let after: string | null = null; ;) {
    const page = list(await ask(document, { ...variables, after }, signal))
    if (!page) return all
    all.push(...page.nodes)
    if (!page.pageInfo.hasNextPage) return all
    after = page.pageInfo.endCursor ?? null
  }
}

/** What a view has of an answer: nothing yet, the answer, or why there is none. */
export interface Asked<T> {
  data?: T
  error?: Error
  loading: boolean
  again: () => void
}

const failed = new Set<() => void>()

/** Asks anew whatever has no answer: what was in the way of one was often in the way of all. */
export function askAgain(): void {
  for (const again of [...failed]) again()
}

/**
 * Asks when key changes, and not while it is undefined. What was asked before is aborted; its answer stays in sight
 * until the next is there, unless it was for somebody else.
 */
export function useAsked<T>(key: string | undefined, question: (signal: AbortSignal) => Promise<T>): Asked<T> {
  const asker = useAsker()
  const [state, setState] = useState<{ key?: string; asker?: Asker; data?: T; error?: Error }>({})
  const [attempt, again] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    if (key === undefined) return
    const abort = new AbortController()
    question(abort.signal).then(
      (data) => {
        if (!abort.signal.aborted) setState({ key, asker, data })
      },
      (error: unknown) => {
        if (abort.signal.aborted) return
        setState({ key, asker, error: error instanceof Error ? error : new Error(String(error)) })
      },
    )
    return () => {
      abort.abort()
    }
    // The key says all that the question depends on.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, asker, attempt])
  const same = state.asker === asker
  const current = same && state.key === key
  const problem = current && state.error !== undefined
  useEffect(() => {
    if (!problem) return
    failed.add(again)
    return () => {
      failed.delete(again)
    }
  }, [problem])
  return {
    ...(same && state.data !== undefined ? { data: state.data } : {}),
    ...(current && state.error ? { error: state.error } : {}),
    loading: key !== undefined && !current,
    again,
  }
}
