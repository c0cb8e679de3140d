import { memo } from 'react'
import { change } from '../address.ts'
import { Level } from '../parts/Level.tsx'
import { VerdictShape, words } from '../verdicts.tsx'
import type { Fare } from './fares.ts'
import type { Item } from './items.ts'

interface Props {
  item: Item
  /** It is the one whose details are shown. */
  chosen: boolean
  /** It is linked to the one that is. */
  linked: boolean
  /** How it fares on the platform that was asked for. */
  fare?: Fare | undefined
}

function FareMark({ fare }: { fare: Fare }) {
  if (!fare.verdict) return <span className="fare soft">done there</span>
  return (
    <span className={`fare ${fare.verdict}`}>
      <VerdictShape verdict={fare.verdict} />
      {words[fare.verdict].name}
    </span>
  )
}

/** A topic or a practice on a lane. It is drawn anew only when something about itself changes. */
export const Card = memo(function Card({ item, chosen, linked, fare }: Props) {
  return (
    <li>
      <button
        type="button"
        data-id={item.id}
        className={`item ${item.type}${linked ? ' linked' : ''}`}
        aria-pressed={chosen}
        onClick={() => {
          change({ id: chosen ? undefined : item.id })
        }}
      >
        {item.title}
        {item.votes > 0 ? (
          <span className="votes">
            {' '}
            {item.votes} {item.votes === 1 ? 'vote' : 'votes'}
          </span>
        ) : null}
        {fare ? <FareMark fare={fare} /> : null} <Level level={item.level} />
      </button>
    </li>
  )
})
