import { useId, useState } from 'react'
import { meant, type Platform } from '../platforms.ts'

interface Props {
  label: string
  platforms: readonly Platform[]
  /** Key of the one that is chosen, or the word from the address. */
  value: string
  onPick: (key: string) => void
  /** None may be chosen; then an empty key is picked. */
  optional?: boolean
}

/** Finds a platform by key, name or alias, and asks back where a word means several. */
export function PlatformPicker({ label, platforms, value, onPick, optional = false }: Props) {
  const id = useId()
  const chosen = meant(platforms, value)
  const shown = chosen.length === 1 && chosen[0] ? chosen[0].name : value
  const [typed, setTyped] = useState<string>()
  const choices = typed === undefined ? chosen : meant(platforms, typed)
  const word = typed ?? value
  const pick = (key: string) => {
    setTyped(undefined)
    onPick(key)
  }
  // A word that means one platform picks it at once; it stays as typed until the field is left, since "VMware" may
  // be on its way to "VMware Cloud".
  const type = (text: string) => {
    setTyped(text)
    const [one, ...more] = meant(platforms, text)
    if (one && more.length === 0 && one.key !== chosen[0]?.key) onPick(one.key)
    if (optional && text === '' && value) onPick('')
  }
  return (
    <div className="picker">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        list={`${id}-list`}
        value={typed ?? shown}
        aria-describedby={`${id}-help`}
        autoComplete="off"
        placeholder={optional ? 'any' : undefined}
        onFocus={(event) => {
          event.target.select()
        }}
        onChange={(event) => {
          type(event.target.value)
        }}
        onBlur={() => {
          if (typed === '' || choices.length === 1) setTyped(undefined)
        }}
      />
      <datalist id={`${id}-list`}>
        {platforms.map((p) => (
          <option key={p.key} value={p.name}>
            {p.aliases.join(', ')}
          </option>
        ))}
      </datalist>
      <span id={`${id}-help`} className="help" aria-live="polite">
        {word && choices.length > 1 ? (
          <>
            Which one?{' '}
            {choices.map((p) => (
              <button
                type="button"
                key={p.key}
                onClick={() => {
                  pick(p.key)
                }}
              >
                {p.name}
              </button>
            ))}
          </>
        ) : word && choices.length === 0 && platforms.length > 0 ? (
          'No platform has that name; the list shows all.'
        ) : (
          ''
        )}
      </span>
    </div>
  )
}
