import { useId, useState } from 'react'
import { setViewer, token, viewAs } from '../viewer.ts'

/** Who one is here: a token opens more, and whoever has one can look with less. */
export function Viewer() {
  const id = useId()
  const [secret, setSecret] = useState(token)
  const [as, setAs] = useState(viewAs)
  return (
    <details className="viewer">
      <summary>{token() ? (viewAs() ? `As ${viewAs()}` : 'With a token') : 'Anonymous'}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setViewer(secret, as.trim())
          // Everything on the page was answered for somebody else.
          location.reload()
        }}
      >
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
        <label htmlFor={`${id}-as`}>Look as (anonymous, or a level such as green)</label>
        <input
          id={`${id}-as`}
          value={as}
          onChange={(event) => {
            setAs(event.target.value)
          }}
        />
        <p className="soft">Both stay in this tab and are forgotten with it.</p>
        <button type="submit">Look again</button>
      </form>
    </details>
  )
}
