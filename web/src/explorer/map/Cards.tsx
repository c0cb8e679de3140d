import { Card } from './Card.tsx'
import type { OnPlatform } from './fares.ts'
import type { Item } from './items.ts'

interface Props {
  items: readonly Item[]
  chosen: string | undefined
  /** Ids of what the chosen one is linked to. */
  linked: ReadonlySet<string>
  on: OnPlatform | undefined
  className?: string
}

/** Things of the map as a list of cards. */
export const Cards = ({ items, chosen, linked, on, className }: Props) => (
  <ul className={className}>
    {items.map((item) => (
      <Card
        key={item.id}
        item={item}
        chosen={item.id === chosen}
        linked={linked.has(item.id)}
        fare={on?.fares.get(item.id)}
      />
    ))}
  </ul>
)
