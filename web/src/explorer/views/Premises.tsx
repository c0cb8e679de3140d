import type { Answer } from '../data.ts'
import { Confirm } from '../parts/Confirm.tsx'
import { Level } from '../parts/Level.tsx'
import { Prose } from '../parts/Prose.tsx'
import { Sources } from '../parts/Sources.tsx'
import { words } from '../verdicts.tsx'

type Premise = Answer['proof'][number]

const stated = { YES: 'yes', RESTRICTED: 'restricted', NO: 'no' } as const

/** What a premise says, in words. */
export function premiseText(p: Premise): string {
  const way = p.from.name === p.to.name ? p.from.name : `${p.from.name} → ${p.to.name}`
  const verdict = p.verdict ? `: ${words[p.verdict].name}` : ''
  if (p.offer) {
    const note = p.offer.note ? `. ${p.offer.note}` : ''
    return `${way} offers ${p.offer.capability.name}: ${stated[p.offer.state]}${note}`
  }
  if (p.implementation) return `${way}: ${p.implementation.how ?? 'done there, without words'}`
  return `${p.kind.toLowerCase()} ${way}${verdict}`
}

export const premiseLevel = (p: Premise): string => (p.note ?? p.offer ?? p.implementation)?.confidentiality.key ?? ''

function marks(p: Premise): string {
  return [
    p.assumed ? 'what if, nobody stated it' : '',
    p.basis ? p.basis.toLowerCase() : '',
    p.observedOn ? `seen ${p.observedOn}` : '',
    p.unverified ? 'not verified' : '',
    p.stale ? 'not seen for more than a year' : '',
    p.note ? `works for ${p.note.confirmations.totalCount.toString()} more` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

interface Props {
  premises: readonly Premise[]
  /** Called once somebody has confirmed one; undefined for who may not. */
  onConfirmed: (() => void) | undefined
}

/** Everything an answer rests on, each with its level and where it comes from. */
export function Premises({ premises, onConfirmed }: Props) {
  if (premises.length === 0) return null
  return (
    <>
      <h3>It rests on</h3>
      <ul className="premises">
        {premises.map((p, i) => (
          <li key={i}>
            <Prose text={premiseText(p)} /> <span className="soft">({marks(p)})</span>{' '}
            {premiseLevel(p) ? <Level level={premiseLevel(p)} /> : null}
            {p.note && onConfirmed ? <Confirm note={p.note.id} onWritten={onConfirmed} /> : null}
            {p.assumed ? null : <Sources sources={p.sources} />}
          </li>
        ))}
      </ul>
    </>
  )
}
