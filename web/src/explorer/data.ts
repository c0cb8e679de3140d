import { writeAssumptions } from './assumptions.ts'
import { ask, askAll, useAsked, type Asked } from './api.ts'
import {
  AnswerDocument,
  ColumnDocument,
  PlatformsDocument,
  PracticesDocument,
  type AnswerQuery,
  type Assumption,
  type ColumnQuery,
  type PracticesQuery,
} from './operations/generated.ts'
import type { Platform } from './platforms.ts'

export type Practice = NonNullable<PracticesQuery['practices']>['nodes'][number]
export type Answer = NonNullable<AnswerQuery['portability']>
type Cell = NonNullable<ColumnQuery['portablePractices']>['nodes'][number]

/** How the practices fare on the way to one platform, by the key of the practice. */
export type Column = Map<string, Cell>

export function usePlatforms(): Asked<Platform[]> {
  return useAsked('platforms', (signal) => askAll(PlatformsDocument, {}, (d) => d.platforms, signal))
}

export function usePractices(): Asked<Practice[]> {
  return useAsked('practices', (signal) => askAll(PracticesDocument, {}, (d) => d.practices, signal))
}

async function column(
  from: string,
  to: string,
  assume: readonly Assumption[],
  signal: AbortSignal,
): Promise<[string, Column]> {
  const cells = await askAll(ColumnDocument, { from, to, assume }, (d) => d.portablePractices, signal)
  return [to, new Map(cells.map((cell) => [cell.practice.key, cell]))]
}

/** The columns of a heat map, one question each; a browser sends a few of them at a time by itself. */
export function useColumns(
  from: string | undefined,
  to: readonly string[],
  assume: readonly Assumption[] = [],
): Asked<Map<string, Column>> {
  const key = from && to.length > 0 ? `${from}>${to.join(',')} ${writeAssumptions(assume)}` : undefined
  return useAsked(
    key,
    async (signal) => new Map(await Promise.all(to.map((t) => column(from ?? '', t, assume, signal)))),
  )
}

export function useAnswer(
  practice: string | undefined,
  from: string | undefined,
  to: string | undefined,
  assume: readonly Assumption[],
): Asked<Answer | null> {
  const key = practice && from && to ? `${practice} ${from}>${to} ${writeAssumptions(assume)}` : undefined
  return useAsked(key, async (signal) => {
    const { portability } = await ask(
      AnswerDocument,
      { practice: practice ?? '', from: from ?? '', to: to ?? '', assume },
      signal,
    )
    return portability ?? null
  })
}

/** The practices under their lowest layer, the layers from the top of the stack down. */
export function byLayer(practices: readonly Practice[]): { name: string; practices: Practice[] }[] {
  const groups = new Map<string, { name: string; ordinal: number; practices: Practice[] }>()
  for (const practice of practices) {
    const layer = practice.layers.nodes[0]
    const key = layer?.key ?? ''
    const group = groups.get(key) ?? { name: layer?.name ?? 'No layer', ordinal: layer?.ordinal ?? 0, practices: [] }
    group.practices.push(practice)
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => b.ordinal - a.ordinal)
}
