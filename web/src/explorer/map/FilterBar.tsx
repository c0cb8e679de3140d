import { useId } from 'react'
import { change, usePlace } from '../address.ts'
import { usePlatforms } from '../data.ts'
import { PlatformPicker } from '../parts/PlatformPicker.tsx'
import { verdicts, words } from '../verdicts.tsx'
import { choices } from './fares.ts'
import {
  filterNames,
  kinds,
  noLayer,
  practiceKinds,
  statuses,
  practiceStatuses,
  topicKinds,
  topicStatuses,
  types,
} from './filters.ts'
import type { Layer } from './items.ts'

type Choices = readonly (readonly [value: string, text: string])[]

interface ChoiceProps {
  name: string
  label: string
  value: string
  all?: string
  choices: Choices
}

function Choice({ name, label, value, all = 'all', choices: list }: ChoiceProps) {
  const id = useId()
  return (
    <div className="choice">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={list.some(([v]) => v === value) ? value : ''}
        onChange={(event) => {
          change({
            [name]: event.target.value || undefined,
            rows: undefined,
            // Topics and practices have words of their own.
            ...(name === 'type' ? { kind: undefined, status: undefined } : {}),
          })
        }}
      >
        <option value="">{all}</option>
        {list.map(([v, text]) => (
          <option key={v} value={v}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The words of the type that is shown; of both where both are. */
const wordsOf = (type: string, practices: object, topics: object, both: object): Choices =>
  Object.entries(type === 'practice' ? practices : type === 'topic' ? topics : both) as [string, string][]

/** A platform, where one comes from, and how a practice has to fare between them. */
function PlatformFilter() {
  const place = usePlace()
  const platforms = usePlatforms().data ?? []
  const platform = place.get('platform') ?? ''
  return (
    <>
      <PlatformPicker
        label="On the platform"
        optional
        platforms={platforms}
        value={platform}
        onPick={(key) => {
          change({ platform: key || undefined, ...(key ? {} : { from: undefined, moves: undefined }) })
        }}
      />
      {platform ? (
        <>
          <PlatformPicker
            label="coming from"
            optional
            platforms={platforms}
            value={place.get('from') ?? ''}
            onPick={(key) => {
              change({ from: key || undefined, ...(key ? {} : { moves: undefined }) })
            }}
          />
          {place.get('from') ? (
            <Choice
              name="moves"
              label="Keep what"
              value={place.get('moves') ?? ''}
              all={choices['']}
              choices={[
                ['known', choices.known],
                ...verdicts.filter((v) => v !== 'UNKNOWN').map((v) => [v, words[v].name] as const),
              ]}
            />
          ) : null}
        </>
      ) : null}
    </>
  )
}

interface Props {
  layers: readonly Layer[]
  levels: readonly { readonly key: string; readonly name: string }[]
}

/** What of the map is shown; every choice stands in the address. */
export function FilterBar({ layers, levels }: Props) {
  const place = usePlace()
  const value = (name: string) => place.get(name) ?? ''
  const type = value('type')
  const narrowed = [...filterNames, 'platform', 'from', 'moves'].some((name) => value(name) !== '')
  return (
    <form
      className="controls"
      role="search"
      aria-label="What of it to show"
      onSubmit={(event) => {
        event.preventDefault()
      }}
    >
      <Choice
        name="layer"
        label="Layer"
        value={value('layer')}
        choices={[...layers.map((l) => [l.key, l.name] as const), [noLayer, 'on no layer']]}
      />
      <Choice name="type" label="What" value={type} choices={Object.entries(types)} />
      <Choice
        name="kind"
        label="Kind"
        value={value('kind')}
        choices={wordsOf(type, practiceKinds, topicKinds, kinds)}
      />
      <Choice
        name="status"
        label="Status"
        value={value('status')}
        choices={wordsOf(type, practiceStatuses, topicStatuses, statuses)}
      />
      <Choice name="level" label="Level" value={value('level')} choices={levels.map((l) => [l.key, l.name] as const)} />
      <PlatformFilter />
      <label className="check">
        <input
          type="checkbox"
          checked={value('as') === 'table'}
          onChange={(event) => {
            change({ as: event.target.checked ? 'table' : undefined, rows: undefined })
          }}
        />
        as a table
      </label>
      {narrowed ? (
        <button
          type="button"
          className="link"
          onClick={() => {
            change(Object.fromEntries([...filterNames, 'platform', 'from', 'moves', 'rows'].map((n) => [n, undefined])))
          }}
        >
          Show everything
        </button>
      ) : null}
    </form>
  )
}
