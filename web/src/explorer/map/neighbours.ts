import type { DetailsQuery } from '../operations/generated.ts'

type Neighbourhood = NonNullable<DetailsQuery['neighbourhood']>
type Node = Neighbourhood['nodes'][number]['node']

/** A record next to another one. */
export interface Neighbour {
  id: string
  key: string
  type: string
  name: string
  level: string
}

export const nameOf = (node: { readonly key: string } & ({ readonly label: string } | object)): string =>
  'label' in node ? node.label : node.key

/** What a link says about its far end, where its type alone does not: first as it is stored, then from the other end. */
const relations: Record<string, [there: string, back: string]> = {
  dependsOn: ['Needs first', 'Needed for'],
  parent: ['Part of', 'Subtopics'],
  distilledInto: ['Practices it led to', 'Stories behind it'],
  requires: ['Needs of a platform', 'Practices that need it'],
  related: ['Related topics', 'Related topics'],
  runs: ['Runs', 'Run by'],
}

const plurals: Record<string, string> = {
  Layer: 'Layers',
  Topic: 'Topics',
  Practice: 'Practices',
  Story: 'Stories',
  Template: 'Templates',
  Solution: 'Platforms',
  Provider: 'Platforms',
  Capability: 'What it needs of a platform',
  Meeting: 'Meetings',
  Session: 'Sessions',
  Decision: 'Decisions',
  LockIn: 'What ties to it',
}

/** How the groups of neighbours follow each other. */
const order = [
  'Needs first',
  'Needed for',
  'Part of',
  'Subtopics',
  'Practices it led to',
  'Practices',
  'Practices that need it',
  'Topics',
  'Related topics',
  'Stories behind it',
  'Stories',
  'Templates',
  'Needs of a platform',
  'Platforms',
  'Runs',
  'Run by',
  'What ties to it',
  'Layers',
]

const place = (title: string) => (order.includes(title) ? order.indexOf(title) : order.length)

function neighbourOf(node: Node): Neighbour {
  return { id: node.id, key: node.key, type: node.__typename, name: nameOf(node), level: node.confidentiality.key }
}

/** What lies next to a record, by what it is to it. */
export function neighboursOf(id: string, around: Neighbourhood | null): [title: string, list: Neighbour[]][] {
  const groups = new Map<string, Map<string, Neighbour>>()
  for (const { distance, node } of around?.nodes ?? []) {
    if (distance !== 1) continue
    for (const link of around?.links ?? []) {
      const there = link.from === id && link.to === node.id
      if (!there && !(link.to === id && link.from === node.id)) continue
      const title = relations[link.name]?.[there ? 0 : 1] ?? plurals[node.__typename] ?? node.__typename
      const group = groups.get(title) ?? new Map<string, Neighbour>()
      groups.set(title, group.set(node.id, neighbourOf(node)))
    }
  }
  return [...groups]
    .map(([title, list]): [string, Neighbour[]] => [title, [...list.values()]])
    .sort(([a], [b]) => place(a) - place(b))
}
