import { ask, useAsked } from '../api.ts'
import { addressOf, change, usePlace } from '../address.ts'
import { assumed, readable, writeAssumptions } from '../assumptions.ts'
import { usePlatforms } from '../data.ts'
import { ExitDocument, type Actor, type Assumption, type ExitQuery } from '../operations/generated.ts'
import { ActorPicker, actorOf, actors } from '../parts/ActorPicker.tsx'
import { Link } from '../parts/Link.tsx'
import { Misfits, misfitsOf, type Rules } from '../parts/Misfits.tsx'
import { PlatformPicker } from '../parts/PlatformPicker.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'
import { WhatIf, assumptionText } from '../parts/WhatIf.tsx'
import { meant, only } from '../platforms.ts'
import { ExitCurve } from './ExitCurve.tsx'
import { Covered, LockIns, Moves, StayBehind, Unknown, exitTable } from './ExitLists.tsx'
import './portability.css'

export type Plan = NonNullable<ExitQuery['exitPlan']>

/** How much of the whole the last fifth of the moves takes: the last 20 % are the hardest. */
function Tail({ plan }: { plan: Plan }) {
  const { lastFifth } = plan
  if (lastFifth.percent == null) return <p>There is nothing to measure the last fifth by.</p>
  const by = lastFifth.measuredBy === 'EFFORT_DAYS' ? 'days of effort' : 'verdict steps, since nobody estimated days'
  return (
    <p>
      The last fifth of the moves ({lastFifth.practices.length}) takes <strong>{lastFifth.percent} %</strong> of all
      effort: {lastFifth.part} of {lastFifth.whole} {by}
      {lastFifth.withoutEffort > 0 ? `; ${lastFifth.withoutEffort.toString()} moves nobody estimated are left out` : ''}
      .
    </p>
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

/** What the view was asked, out of the address. */
function useAskedFor() {
  const place = usePlace()
  const platforms = usePlatforms()
  const all = platforms.data ?? []
  const known = (word: string) => !platforms.data || meant(all, word).length > 0
  const rules: Rules = { from: known, to: known, actor: actors, if: readable }
  const wrong = new Set(misfitsOf(place, rules).map(([name]) => name))
  const get = (name: string) => (wrong.has(name) ? undefined : place.get(name))
  return {
    platforms,
    all,
    rules,
    from: get('from') ?? 'aws',
    to: get('to') ?? 'osism',
    actor: actorOf(get('actor')),
    list: assumed(place),
    nameOf: (key: string) => meant(all, key)[0]?.name ?? key,
  }
}

function Controls({ asked: { all, from, to, actor } }: { asked: ReturnType<typeof useAskedFor> }) {
  return (
    <form
      className="controls"
      role="search"
      aria-label="Which platform to leave, and for which"
      onSubmit={(event) => {
        event.preventDefault()
      }}
    >
      <PlatformPicker
        label="Leave"
        platforms={all}
        value={from}
        onPick={(key) => {
          change({ from: key })
        }}
      />
      <PlatformPicker
        label="for"
        platforms={all}
        value={to}
        onPick={(key) => {
          change({ to: key })
        }}
      />
      <ActorPicker value={actor} />
    </form>
  )
}

export function Exit() {
  const asked = useAskedFor()
  const { platforms, all, rules, from, to, actor, list, nameOf } = asked
  const some = platforms.data?.length !== 0
  const answer = usePlan(some ? from : undefined, to, actor, list)
  const before = usePlan(list.length > 0 ? from : undefined, to, actor, []).data
  const plan = answer.data
  const target = only(all, to)
  const along = { actor, if: writeAssumptions(list) || undefined }
  return (
    <>
      <h1>What it takes to leave</h1>
      <Controls asked={asked} />
      <p className="printed">
        From {nameOf(from)} to {nameOf(to)}
        {actor ? `, told as: ${actors[actor] ?? ''}` : ''}.
      </p>
      <Misfits rules={rules} />
      {target ? <WhatIf platforms={[target]} list={list} nameOf={nameOf} /> : null}
      <Status asked={platforms} what="platforms" />
      <Status asked={answer} what="the exit" />
      {some ? null : <p className="empty">No platform is on the map, or none that you may see.</p>}
      {plan ? (
        <>
          <p className="short">{inShort(plan)}</p>
          {list.length > 0 && before ? <p className="was">As it is: {inShort(before)}</p> : null}
          {plan.steps.length > 0 ? (
            <>
              <h2>The last 20 %</h2>
              <Tail plan={plan} />
              <ExitCurve plan={plan} />
              <h2>The moves</h2>
              <Moves plan={plan} from={from} along={along} />
            </>
          ) : null}
          <Covered plan={plan} />
          <StayBehind plan={plan} from={from} along={along} />
          <LockIns plan={plan} />
          <Unknown plan={plan} />
          <p className="onward">
            <Link to={addressOf('portability', { from, to, ...along })}>Practice by practice, with proof</Link>{' '}
            <Link to={addressOf('compare', { a: from, b: to, ...along })}>Both side by side</Link>
          </p>
          <Tools
            name={`exit-${from}-${to}`}
            document={ExitDocument}
            variables={{
              from,
              to: [to],
              ...(actor ? { actor } : {}),
              ...(list.length > 0 ? { assume: list } : {}),
            }}
            assumed={list.map((a) => assumptionText(a, nameOf))}
            table={() => exitTable(plan)}
          />
        </>
      ) : null}
    </>
  )
}
