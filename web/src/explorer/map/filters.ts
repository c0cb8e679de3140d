import type { Place } from '../address.ts'
import type {
  MapQueryVariables,
  PracticeKind,
  PracticeStatus,
  TopicKind,
  TopicStatus,
} from '../operations/generated.ts'

/** What something on the map is: a word of each of its enumerations and how it is said. */
export const types = { practice: 'practices', topic: 'topics' } as const
export type ItemType = keyof typeof types

export const topicKinds: Record<TopicKind, string> = {
  TOPIC: 'topic',
  QUESTION: 'question',
  RECURRING_ISSUE: 'recurring issue',
  STORY_OFFER: 'story on offer',
  OFF_TOPIC: 'off topic',
}

export const practiceKinds: Record<PracticeKind, string> = {
  RUNBOOK: 'runbook',
  AUTOMATION: 'automation',
  RECOVERY: 'recovery',
  DEBUGGING: 'debugging',
  CONFIGURATION: 'configuration',
  PROCESS: 'process',
}

export const topicStatuses: Record<TopicStatus, string> = {
  PROPOSED: 'proposed',
  CONFIRMED: 'confirmed',
  SCHEDULED: 'scheduled',
  COVERED: 'covered',
  PARKED: 'parked',
}

export const practiceStatuses: Record<PracticeStatus, string> = {
  PREDEFINED: 'written down',
  IN_DEVELOPMENT: 'in development',
  WANTED: 'wanted',
}

export const kinds: Record<string, string> = { ...practiceKinds, ...topicKinds }
export const statuses: Record<string, string> = { ...practiceStatuses, ...topicStatuses }

/** The lane of what lies on no layer. */
export const noLayer = '-'

/** What the map is narrowed to; undefined where it is not. */
export interface Filters {
  layer: string | undefined
  type: string | undefined
  kind: string | undefined
  status: string | undefined
  level: string | undefined
}

export const filterNames = ['layer', 'type', 'kind', 'status', 'level'] as const

export function filtersOf(place: Place): Filters {
  return {
    layer: place.get('layer'),
    type: place.get('type'),
    kind: place.get('kind'),
    status: place.get('status'),
    level: place.get('level'),
  }
}

type TopicWhere = NonNullable<MapQueryVariables['topics']>
type PracticeWhere = NonNullable<MapQueryVariables['practices']>

/** What the map is narrowed to, as the conditions of its question. */
export interface Wheres {
  topics: TopicWhere
  practices: PracticeWhere
}

const nothing = { key: { in: [] } }

/** On which layer, of which level: what topics and practices have alike. */
function shared({ layer, level }: Filters) {
  const where = layer === noLayer ? { none: {} } : { some: { key: { eq: layer ?? '' } } }
  return {
    ...(layer ? { layers: where } : {}),
    ...(level ? { confidentiality: { key: { eq: level } } } : {}),
  }
}

/** One enumeration's condition; nothing at all where the word is of the other type. */
function word<T extends string>(field: string, value: string | undefined, words: Record<T, string>) {
  if (!value) return {}
  return value in words ? { [field]: { eq: value } } : nothing
}

/** The keys that a platform narrows the map to. */
export interface Kept {
  topics: readonly string[]
  practices: readonly string[]
}

/** The conditions that choose on the server what the filters choose of what is here. */
export function wheresOf(filters: Filters, kept?: Kept): Wheres {
  const { type, kind, status } = filters
  return {
    topics: {
      ...shared(filters),
      ...(kept ? { key: { in: kept.topics } } : {}),
      ...word('kind', kind, topicKinds),
      ...word('status', status, topicStatuses),
      ...(type === 'practice' ? nothing : {}),
    },
    practices: {
      ...shared(filters),
      ...(kept ? { key: { in: kept.practices } } : {}),
      ...word('kind', kind, practiceKinds),
      ...word('status', status, practiceStatuses),
      ...(type === 'topic' ? nothing : {}),
    },
  }
}
