import { askAll, useAsked, type Asked } from '../api.ts'
import { AboutPlatformDocument, ColumnDocument, OnPlatformDocument, type Verdict } from '../operations/generated.ts'
import type { Kept } from './filters.ts'

/** What is known of a practice on a platform. */
export interface Fare {
  /** Somebody described how it is done there. */
  runs: boolean
  /** How it fares on the way there; undefined where no way was asked for, or nobody has said. */
  verdict?: Verdict
}

/** What a platform has to do with what is on the map. */
export interface OnPlatform {
  fares: ReadonlyMap<string, Fare>
  topics: readonly string[]
}

const moves: readonly Verdict[] = ['NOT_NEEDED', 'PROVIDER_OPERATED', 'UNCHANGED', 'ADAPT', 'REWORK']

/** The choices of verdicts, beside each single one: what moves or is done there, and everything known. */
export const choices = { '': 'moves or is done there', known: 'whatever is known' } as const

/** Whether a practice is kept by the choice of verdicts. */
export function keeps(fare: Fare | undefined, choice: string): boolean {
  if (!fare) return false
  if (choice === '') return fare.runs || (fare.verdict !== undefined && moves.includes(fare.verdict))
  if (choice === 'known') return true
  return fare.verdict === choice
}

const keyOf = (id: string) => id.slice(id.indexOf(':') + 1)

async function askPlatform(platform: string, from: string | undefined, signal: AbortSignal): Promise<OnPlatform> {
  const [runs, about, column] = await Promise.all([
    askAll(OnPlatformDocument, { platform }, (d) => d.practices, signal),
    askAll(AboutPlatformDocument, { platform }, (d) => d.topics, signal),
    from ? askAll(ColumnDocument, { from, to: platform }, (d) => d.portablePractices, signal) : [],
  ])
  const fares = new Map<string, Fare>(runs.map((p) => [p.id, { runs: true }]))
  for (const { practice, verdict } of column) {
    const id = `Practice:${practice.key}`
    fares.set(id, { runs: fares.has(id), verdict })
  }
  return { fares, topics: about.map((t) => t.id) }
}

/** What a platform has to do with the map; nothing is asked without one. */
export function useOnPlatform(platform: string | undefined, from: string | undefined): Asked<OnPlatform> {
  return useAsked(platform ? `${from ?? ''}>${platform}` : undefined, (signal) =>
    askPlatform(platform ?? '', from, signal),
  )
}

/** The keys that are left of the map when only what has to do with a platform is kept. */
export function keptOf(on: OnPlatform, choice: string): Kept {
  return {
    topics: on.topics.map(keyOf),
    practices: [...on.fares].filter(([, fare]) => keeps(fare, choice)).map(([id]) => keyOf(id)),
  }
}
