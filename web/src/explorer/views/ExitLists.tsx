import { addressOf, type Changes } from '../address.ts'
import type { Table } from '../download.ts'
import { Level } from '../parts/Level.tsx'
import { Link } from '../parts/Link.tsx'
import { Prose } from '../parts/Prose.tsx'
import { VerdictBadge, words } from '../verdicts.tsx'
import type { Plan } from './Exit.tsx'

interface Props {
  plan: Plan
  from: string
  /** What goes along to other views. */
  along: Changes
}

/** The moves in their order. */
export function Moves({ plan, from, along }: Props) {
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label="The moves in their order">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">Move</th>
            <th scope="col">Practice</th>
            <th scope="col">Verdict</th>
            <th scope="col">Waits for</th>
            <th scope="col">Covered after it</th>
          </tr>
        </thead>
        <tbody>
          {plan.steps.map((s, i) => (
            <tr key={s.answer.practice.key}>
              <td>{i + 1}</td>
              <th scope="row">
                <Link
                  to={addressOf('portability', {
                    from,
                    to: s.answer.to.key,
                    practice: s.answer.practice.key,
                    ...along,
                  })}
                >
                  {s.answer.practice.title}
                </Link>{' '}
                <Level level={s.answer.practice.confidentiality} />
              </th>
              <td>
                <VerdictBadge verdict={s.answer.verdict} />
              </td>
              <td>{[...s.after, ...s.missing.map((m) => `${m} (not possible)`)].join(', ')}</td>
              <td>
                {s.reached} of {s.total}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What nobody has to do any more. */
export function Covered({ plan }: { plan: Plan }) {
  if (plan.covered.length === 0) return null
  return (
    <>
      <h2>What nobody has to do any more</h2>
      <ul>
        {plan.covered.map((c) => (
          <li key={c.practice.key}>
            <strong>{c.practice.title}</strong> <Level level={c.practice.confidentiality} />{' '}
            <VerdictBadge verdict={c.verdict} /> {c.reasons.map((r) => r.text).join(' ')}
          </li>
        ))}
      </ul>
    </>
  )
}

/** What cannot be done there, and why. */
export function StayBehind({ plan, from, along }: Props) {
  return (
    <>
      <h2>What stays behind</h2>
      {plan.blocked.length === 0 ? <p>Nothing that somebody recorded.</p> : null}
      <ul>
        {plan.blocked.map((b) => (
          <li key={b.practice.key}>
            <Link to={addressOf('portability', { from, to: b.to.key, practice: b.practice.key, ...along })}>
              {b.practice.title}
            </Link>{' '}
            <Level level={b.practice.confidentiality} />: <Prose text={b.reasons.map((r) => r.text).join(' ')} />
          </li>
        ))}
      </ul>
    </>
  )
}

/** What ties to the platform that is left, at which cost, and what speaks for and against it. */
export function LockIns({ plan }: { plan: Plan }) {
  if (plan.lockIns.length === 0) return null
  return (
    <>
      <h2>Lock-ins it meets</h2>
      <ul>
        {plan.lockIns.map(({ lockIn: l }) => (
          <li key={l.id}>
            {l.why} <Level level={l.confidentiality} />
            {l.cost ? ` Cost: ${l.cost}` : ''}
            {l.pros.length > 0 ? ` For it: ${l.pros.join('; ')}.` : ''}
            {l.cons.length > 0 ? ` Against it: ${l.cons.join('; ')}.` : ''}
            {l.exitPlan ? ` The way out: ${l.exitPlan}` : ''}
          </li>
        ))}
      </ul>
    </>
  )
}

/** What nobody has said, each with the way to say it. */
export function Unknown({ plan }: { plan: Plan }) {
  return (
    <>
      <h2>What nobody has said</h2>
      {plan.unknown.length === 0 ? <p>Nothing: every practice has an answer.</p> : null}
      <ul>
        {plan.unknown.map((u) => (
          <li key={u.practice.key}>
            {u.practice.title} <Level level={u.practice.confidentiality} />:{' '}
            <a href={u.contributeUrl} rel="noreferrer">
              You know? Add it
            </a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** The whole plan as a table: what moves, what is covered, what stays behind, what is unknown. */
export function exitTable(plan: Plan): Table {
  const beside = (part: string, list: Plan['covered'] | Plan['blocked']) =>
    list.map((a) => [
      part,
      '',
      a.practice.title,
      a.practice.confidentiality.key,
      'verdict' in a ? words[a.verdict].name : words.BLOCKED.name,
      a.reasons.map((r) => r.text).join(' '),
      '',
      '',
      '',
    ])
  return [
    ['part', 'move', 'practice', 'level', 'verdict', 'why', 'waits for', 'covered', 'of'],
    ...plan.steps.map((s, i) => [
      'moves',
      (i + 1).toString(),
      s.answer.practice.title,
      s.answer.practice.confidentiality.key,
      words[s.answer.verdict].name,
      s.answer.reasons.map((r) => r.text).join(' '),
      s.after.join(' '),
      s.reached.toString(),
      s.total.toString(),
    ]),
    ...beside('covered', plan.covered),
    ...beside('stays behind', plan.blocked),
    ...plan.unknown.map((u) => [
      'unknown',
      '',
      u.practice.title,
      u.practice.confidentiality.key,
      words.UNKNOWN.name,
      '',
      '',
      '',
      '',
    ]),
  ]
}
