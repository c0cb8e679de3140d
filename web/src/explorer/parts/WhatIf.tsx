import { ask, useAsked } from '../api.ts'
import { change, usePlace } from '../address.ts'
import { assume } from '../assumptions.ts'
import { OffersDocument, type Assumption, type OfferState, type OffersQuery } from '../operations/generated.ts'
import type { Platform } from '../platforms.ts'
import { words } from '../verdicts.tsx'
import { Status } from './Status.tsx'

const states: Record<OfferState, string> = { YES: 'yes', RESTRICTED: 'restricted', NO: 'no' }

/** What is in the way comes first, then what nobody stated. */
const order = ['NO', 'RESTRICTED', undefined, 'YES']

interface Row {
  key: string
  name: string
  stated: OfferState | undefined
}

function rowsOf(data: OffersQuery): Row[] {
  const stated = new Map(data.offers?.nodes.map((o) => [o.capability.key, o.state]))
  return (data.capabilities?.nodes ?? [])
    .map((c) => ({ key: c.key, name: c.name, stated: stated.get(c.key) }))
    .sort((a, b) => order.indexOf(a.stated) - order.indexOf(b.stated))
}

/** An assumption in words. */
export function assumptionText(a: Assumption, nameOf: (platform: string) => string): string {
  if (a.capability) return `${nameOf(a.platform ?? '')}, ${a.capability}: ${states[a.state ?? 'NO']}`
  return `${a.practice ?? ''}, ${nameOf(a.from ?? '')} → ${nameOf(a.to ?? '')}: ${words[a.verdict ?? 'UNKNOWN'].name}`
}

function Capabilities({ platform, list }: { platform: Platform; list: readonly Assumption[] }) {
  const asked = useAsked(platform.key, (signal) => ask(OffersDocument, { platform: platform.key }, signal))
  return (
    <>
      <Status asked={asked} what={`what ${platform.name} offers`} />
      <ul className="toggles">
        {(asked.data ? rowsOf(asked.data) : []).map((row) => {
          const about = { platform: platform.key, capability: row.key }
          const taken = list.find((a) => a.platform === platform.key && a.capability === row.key)?.state
          return (
            <li key={row.key}>
              <label htmlFor={`if-${platform.key}-${row.key}`}>{row.name}</label>{' '}
              <select
                id={`if-${platform.key}-${row.key}`}
                value={taken ?? ''}
                data-taken={taken ? '' : undefined}
                onChange={(event) => {
                  const state = event.target.value as OfferState | ''
                  assume(list, about, state ? { ...about, state } : undefined)
                }}
              >
                <option value="">{row.stated ? `as stated: ${states[row.stated]}` : 'nobody stated it'}</option>
                {Object.entries(states).map(([state, text]) => (
                  <option key={state} value={state}>
                    what if: {text}
                  </option>
                ))}
              </select>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** The offers of one platform, unfolded when somebody wants to see them. */
function Fold({ platform, list }: { platform: Platform; list: readonly Assumption[] }) {
  const unfolded = (usePlace().get('what') ?? '').split(' ')
  const open = unfolded.includes(platform.key) || list.some((a) => a.platform === platform.key)
  return (
    <details
      open={open}
      onToggle={(event) => {
        const now = event.currentTarget.open
        if (now === open) return
        const others = unfolded.filter((key) => key && key !== platform.key)
        change({ what: (now ? [...others, platform.key] : others).join(' ') || undefined }, true)
      }}
    >
      <summary>What if {platform.name} offered something else?</summary>
      {open ? <Capabilities platform={platform} list={list} /> : null}
    </details>
  )
}

interface Props {
  /** The platforms whose offers may be taken to be otherwise. */
  platforms: readonly Platform[]
  list: readonly Assumption[]
  nameOf: (platform: string) => string
}

/** Takes what a platform states, or how a practice fares, to be otherwise, and says what is taken. */
export function WhatIf({ platforms, list, nameOf }: Props) {
  return (
    <div className="what-if">
      {platforms.map((platform) => (
        <Fold key={platform.key} platform={platform} list={list} />
      ))}
      {list.length > 0 ? (
        <p role="status">
          <strong>What if:</strong>{' '}
          {list.map((a) => {
            const text = assumptionText(a, nameOf)
            return (
              <button
                key={text}
                type="button"
                className="taken"
                aria-label={`Take back: ${text}`}
                onClick={() => {
                  assume(list, a)
                }}
              >
                {text} ×
              </button>
            )
          })}{' '}
          <button
            type="button"
            className="link"
            onClick={() => {
              change({ if: undefined })
            }}
          >
            As it is
          </button>
        </p>
      ) : null}
    </div>
  )
}
