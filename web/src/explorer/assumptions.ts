import { change, type Place } from './address.ts'
import { verdicts } from './verdicts.tsx'
import type { Assumption, OfferState, ReasonKind, Verdict } from './operations/generated.ts'

const states: Record<OfferState, true> = { YES: true, RESTRICTED: true, NO: true }
const kinds: Record<ReasonKind, true> = { TECHNOLOGY: true, PROVIDER: true, WORKFLOW: true }
const supposable = (word: string) => verdicts.some((v) => v === word && v !== 'UNKNOWN')

/**
 * What is taken to be so, as it stands in the address: platform:capability:STATE, or
 * practice:from:to:VERDICT:KIND, with spaces between them. Keys hold neither.
 */
export function parseAssumptions(text: string | undefined): Assumption[] {
  return (text ?? '').split(' ').flatMap((word): Assumption[] => {
    const [a = '', b = '', c = '', d = '', e = ''] = word.split(':')
    switch (word.split(':').length) {
      case 3:
        return a && b && Object.hasOwn(states, c) ? [{ platform: a, capability: b, state: c as OfferState }] : []
      case 5:
        return a && b && c && supposable(d) && Object.hasOwn(kinds, e)
          ? [{ practice: a, from: b, to: c, verdict: d as Verdict, kind: e as ReasonKind }]
          : []
      default:
        return []
    }
  })
}

/** Whether all that an address takes to be so can be read. */
export const readable = (text: string) => parseAssumptions(text).length === text.trim().split(/ +/).length

export function writeAssumptions(list: readonly Assumption[]): string {
  return list
    .map((a) =>
      a.capability
        ? [a.platform, a.capability, a.state].join(':')
        : [a.practice, a.from, a.to, a.verdict, a.kind ?? 'WORKFLOW'].join(':'),
    )
    .join(' ')
}

/** Whether two assumptions are about the same thing. */
export function sameSubject(a: Assumption, b: Assumption): boolean {
  return (['platform', 'capability', 'practice', 'from', 'to'] as const).every((n) => (a[n] ?? '') === (b[n] ?? ''))
}

/** What the address takes to be so. */
export const assumed = (place: Place) => parseAssumptions(place.get('if'))

/** Takes something to be so in place of whatever was taken of the same thing; nothing again with undefined. */
export function assume(list: readonly Assumption[], about: Assumption, instead?: Assumption): void {
  const others = list.filter((a) => !sameSubject(a, about))
  change({ if: writeAssumptions(instead ? [...others, instead] : others) || undefined })
}
