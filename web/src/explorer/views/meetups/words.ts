/** A word of the schema as people write it. */
export const label = (word: string) => word.toLowerCase().replaceAll('_', ' ')

/** What a person is called. */
export const called = (person: { readonly name?: string | null; readonly handle?: string | null }) =>
  person.name ?? person.handle ?? 'somebody'

interface Timed {
  readonly startsAt?: string | null
  readonly date?: string | null
  readonly zone?: string | null
}

/** When a meeting is, in its own zone; a zone that the browser does not know is UTC. */
export function when({ startsAt, date, zone }: Timed): string {
  if (!startsAt) return date ? longDay(date) : 'no date yet'
  const at = new Date(startsAt)
  const text = (timeZone: string) =>
    new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(at)
  try {
    return `${text(zone ?? 'UTC')} (${zone ?? 'UTC'})`
  } catch {
    return `${text('UTC')} (UTC)`
  }
}

/** A calendar day, YYYY-MM-DD, in words. */
export const longDay = (date: string) =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`))

/** Today in the browser's own zone, YYYY-MM-DD. */
export function today(): string {
  const now = new Date()
  return isoDay(new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate())))
}

/** The day of an instant in UTC, YYYY-MM-DD. */
export const isoDay = (at: Date) => at.toISOString().slice(0, 10)

/** The day of a meeting as far as it is known; empty without one. */
export const dayOf = ({ startsAt, date }: Timed) => date ?? startsAt?.slice(0, 10) ?? ''

/** One thing, or several of it. */
export const counted = (n: number, word: string) => `${n.toString()} ${word}${n === 1 ? '' : 's'}`
