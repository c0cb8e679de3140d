import type { Changes, Place } from './address.ts'
import type { MeetupPlanInput, SeasonQuery, StandingQuery } from './operations/generated.ts'

/** A topic on a date, and who is sure to speak, if anybody. */
export interface Choice {
  date: string
  topic: string
  speaker?: string
}

/** What a season is planned for, as it stands in the address. */
export interface Question {
  series: string
  dates: string[]
  locks: Choice[]
  layers: string[]
  audience: string
  /** Whole numbers; undefined for what is usual. */
  minutes?: number
  preparedMax?: number
  spacing?: number
  rest?: number
  /** When the meetings begin and where; empty where only the days are known. */
  at: string
  zone: string
}

export type Plan = NonNullable<SeasonQuery['meetupPlan']>
export type Slot = Plan['slots'][number]
export type Pick = NonNullable<Slot['pick']>
type Meetings = NonNullable<StandingQuery['meetings']>['nodes']
type Session = Meetings[number]['sessions']['nodes'][number]

const words = (text: string | undefined, separator: string) => (text ?? '').split(separator).filter(Boolean)

const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))

/** Locks as the address has them: DATE=TOPIC or DATE=TOPIC:PERSON, with spaces between them. Keys hold none of these. */
export function parseLocks(text: string | undefined): Choice[] {
  return words(text, ' ').flatMap((word): Choice[] => {
    const [, date = '', topic = '', speaker] = /^([^=]+)=([^:]+)(?::(.+))?$/.exec(word) ?? []
    return topic ? [{ date, topic, ...(speaker ? { speaker } : {}) }] : []
  })
}

export const writeLocks = (locks: readonly Choice[]) =>
  locks.map((l) => `${l.date}=${l.topic}${l.speaker ? `:${l.speaker}` : ''}`).join(' ')

/** The members of a question that are whole numbers, and what is usual of them. */
export const numbers = { minutes: undefined, preparedMax: undefined, spacing: 1, rest: 180 } as const
export type NumberName = keyof typeof numbers

/** What the address asks. Locks on days that are none of the season are left out. */
export function questionOf(place: Place): Question {
  const dates = [...new Set(words(place.get('dates'), ',').filter(isDay))].sort()
  const question: Question = {
    series: place.get('series') ?? '',
    dates,
    locks: parseLocks(place.get('lock')).filter((l) => dates.includes(l.date)),
    layers: words(place.get('layers'), ','),
    audience: place.get('audience') ?? '',
    at: place.get('at') ?? '',
    zone: place.get('zone') ?? '',
  }
  for (const name of Object.keys(numbers) as NumberName[]) {
    const text = place.get(name)
    if (text !== undefined && /^\d+$/.test(text)) question[name] = Number(text)
  }
  return question
}

/** Locks a topic on a date, in the place of what was locked there and of where the topic was. */
export const lock = (locks: readonly Choice[], choice: Choice): Changes => ({
  lock: writeLocks(
    [...locks.filter((l) => l.date !== choice.date && l.topic !== choice.topic), choice].sort((a, b) =>
      a.date < b.date ? -1 : 1,
    ),
  ),
})

export const unlock = (locks: readonly Choice[], date: string): Changes => ({
  lock: writeLocks(locks.filter((l) => l.date !== date)) || undefined,
})

/** The key of the meeting of a series on a day. */
export const meetingKey = (series: string, date: string) => `${series || 'meetup'}-${date}`

const topicOf = (session: Session) => session.topics.nodes[0]?.key

/** What has been planned for a day: what a plan proposed, and what somebody has seen to since. */
function on(meetings: Meetings, key: string): { proposed?: Session; sure?: Session } {
  const found: { proposed?: Session; sure?: Session } = {}
  for (const session of meetings.find((m) => m.key === key)?.sessions.nodes ?? []) {
    const topic = topicOf(session)
    if (!topic || session.state === 'CANCELLED') continue
    const open = session.state === 'IDEA' || session.state === 'ASKED'
    if (session.key === `${key}-${topic}` && open) found.proposed = session
    else found.sure ??= session
  }
  return found
}

/** A question with what stands of its season: sure sessions stay, proposed ones are kept where nothing is better. */
export function beside(q: Question, meetings: Meetings): { input: MeetupPlanInput; sure: Map<string, string> } {
  const locked = [...q.locks]
  const current: Choice[] = []
  const sure = new Map<string, string>()
  for (const date of q.dates) {
    const there = on(meetings, meetingKey(q.series, date))
    const topic = there.sure && topicOf(there.sure)
    if (there.sure && topic) {
      sure.set(date, there.sure.state)
      const speaker = there.sure.speakers.nodes[0]?.key
      // What somebody has seen to is not changed by a lock.
      for (let i = locked.length - 1; i >= 0; i--) {
        if (locked[i]?.date === date || locked[i]?.topic === topic) locked.splice(i, 1)
      }
      locked.push({ date, topic, ...(speaker ? { speaker } : {}) })
    }
    const proposed = there.proposed && topicOf(there.proposed)
    if (!topic && proposed && !q.locks.some((l) => l.date === date || l.topic === proposed)) {
      current.push({ date, topic: proposed })
    }
  }
  return { input: { ...rules(q), dates: q.dates, locked, current }, sure }
}

const rules = ({ series, layers, audience, minutes, preparedMax, spacing, rest }: Question) => ({
  ...(series ? { series } : {}),
  ...(layers.length > 0 ? { layers } : {}),
  ...(audience ? { audience } : {}),
  ...(minutes === undefined ? {} : { minutes }),
  ...(preparedMax === undefined ? {} : { preparedMax }),
  ...(spacing === undefined ? {} : { spacing }),
  ...(rest === undefined ? {} : { rest }),
})

const quoted = (text: string) => (/^[\w.,:=/+-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`)

/** The command that plans the same, for whoever has no token but the owner's shell. */
export function command(q: Question): string {
  const flags: [string, string | undefined][] = [
    ['series', q.series],
    ['dates', q.dates.join(',')],
    ['layers', q.layers.join(',')],
    ['audience', q.audience],
    ['minutes', q.minutes?.toString()],
    ['prepared-max', q.preparedMax?.toString()],
    ['spacing', q.spacing?.toString()],
    ['rest', q.rest?.toString()],
    ['at', q.at],
    ['zone', q.at ? q.zone : ''],
    ...q.locks.map((l): [string, string] => ['locked', writeLocks([l])]),
  ]
  const given = flags.flatMap(([name, value]) => (value ? [`--${name} ${quoted(value)}`] : []))
  return ['opsmap plan season', ...given, '--apply'].join(' ')
}

/** Four Wednesdays, four weeks apart, the first in two weeks at the earliest: a season to begin with. */
export function firstDates(today: string): string[] {
  const first = new Date(`${today}T00:00:00Z`)
  first.setUTCDate(first.getUTCDate() + 14)
  first.setUTCDate(first.getUTCDate() + ((3 - first.getUTCDay() + 7) % 7))
  return [0, 1, 2, 3].map((n) => {
    const day = new Date(first)
    day.setUTCDate(day.getUTCDate() + 28 * n)
    return day.toISOString().slice(0, 10)
  })
}
