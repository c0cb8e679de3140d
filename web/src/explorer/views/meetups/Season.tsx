import { useEffect } from 'react'
import { ask, useAsked } from '../../api.ts'
import { change, usePlace } from '../../address.ts'
import { useBallots } from '../../ballots.ts'
import { SeasonDocument, StandingDocument, type MeetupPlanInput } from '../../operations/generated.ts'
import { Status } from '../../parts/Status.tsx'
import { Tools } from '../../parts/Tools.tsx'
import { beside, firstDates, meetingKey, questionOf, type Plan, type Question } from '../../season.ts'
import { useStanding } from '../../write.ts'
import { SeasonApply } from './SeasonApply.tsx'
import { SeasonPool } from './SeasonPool.tsx'
import { SeasonRules } from './SeasonRules.tsx'
import { SeasonSlot } from './SeasonSlot.tsx'
import { called, label, today } from './words.ts'
import './season.css'

interface Planned {
  plan: Plan
  input: MeetupPlanInput
  /** The states of the sessions that somebody has seen to, by date. */
  sure: ReadonlyMap<string, string>
}

/** Plans beside what stands; the same address plans the same. */
function useSeason(q: Question) {
  return useAsked(q.dates.length > 0 ? JSON.stringify(q) : undefined, async (signal): Promise<Planned> => {
    const meetings = q.dates.map((date) => meetingKey(q.series, date))
    const standing = (await ask(StandingDocument, { meetings }, signal)).meetings?.nodes ?? []
    const { input, sure } = beside(q, standing)
    const plan = (await ask(SeasonDocument, { input }, signal)).meetupPlan
    if (!plan) throw new Error('The season could not be planned.')
    return { plan, input, sure }
  })
}

const table = (plan: Plan) => [
  ['date', 'layer', 'topic', 'level', 'format', 'minutes', 'speaker', 'why', 'score', 'locked'],
  ...plan.slots.map(({ date, pick }) =>
    pick
      ? [
          date,
          pick.layer?.name ?? '',
          pick.topic.title,
          pick.topic.confidentiality.key,
          label(pick.format),
          pick.minutes.toString(),
          pick.speaker ? called(pick.speaker) : 'wanted',
          pick.reason,
          pick.score.toString(),
          pick.locked ? 'yes' : '',
        ]
      : [date, '', 'no topic meets the rules', '', '', '', '', '', '', ''],
  ),
]

/** The rule that stands in the way of a full season, and a click that gives it up. */
function Relax({ plan }: { plan: Plan }) {
  const empty = plan.slots.filter((s) => !s.pick).length
  if (empty === 0) return null
  const { relax } = plan
  const ways = {
    LAYER_SPACING: { text: 'Let the same layer be in focus twice in a row', changes: { spacing: '0' } },
    TOPIC_REST: { text: 'Let a topic come again soon after it was held', changes: { rest: '0' } },
    LAYERS: { text: 'Let every layer be in focus', changes: { layers: undefined } },
    AUDIENCE: {
      text: `Plan for an audience up to ${relax?.audience ?? ''}`,
      changes: { audience: relax?.audience ?? undefined },
    },
  }
  return (
    <div className="problem" role="status">
      <p>
        No topic meets the rules on {empty === 1 ? 'one date' : `${empty.toString()} dates`}.{' '}
        {relax
          ? `With one rule given up, ${relax.filled.toString()} of ${plan.slots.length.toString()} dates have a topic.`
          : 'No single rule that is given up changes that: the pool is too small. Add topics, or plan fewer dates.'}
      </p>
      {relax ? (
        <button
          type="button"
          onClick={() => {
            change(ways[relax.rule].changes)
          }}
        >
          {ways[relax.rule].text}
        </button>
      ) : null}
    </div>
  )
}

/** The dates of a season with their topics. Locks stand in the address, so that a link shows the same plan. */
export function Season() {
  const place = usePlace()
  const q = questionOf(place)
  const none = place.get('dates') === undefined
  useEffect(() => {
    if (none) change({ dates: firstDates(today()).join(',') }, true)
  }, [none])
  const standing = useStanding()
  const ballots = useBallots(standing)
  const asked = useSeason(q)
  const why = place.get('why')
  return (
    <>
      <SeasonRules q={q} />
      <Status asked={asked} what="the season" />
      {asked.error && q.locks.length > 0 ? (
        <p>
          <button
            type="button"
            onClick={() => {
              change({ lock: undefined })
            }}
          >
            Plan without what is locked
          </button>
        </p>
      ) : null}
      {q.dates.length === 0 && !none ? (
        <p className="empty">A season has dates. Add the first above, and opsmap proposes what to talk about on it.</p>
      ) : null}
      {asked.data && !asked.error ? (
        <div className="season" aria-busy={asked.loading}>
          <section aria-labelledby="season-plan">
            <h2 id="season-plan">The plan</h2>
            <Relax plan={asked.data.plan} />
            <ol className="slots">
              {asked.data.plan.slots.map((slot) => (
                <SeasonSlot
                  key={slot.date}
                  slot={slot}
                  locks={q.locks}
                  sure={asked.data?.sure.get(slot.date)}
                  why={why === slot.date}
                />
              ))}
            </ol>
            <p className="soft">
              {asked.data.plan.exact
                ? `The score is ${asked.data.plan.score.toString()}; no plan has more under these rules.`
                : `The score is ${asked.data.plan.score.toString()}; a better plan may exist, with ${asked.data.plan.bound.toString()} at most.`}{' '}
              <button type="button" className="link replan" onClick={asked.again}>
                Plan again
              </button>
            </p>
            <SeasonApply q={q} plan={asked.data.plan} standing={standing} onWritten={asked.again} />
            <Tools
              name="season"
              document={SeasonDocument}
              variables={{ input: asked.data.input }}
              table={() => table(asked.data?.plan ?? { slots: [], score: 0, bound: 0, exact: true, relax: null })}
            />
          </section>
          <SeasonPool plan={asked.data.plan} locks={q.locks} ballots={standing ? ballots : undefined} />
        </div>
      ) : null}
    </>
  )
}
