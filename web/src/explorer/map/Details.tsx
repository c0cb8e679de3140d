import { ask, useAsked, type Asked } from '../api.ts'
import { addressOf, change, changed } from '../address.ts'
import type { Table } from '../download.ts'
import { DetailsDocument, type DetailsQuery } from '../operations/generated.ts'
import { Level } from '../parts/Level.tsx'
import { Link } from '../parts/Link.tsx'
import { Prose } from '../parts/Prose.tsx'
import { Sources } from '../parts/Sources.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'
import { usePanel } from '../parts/usePanel.ts'
import { kinds, statuses } from './filters.ts'
import { nameOf, neighboursOf, type Neighbour } from './neighbours.ts'

type Node = NonNullable<DetailsQuery['node']>
type Practice = Extract<Node, { __typename: 'Practice' }>
type Disclosure = NonNullable<Practice['disclosure']>

const habits: Record<Disclosure['typically'], string> = {
  PUBLIC: 'told in public',
  ANONYMISED: 'told without names',
  CIRCLE: 'told in a closed circle',
  SECRET: 'kept secret',
}

/** What a record says of itself: a title, and a text or several. */
type Part = [title: string, texts: readonly string[]]

function disclosed(d: Disclosure | null): Part[] {
  if (!d) return []
  const depends = d.dependsOn.length > 0 ? `; it depends on ${d.dependsOn.join(', ')}` : ''
  const opens = d.opensWhen ? `; it opens when: ${d.opensWhen}` : ''
  return [['May it be told?', [`Typically ${habits[d.typically]}${depends}${opens}.`]]]
}

const said = (title: string, text: string | null): Part[] => (text ? [[title, [text]]] : [])

function partsOf(node: Node): Part[] {
  switch (node.__typename) {
    case 'Practice':
      return [
        ['You see', node.signals],
        ['Steps', node.steps],
        ['What it brings', node.benefits],
        ...disclosed(node.disclosure),
      ]
    case 'Topic':
      return disclosed(node.disclosure)
    case 'Story':
      return [...said('What happened', node.impact), ...said('Why', node.rootCause), ['Lessons', node.lessons]]
    case 'LockIn':
      return [
        ...said('What it costs', node.cost),
        ['For it', node.pros],
        ['Against it', node.cons],
        ...said('The way out', node.exitPlan),
      ]
    case 'Template':
      return said('The template', node.body)
    default:
      return []
  }
}

/** What kind of thing it is, in a few words. */
function kindOf(node: Node): string {
  switch (node.__typename) {
    case 'Practice':
      return `practice, ${kinds[node.practiceKind] ?? ''}, ${statuses[node.practiceStatus] ?? ''}, ${node.automation.toLowerCase()}`
    case 'Topic':
      return `${kinds[node.topicKind] ?? ''}, ${statuses[node.topicStatus] ?? ''}, ${node.votes.toString()} ${node.votes === 1 ? 'vote' : 'votes'}`
    case 'Story':
      return `story, ${node.outcome.toLowerCase().replaceAll('_', ' ')}${node.happenedOn ? `, ${node.happenedOn}` : ''}`
    default:
      return node.__typename.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase()
  }
}

function Said({ node, part: [title, texts] }: { node: Node; part: Part }) {
  if (texts.length === 0) return null
  const List = title === 'Steps' ? 'ol' : 'ul'
  return (
    <>
      <h3>{title}</h3>
      {node.__typename === 'Template' ? (
        <pre tabIndex={0}>{texts[0]}</pre>
      ) : texts.length === 1 ? (
        <p>
          <Prose text={texts[0] ?? ''} />
        </p>
      ) : (
        <List>
          {texts.map((text) => (
            <li key={text}>
              <Prose text={text} />
            </li>
          ))}
        </List>
      )}
    </>
  )
}

/** The way to a neighbour: the map goes on to it, as it is narrowed; a platform has a view of its own. */
function wayTo(n: Neighbour): string {
  if (n.type === 'Solution' || n.type === 'Provider') return addressOf('portability', { to: n.key })
  if (n.type === 'Meeting' || n.type === 'Session') return addressOf('meetups')
  return changed(location.search, { id: n.id })
}

function Neighbours({ id, data }: { id: string; data: DetailsQuery }) {
  return (
    <>
      {neighboursOf(id, data.neighbourhood).map(([title, list]) => (
        <div key={title}>
          <h3>{title}</h3>
          <ul>
            {list.map((n) => (
              <li key={n.id}>
                <Link to={wayTo(n)} stay>
                  {n.name}
                </Link>{' '}
                <Level level={n.level} />
              </li>
            ))}
          </ul>
        </div>
      ))}
      {data.neighbourhood?.truncated ? (
        <p className="soft">More lies next to it than the hundred shown; the query leads on.</p>
      ) : null}
    </>
  )
}

function DoneOn({ practice }: { practice: Practice }) {
  const { nodes, totalCount } = practice.implementations
  return (
    <>
      {nodes.length > 0 ? <h3>How it is done</h3> : null}
      <ul>
        {nodes.map((i) => (
          <li key={i.platform.key}>
            <strong>{i.platform.name}</strong>: <Prose text={i.how ?? 'stated without words'} />{' '}
            <Level level={i.confidentiality} />
          </li>
        ))}
      </ul>
      {totalCount > nodes.length ? <p className="soft">and on {totalCount - nodes.length} more</p> : null}
      <p>
        <Link to={addressOf('portability', { practice: practice.key, all: 'yes' })}>Where does it move?</Link>
      </p>
    </>
  )
}

/** The panel as a table: what is said, line by line, each with its level. */
function tableOf(node: Node, data: DetailsQuery): Table {
  const level = node.confidentiality.key
  const summary = 'summary' in node && node.summary ? [['summary', node.summary, level]] : []
  return [
    ['what', 'says', 'level'],
    ['name', nameOf(node), level],
    ['kind', kindOf(node), level],
    ...summary,
    ...partsOf(node).flatMap(([title, texts]) => texts.map((text) => [title, text, level])),
    ...(node.__typename === 'Practice'
      ? node.implementations.nodes.map((i) => [`done on ${i.platform.name}`, i.how ?? '', i.confidentiality.key])
      : []),
    ...neighboursOf(node.id, data.neighbourhood).flatMap(([title, list]) => list.map((n) => [title, n.name, n.level])),
    ...node.sources.map((s) => ['source', [s.uri, s.path, s.line?.toString()].filter(Boolean).join(' '), level]),
  ]
}

/** What is known of one record, and what lies next to it. */
export function useDetails(id: string | undefined): Asked<DetailsQuery> {
  return useAsked(id, (signal) => ask(DetailsDocument, { id: id ?? '' }, signal))
}

const close = () => {
  change({ id: undefined })
}

function Record({ node, data }: { node: Node; data: DetailsQuery }) {
  return (
    <>
      <p>
        <span className="soft">{kindOf(node)}</span>{' '}
        <span title={node.confidentiality.meaning}>
          <Level level={node.confidentiality} />
        </span>
      </p>
      {'summary' in node && node.summary ? (
        <p>
          <Prose text={node.summary} />
        </p>
      ) : null}
      {partsOf(node).map((part) => (
        <Said key={part[0]} node={node} part={part} />
      ))}
      {node.__typename === 'Practice' ? <DoneOn practice={node} /> : null}
      {node.__typename === 'Layer' ? (
        <p>
          <Link to={addressOf('map', { layer: node.key, id: node.id })}>Show this layer alone</Link>
        </p>
      ) : null}
      <Neighbours id={node.id} data={data} />
      <h3>Sources</h3>
      <Sources sources={node.sources} />
      <Tools name={node.key} document={DetailsDocument} variables={{ id: node.id }} table={() => tableOf(node, data)} />
    </>
  )
}

/** The panel of one record. */
export function Details({ asked }: { asked: Asked<DetailsQuery> }) {
  const heading = usePanel(asked.data)
  const node = asked.data?.node
  return (
    <section
      className="proof"
      aria-label="Details"
      aria-busy={asked.loading}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <button type="button" className="close" onClick={close} aria-label="Close the details">
        ×
      </button>
      <Status asked={asked} what="this" />
      {asked.data ? (
        <h2 ref={heading} tabIndex={-1}>
          {node ? nameOf(node) : 'Nothing of that name'}
        </h2>
      ) : null}
      {asked.data && !node ? <p>There is nothing of that name on the map, or it is not for you.</p> : null}
      {asked.data && node ? <Record node={node} data={asked.data} /> : null}
    </section>
  )
}
