import { useState } from 'react'
import { askAll, useAsked, type Asked } from './api.ts'
import { BallotsDocument } from './operations/generated.ts'
import type { Standing } from './write.ts'

/** What somebody has voted for, and what they change of it. */
export interface Ballots {
  asked: Asked<ReadonlySet<string>>
  /** Whether there is a ballot for a topic; undefined while that is not known. */
  cast: (topic: string) => boolean | undefined
  set: (topic: string, cast: boolean) => void
}

/** The ballots of whoever asks, those of earlier days too. */
export function useBallots(standing: Standing | undefined): Ballots {
  const [changes, setChanges] = useState<{ of: Standing | undefined; cast: ReadonlyMap<string, boolean> }>()
  const asked = useAsked(standing?.person, async (signal) => {
    const list = await askAll(BallotsDocument, {}, (d) => d.viewer.person?.ballots, signal)
    return new Set(list.map((ballot) => ballot.topic.id))
  })
  const changed = changes?.of === standing ? changes?.cast : undefined
  return {
    asked,
    cast: (topic) => changed?.get(topic) ?? asked.data?.has(topic),
    set: (topic, cast) => {
      setChanges({ of: standing, cast: new Map(changed).set(topic, cast) })
    },
  }
}
