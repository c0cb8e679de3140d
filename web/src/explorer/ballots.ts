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

const place = (person: string) => `opsmap-ballots ${person}`

/** The topics that somebody has voted for in this tab. */
function kept(person: string): ReadonlySet<string> {
  try {
    const topics: unknown = JSON.parse(sessionStorage.getItem(place(person)) ?? '[]')
    return new Set(Array.isArray(topics) ? topics.filter((t) => typeof t === 'string') : [])
  } catch {
    return new Set() // storage may be forbidden, and what lies there may be anything
  }
}

function keep(person: string, topics: ReadonlySet<string>): void {
  try {
    sessionStorage.setItem(place(person), JSON.stringify([...topics]))
  } catch {
    // As above: it is known until the page is left.
  }
}

/**
 * The ballots of whoever asks, those of earlier days too. Under the Chatham House Rule the server tells nobody whose a
 * ballot is, so the tab remembers what was voted for in it.
 */
export function useBallots(standing: Standing | undefined): Ballots {
  const [changes, setChanges] = useState<{ of: Standing | undefined; cast: ReadonlyMap<string, boolean> }>()
  const asked = useAsked(standing?.person, async (signal) => {
    const list = await askAll(BallotsDocument, {}, (d) => d.viewer.person?.ballots, signal)
    return new Set([...list.map((ballot) => ballot.topic.id), ...kept(standing?.person ?? '')])
  })
  const changed = changes?.of === standing ? changes?.cast : undefined
  return {
    asked,
    cast: (topic) => changed?.get(topic) ?? asked.data?.has(topic),
    set: (topic, cast) => {
      const person = standing?.person ?? ''
      const topics = new Set(kept(person))
      if (cast) topics.add(topic)
      else topics.delete(topic)
      keep(person, topics)
      setChanges({ of: standing, cast: new Map(changed).set(topic, cast) })
    },
  }
}
