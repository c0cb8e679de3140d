import { ask, useAsked } from '../api.ts'
import { addressOf, change, usePlace } from '../address.ts'
import { assumed, writeAssumptions } from '../assumptions.ts'
import { usePlatforms } from '../data.ts'
import { ExitDocument, type Actor, type Assumption, type ExitQuery } from '../operations/generated.ts'
import { ActorPicker, actorOf } from '../parts/ActorPicker.tsx'
import { Level } from '../parts/Level.tsx'
import { Link } from '../parts/Link.tsx'
import { PlatformPicker } from '../parts/PlatformPicker.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'
import { WhatIf } from '../parts/WhatIf.tsx'
import { meant } from '../platforms.ts'
import { VerdictBadge } from '../verdicts.tsx'
import { ExitCurve } from './ExitCurve.tsx'

export type Plan = NonNullable<ExitQuery['exitPlan']>

function Tail({ plan }: { plan: Plan }) {
  const { lastFifth } = plan
  if (lastFifth.percent == null) return <p>There is nothing to measure the last fifth by.</p>
  const by = lastFifth.measuredBy === 'EFFORT_DAYS' ? 'days of effort' : 'verdict steps (nobody gave an estimate)'
  return (
    <p>
      The last fifth of the moves ({lastFifth.practices.length}) takes <strong>{lastFifth.percent} %</strong> of the{' '}
      {by}: {lastFifth.part} of {lastFifth.whole}
      {lastFifth.withoutEffort > 0 ? `; ${lastFifth.withoutEffort.toString()} moves nobody estimated are left out` : ''}
      .
    </p>
  )
}

function Steps({ plan, from }: { plan: Plan; from: string }) {
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

function usePlan(from: string | undefined, to: string, actor: Actor | undefined, list: readonly Assumption[]) {
  return useAsked(
    from ? `${from}|${to}|${actor ?? ''}|${writeAssumptions(list)}` : undefined,
    async (signal) =>
      (await ask(ExitDocument, { from: from ?? '', to: [to], actor: actor ?? null, assume: list }, signal)).exitPlan,
  )
}

/** The plan in one sentence. */
function inShort(plan: Plan): string {
  return `${plan.steps.length.toString()} practices move, ${plan.covered.length.toString()} nobody has to do any more, ${plan.blocked.length.toString()} cannot be done there, about ${plan.unknown.length.toString()} nobody has said.`
}

export function Exit() {
  const place = usePlace()
  const platforms = usePlatforms()
  const from = place.get('from') ?? 'aws'
  const to = place.get('to') ?? 'osism'
  const actor = actorOf(place.get('actor'))
  const list = assumed(place)
  const asked = usePlan(from, to, actor, list)
  const before = usePlan(list.length > 0 ? from : undefined, to, actor, []).data
  const plan = asked.data
  const target = meant(platforms.data ?? [], to)[0]
  return (
    <>
      <h1>What it takes to leave</h1>
      <form className="controls" role="search" aria-label="Which platform to leave, and for which">
        <PlatformPicker
          label="Leave"
          platforms={platforms.data ?? []}
          value={from}
          onPick={(key) => {
            change({ from: key })
          }}
        />
        <PlatformPicker
          label="for"
          platforms={platforms.data ?? []}
          value={to}
          onPick={(key) => {
            change({ to: key })
          }}
        />
        <ActorPicker value={actor} />
      </form>
      {target ? (
        <WhatIf platform={target} list={list} nameOf={(key) => meant(platforms.data ?? [], key)[0]?.name ?? key} />
      ) : null}
      <Status asked={asked} what="the exit" />
      {plan ? (
        <>
          <p>{inShort(plan)}</p>
          {list.length > 0 && before ? <p className="was">As it is: {inShort(before)}</p> : null}
          {plan.steps.length > 0 ? <ExitCurve plan={plan} /> : null}
          <Tail plan={plan} />
          <h2>The moves</h2>
          <Steps plan={plan} from={from} />
          <h2>What stays behind</h2>
          {plan.blocked.length === 0 ? <p>Nothing that somebody recorded.</p> : null}
          <ul>
            {plan.blocked.map((b) => (
              <li key={b.practice.key}>
                <strong>{b.practice.title}</strong> <Level level={b.practice.confidentiality} />:{' '}
                {b.reasons.map((r) => r.text).join(' ')}
              </li>
            ))}
          </ul>
          {plan.lockIns.length > 0 ? (
            <>
              <h2>Lock-ins it meets</h2>
              <ul>
                {plan.lockIns.map((l) => (
                  <li key={l.lockIn.why}>
                    {l.lockIn.why}
                    {l.lockIn.cost ? ` Cost: ${l.lockIn.cost}` : ''}
                    {l.lockIn.pros.length > 0 ? ` For it: ${l.lockIn.pros.join('; ')}.` : ''}
                    {l.lockIn.cons.length > 0 ? ` Against it: ${l.lockIn.cons.join('; ')}.` : ''}
                  </li>
                ))}
              </ul>
            </>
          ) : null}
          <h2>What nobody has said</h2>
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
          <Tools
            name={`exit-${from}-${to}`}
            document={ExitDocument}
            variables={{ from, to: [to], actor, assume: list }}
            table={() => [
              ['move', 'practice', 'verdict', 'waits for', 'covered', 'of'],
              ...plan.steps.map((s, i) => [
                (i + 1).toString(),
                s.answer.practice.title,
                s.answer.verdict,
                s.after.join(' '),
                s.reached.toString(),
                s.total.toString(),
              ]),
            ]}
          />
        </>
      ) : null}
    </>
  )
}
