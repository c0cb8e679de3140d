import { useEffect, useId, useRef, useState } from 'react'
import { ask, useAsked } from '../explorer/api.ts'
import { ViewerDocument, type ViewerQuery } from '../explorer/operations/generated.ts'
import { asking, setAsker, useAsker, type Asker } from './viewer.ts'
import './viewer.css'

type Levels = NonNullable<ViewerQuery['confidentialityLevels']>['nodes']

/** The levels that a token opens, lowest first, to look as somebody who is trusted less. */
function lower(asked: ViewerQuery | undefined): Levels {
  const levels = asked?.confidentialityLevels?.nodes ?? []
  const most = levels.find((l) => l.key === asked?.viewer.clearance)?.rank ?? 0
  return levels.filter((l) => l.rank <= most)
}

function summary({ token, as }: Asker): string {
  if (as) return `As ${as}`
  return token ? 'With a token' : 'Anonymous'
}

/** What the token opens, in words; why it opens nothing, where it does not. */
function Standing({ asked, error }: { asked: ViewerQuery | undefined; error: Error | undefined }) {
  if (error) return <p role="alert">{error.message}</p>
  if (!asked) return <p className="soft">…</p>
  const { clearance, role, groups, person } = asked.viewer
  const name = asked.confidentialityLevels?.nodes.find((l) => l.key === clearance)?.name ?? clearance
  return (
    <p className="soft">
      {person?.name ?? person?.handle ?? 'You'}: {role.toLowerCase()}, up to {name}
      {groups.length > 0 ? `, in ${groups.join(', ')}` : ''}
    </p>
  )
}

/** Who one is here: a token opens more, and whoever has one can look as somebody who is trusted less. */
export function Viewer() {
  const id = useId()
  const asker = useAsker()
  const [secret, setSecret] = useState(asker.token)
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (!open) return
    const stop = new AbortController()
    const close = (focus: boolean) => {
      if (focus) box.current?.querySelector('summary')?.focus()
      setOpen(false)
    }
    const escape = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close(box.current?.contains(document.activeElement) ?? false)
    }
    const outside = (event: PointerEvent) => {
      if (!box.current?.contains(event.target as Node)) close(false)
    }
    document.addEventListener('keydown', escape, stop)
    document.addEventListener('pointerdown', outside, stop)
    return () => {
      stop.abort()
    }
  }, [open])
  const { data, error } = useAsked(open ? asker.token || 'anonymous' : undefined, (signal) =>
    ask(ViewerDocument, {}, signal, asking({ token: asker.token, as: '' })),
  )
  return (
    <details
      className="viewer"
      open={open}
      onToggle={(event) => {
        setOpen(event.currentTarget.open)
      }}
      ref={box}
    >
      <summary>{summary(asker)}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setAsker(secret.trim(), '')
        }}
      >
        <Standing asked={data} error={error} />
        <label htmlFor={`${id}-token`}>Token</label>
        <input
          id={`${id}-token`}
          type="password"
          autoComplete="off"
          value={secret}
          onChange={(event) => {
            setSecret(event.target.value)
          }}
        />
        <button type="submit" disabled={secret.trim() === asker.token}>
          {secret.trim() || !asker.token ? 'Use this token' : 'Forget the token'}
        </button>
        <label htmlFor={`${id}-as`}>Look as</label>
        <select
          id={`${id}-as`}
          value={asker.as}
          disabled={!asker.token}
          onChange={(event) => {
            setAsker(asker.token, event.target.value)
          }}
        >
          <option value="">all that the token opens</option>
          <option value="anonymous">anybody without a token</option>
          {lower(data).map((l) => (
            <option key={l.key} value={l.key}>
              {l.name}
            </option>
          ))}
        </select>
        <p className="soft">Both stay in this tab and are forgotten with it.</p>
      </form>
    </details>
  )
}
