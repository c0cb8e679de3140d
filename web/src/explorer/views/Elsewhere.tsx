import { ask, useAsked } from '../api.ts'
import { changed } from '../address.ts'
import { writeAssumptions } from '../assumptions.ts'
import { ElsewhereDocument, type Actor, type Assumption } from '../operations/generated.ts'
import { Link } from '../parts/Link.tsx'

interface Props {
  from: { readonly key: string; readonly name: string }
  to: { readonly key: string }
  actor: Actor | undefined
  list: readonly Assumption[]
}

/** Where nothing is blocked here: the platforms on which something is, so that one can look at why. */
export function Elsewhere({ from, to, actor, list }: Props) {
  const asked = useAsked(`${from.key}|${actor ?? ''}|${writeAssumptions(list)}`, (signal) =>
    ask(ElsewhereDocument, { from: [from.key], actor: actor ?? null, assume: list }, signal),
  )
  const others = (asked.data?.portabilityMatrix?.nodes ?? [])
    .filter((n) => n.blocked > 0 && n.to.key !== to.key)
    .sort((a, b) => b.blocked - a.blocked)
  if (others.length === 0) return null
  return (
    <p className="elsewhere">
      Nothing is blocked on this way. From {from.name} something is on the way to{' '}
      {others.map((n, i) => (
        <span key={n.to.key}>
          {i === 0 ? '' : i === others.length - 1 ? ' and ' : ', '}
          <Link
            to={changed(location.search, { to: n.to.key, verdict: 'BLOCKED', practice: undefined, cell: undefined })}
          >
            {n.to.name} ({n.blocked})
          </Link>
        </span>
      ))}
      .
    </p>
  )
}
