import { ask, useAsked } from '../api.ts'
import { addressOf } from '../address.ts'
import { DetailsDocument, type DetailsQuery } from '../operations/generated.ts'
import { Link } from '../parts/Link.tsx'
import { Sources } from '../parts/Sources.tsx'
import { Status } from '../parts/Status.tsx'

type Node = NonNullable<DetailsQuery['node']>
type Disclosure = NonNullable<Extract<Node, { __typename: 'Practice' }>['disclosure']>

const habits: Record<Disclosure['typically'], string> = {
  PUBLIC: 'told in public',
  ANONYMISED: 'told without names',
  CIRCLE: 'told in a closed circle',
  SECRET: 'kept secret',
}

function DisclosureText({ disclosure }: { disclosure: Disclosure }) {
  return (
    <p>
      Typically {habits[disclosure.typically]}
      {disclosure.dependsOn.length > 0 ? `; it depends on ${disclosure.dependsOn.join(', ')}` : ''}
      {disclosure.opensWhen ? `; it opens when: ${disclosure.opensWhen}` : ''}.
    </p>
  )
}

function List({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </>
  )
}

function Neighbours({ title, nodes }: { title: string; nodes: readonly { id: string; title: string }[] }) {
  if (nodes.length === 0) return null
  return (
    <>
      <h3>{title}</h3>
      <ul>
        {nodes.map((n) => (
          <li key={n.id}>
            <Link to={addressOf('map', { id: n.id })}>{n.title}</Link>
          </li>
        ))}
      </ul>
    </>
  )
}

function Body({ node }: { node: Node }) {
  switch (node.__typename) {
    case 'Practice':
      return (
        <>
          <p>{node.summary}</p>
          <List title="You see" items={node.signals} />
          <List title="Steps" items={node.steps} />
          {node.disclosure ? <DisclosureText disclosure={node.disclosure} /> : null}
          <Neighbours title="Needs first" nodes={node.dependsOn.nodes} />
          <Neighbours title="Topics" nodes={node.topics.nodes} />
          <Neighbours title="Stories" nodes={node.stories.nodes} />
          <p>
            <Link to={addressOf('portability', { practice: node.key, all: 'yes' })}>Where does it move?</Link>
          </p>
        </>
      )
    case 'Topic':
      return (
        <>
          <p>
            {node.summary} {node.votes > 0 ? `${node.votes.toString()} votes.` : ''}
          </p>
          {node.disclosure ? <DisclosureText disclosure={node.disclosure} /> : null}
          <Neighbours title="Practices" nodes={node.practices.nodes} />
          <Neighbours title="Subtopics" nodes={node.subtopics.nodes} />
        </>
      )
    case 'Story':
      return (
        <>
          <p>{node.impact}</p>
          <p>{node.rootCause}</p>
          <List title="Lessons" items={node.lessons} />
          <Neighbours title="Practices it led to" nodes={node.distilledInto.nodes} />
        </>
      )
    default:
      return null
  }
}

/** One record of the map with its neighbours. */
export function Details({ id, onClose }: { id: string; onClose: () => void }) {
  const asked = useAsked(id, async (signal) => (await ask(DetailsDocument, { id }, signal)).node ?? null)
  const node = asked.data
  return (
    <section
      className="proof"
      aria-label="Details"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <button type="button" className="close" onClick={onClose} aria-label="Close the details">
        ×
      </button>
      <Status asked={asked} what="this" />
      {node === null ? <p>There is nothing of that name, or it is not for you.</p> : null}
      {node ? (
        <>
          <h2>{'title' in node ? node.title : node.key}</h2>
          <p>
            <span className="soft">{node.__typename}</span>{' '}
            <span className="level" title={node.confidentiality.meaning}>
              {node.confidentiality.name}
            </span>
          </p>
          <Body node={node} />
          <h3>Sources</h3>
          <Sources sources={node.sources} />
        </>
      ) : null}
    </section>
  )
}
