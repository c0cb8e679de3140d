import { useState } from 'react'
import { addressOf } from '../../address.ts'
import { PlanSeasonDocument } from '../../operations/generated.ts'
import { OtherProblems } from '../../parts/FieldProblems.tsx'
import { LevelPicker } from '../../parts/LevelPicker.tsx'
import { Link } from '../../parts/Link.tsx'
import { fieldOf } from '../../parts/NoteForm.tsx'
import { command, type Plan, type Question } from '../../season.ts'
import { leads, useWrite, type Standing } from '../../write.ts'
import { counted } from './words.ts'

interface Props {
  q: Question
  plan: Plan
  standing: Standing | undefined
  onWritten: () => void
}

const slotsOf = (plan: Plan) =>
  plan.slots.flatMap(({ date, pick }) =>
    pick ? [{ date, topic: pick.topic.key, ...(pick.speaker ? { speaker: pick.speaker.key } : {}) }] : [],
  )

function ApplyForm({ q, plan, standing, onWritten }: Props & { standing: Standing }) {
  const { busy, problem, fields, write } = useWrite()
  const [written, setWritten] = useState<{ count: number; of: Plan }>()
  const slots = slotsOf(plan)
  // Who may come to the meetings hears of them; that is the level to begin with.
  const level = q.audience || (standing.levels[0]?.key ?? standing.level)
  return (
    <form
      className="apply"
      aria-label="Write the season down"
      onSubmit={(event) => {
        event.preventDefault()
        const form = new FormData(event.currentTarget)
        write(async (send) => {
          const { planSeason } = await send(PlanSeasonDocument, {
            slots,
            level: fieldOf(form, 'level'),
            ...(q.series ? { series: q.series } : {}),
            ...(q.audience ? { audienceLevel: q.audience } : {}),
            ...(q.minutes === undefined ? {} : { minutes: q.minutes }),
            ...(q.preparedMax === undefined ? {} : { preparedMax: q.preparedMax }),
            ...(q.at ? { at: q.at, ...(q.zone ? { zone: q.zone } : {}) } : {}),
          })
          setWritten({ count: planSeason?.meetings.length ?? 0, of: plan })
          onWritten()
        })
      }}
    >
      <LevelPicker key={level} standing={{ ...standing, level }} fields={fields} label="Who may see the meetings" />
      <button type="submit" disabled={busy || slots.length === 0}>
        Write down {counted(slots.length, 'meeting')}
      </button>
      <OtherProblems problem={problem} fields={fields} shown={['input.level']} />
      <p role="status">
        {written ? (
          <>
            {counted(written.count, 'meeting')} with {written.count === 1 ? 'its session' : 'their sessions'}{' '}
            {written.count === 1 ? 'is' : 'are'} on the map. <Link to={addressOf('meetups')}>Look at them</Link>
          </>
        ) : null}
      </p>
    </form>
  )
}

/** Writes what is shown, with a curator's token; says how without one. */
export function SeasonApply({ q, plan, standing, onWritten }: Props) {
  if (standing && leads(standing)) return <ApplyForm q={q} plan={plan} standing={standing} onWritten={onWritten} />
  return (
    <details className="apply-how">
      <summary>How to write it down</summary>
      <p>
        The address of this page is the plan: whoever opens it sees the same, and a curator writes it down here with a
        token. The owner of the map does so with a command:
      </p>
      <pre tabIndex={0} role="region" aria-label="The command">
        <code>{command(q)}</code>
      </pre>
    </details>
  )
}
