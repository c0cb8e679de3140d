import { change, usePlace, type Place } from '../address.ts'

/** What a value of an address may be: the words there are, or a test. */
export type Rules = Record<string, object | readonly string[] | ((value: string) => boolean)>

/** The values of an address that mean nothing, as pairs of name and value. */
export function misfitsOf(place: Place, rules: Rules): [name: string, value: string][] {
  return Object.entries(rules).flatMap(([name, rule]): [string, string][] => {
    const value = place.get(name)
    if (!value) return []
    const right =
      typeof rule === 'function'
        ? (rule as (value: string) => boolean)(value)
        : Array.isArray(rule)
          ? rule.includes(value)
          : Object.hasOwn(rule, value)
    return right ? [] : [[name, value]]
  })
}

const shortened = (value: string) => (value.length > 60 ? `${value.slice(0, 59)}…` : value)

/** Says what of the address means nothing, and leaves it out on demand. The view goes on as if it were not there. */
export function Misfits({ rules }: { rules: Rules }) {
  const misfits = misfitsOf(usePlace(), rules)
  if (misfits.length === 0) return null
  return (
    <div className="problem" role="alert">
      <p>
        The address asks for{' '}
        {misfits.map(([name, value], i) => (
          <span key={name}>
            {i > 0 ? ' and ' : ''}
            {name} “{shortened(value)}”
          </span>
        ))}
        , which there is not. It was left out.
      </p>
      <button
        type="button"
        onClick={() => {
          change(Object.fromEntries(misfits.map(([name]) => [name, undefined])), true)
        }}
      >
        Take it out of the address
      </button>
    </div>
  )
}
