import { useId, useState } from 'react'
import { ask, useAsked } from '../../api.ts'
import { change } from '../../address.ts'
import { RulesDocument, type RulesQuery } from '../../operations/generated.ts'
import { Fold } from '../../parts/Fold.tsx'
import { Status } from '../../parts/Status.tsx'
import { numbers, writeLocks, type NumberName, type Question } from '../../season.ts'
import { today } from './words.ts'

const names: Record<NumberName, string> = {
  minutes: 'Minutes of a session, at most',
  preparedMax: 'Prepared sessions, at most',
  spacing: 'Dates between two with the same layer',
  rest: 'Days a topic rests after it was held',
}

/** The most dates that one plan may have. */
const mostDates = 26

/** The days, each to be taken out, and another one to be put in. */
function Dates({ q }: { q: Question }) {
  const id = useId()
  const [day, setDay] = useState('')
  const set = (dates: readonly string[]) => {
    change({
      dates: dates.join(',') || ',',
      lock: writeLocks(q.locks.filter((l) => dates.includes(l.date))) || undefined,
    })
  }
  const add = () => {
    if (!day || q.dates.includes(day)) return
    set([...q.dates, day].sort())
    setDay('')
  }
  return (
    <fieldset className="dates">
      <legend>Dates</legend>
      <ul>
        {q.dates.map((date) => (
          <li key={date}>
            <button
              type="button"
              className="date"
              aria-label={`Take out ${date}`}
              onClick={() => {
                set(q.dates.filter((d) => d !== date))
              }}
            >
              {date} ×
            </button>
          </li>
        ))}
      </ul>
      <label htmlFor={id}>Another date</label>
      <input
        id={id}
        type="date"
        min={today()}
        value={day}
        onChange={(event) => {
          setDay(event.target.value)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') add()
        }}
      />
      <button type="button" disabled={!day || q.dates.includes(day) || q.dates.length >= mostDates} onClick={add}>
        Add it
      </button>
    </fieldset>
  )
}

/** A member of the question that is a whole number. */
function NumberRule({ q, name }: { q: Question; name: NumberName }) {
  return (
    <label>
      {names[name]}{' '}
      <input
        type="number"
        min={0}
        max={1000}
        placeholder={numbers[name]?.toString() ?? 'any'}
        value={q[name] ?? ''}
        onChange={(event) => {
          change({ [name]: event.target.value || undefined }, true)
        }}
      />
    </label>
  )
}

function MoreRules({ q, rules }: { q: Question; rules: RulesQuery | undefined }) {
  const layers = rules?.layers?.nodes ?? []
  const chosen = q.layers.length > 0 ? q.layers : layers.filter((l) => l.inScope).map((l) => l.key)
  return (
    <Fold name="rules" className="more-rules" summary="More rules">
      <div className="rule-grid">
        {(Object.keys(numbers) as NumberName[]).map((name) => (
          <NumberRule key={name} q={q} name={name} />
        ))}
        <fieldset>
          <legend>Layers that may be in focus</legend>
          {layers.map((l) => (
            <label key={l.key}>
              <input
                type="checkbox"
                checked={chosen.includes(l.key)}
                onChange={(event) => {
                  const next = event.target.checked ? [...chosen, l.key] : chosen.filter((k) => k !== l.key)
                  change({ layers: next.join(',') || undefined })
                }}
              />{' '}
              {l.name}
            </label>
          ))}
        </fieldset>
      </div>
    </Fold>
  )
}

/** What the season is planned for. All of it stands in the address. */
export function SeasonRules({ q }: { q: Question }) {
  const asked = useAsked('rules', (signal) => ask(RulesDocument, {}, signal))
  const levels = asked.data?.confidentialityLevels?.nodes ?? []
  return (
    <form
      className="controls season-rules"
      aria-label="What the season is planned for"
      onSubmit={(event) => {
        event.preventDefault()
      }}
    >
      <Status asked={asked} what="what can be planned for" />
      <label>
        Series{' '}
        <select
          value={q.series}
          onChange={(event) => {
            change({ series: event.target.value || undefined })
          }}
        >
          <option value="">none</option>
          {(asked.data?.seriesList?.nodes ?? []).map((s) => (
            <option key={s.key} value={s.key}>
              {s.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Audience{' '}
        <select
          value={q.audience}
          onChange={(event) => {
            change({ audience: event.target.value || undefined })
          }}
        >
          <option value="">everybody</option>
          {levels
            .filter((l) => l.rank > 0)
            .map((l) => (
              <option key={l.key} value={l.key}>
                up to {l.name}
              </option>
            ))}
        </select>
      </label>
      <label>
        Begins at{' '}
        <input
          type="time"
          value={q.at}
          onChange={(event) => {
            const at = event.target.value || undefined
            const zone = q.zone || Intl.DateTimeFormat().resolvedOptions().timeZone
            change({ at, zone: at ? zone : undefined }, true)
          }}
        />
      </label>
      {q.at ? (
        <label>
          in{' '}
          <input
            className="zone"
            value={q.zone}
            placeholder="UTC"
            onChange={(event) => {
              change({ zone: event.target.value || undefined }, true)
            }}
          />
        </label>
      ) : null}
      <Dates q={q} />
      <MoreRules q={q} rules={asked.data} />
    </form>
  )
}
