import { types, type ItemType } from './filters.ts'

/** A group that is open, and how many of its items are shown. */
export interface Open {
  layer: string
  type: ItemType
  kind: string
  shown: number
}

/** No address makes a page ask for more of one group; filters lead to the rest. */
const mostShown = 1000

/** The open groups as they stand in the address: layer:type:kind:shown, with spaces between them. */
export function parseOpen(text: string | undefined): Open[] {
  return (text ?? '').split(' ').flatMap((word): Open[] => {
    const [layer = '', type = '', kind = '', shown = ''] = word.split(':')
    if (!layer || !(type in types) || !kind) return []
    const wanted = /^\d{1,6}$/.test(shown) ? Number(shown) : 100
    return [{ layer, type: type as ItemType, kind, shown: Math.min(Math.max(wanted, 100), mostShown) }]
  })
}

export const writeOpen = (open: readonly Open[]) =>
  open.map((o) => [o.layer, o.type, o.kind, o.shown].join(':')).join(' ') || undefined

/** The open groups with one of them showing so many items; none closes it. */
export function openGroup(all: readonly Open[], group: Open, shown: number): Open[] {
  const others = all.filter((o) => o.layer !== group.layer || o.type !== group.type || o.kind !== group.kind)
  return shown > 0 ? [...others, { ...group, shown }] : others
}
