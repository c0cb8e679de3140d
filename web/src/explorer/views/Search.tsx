import { useState } from 'react'
import { ask, useAsked } from '../api.ts'
import { addressOf, go, usePlace } from '../address.ts'
import { SearchDocument, type SearchQuery } from '../operations/generated.ts'
import { Link } from '../parts/Link.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'

type Hit = NonNullable<SearchQuery['search']>['nodes'][number]
type Highlight = Hit['highlights'][number]

const nameOf = (node: Hit['node']) => ('title' in node ? node.title : 'name' in node ? node.name : node.key)

/** Where a hit is looked at: on the map, or where its kind has a view of its own. */
function addressOfHit(node: Hit['node']): string {
  switch (node.__typename) {
    case 'Solution':
    case 'Provider':
      return addressOf('portability', { from: node.key })
    default:
      return addressOf('map', { id: node.id })
  }
}

/** The text with the words that were found marked. Places are counted in code points. */
function Marked({ highlight }: { highlight: Highlight }) {
  const points = Array.from(highlight.text)
  const parts: React.ReactNode[] = []
  let at = 0
  for (const { start, end } of highlight.ranges) {
    parts.push(points.slice(at, start).join(''), <mark key={start}>{points.slice(start, end).join('')}</mark>)
    at = end
  }
  return (
    <>
      {parts}
      {points.slice(at).join('')}
    </>
  )
}

/** A field for a symptom, a word, or a line of a log. */
export function SearchBox({ large }: { large?: boolean }) {
  const place = usePlace()
  const asked = place.view === 'search' ? (place.get('q') ?? '') : ''
  const [typed, setTyped] = useState<string>()
  return (
    <form
      className={large ? 'finder large' : 'finder'}
      role="search"
      aria-label={large ? 'The map' : 'The map, from anywhere'}
      onSubmit={(event) => {
        event.preventDefault()
        const text = (typed ?? asked).trim()
        if (text) go(addressOf('search', { q: text }))
        setTyped(undefined)
      }}
    >
      <input
        type="search"
        aria-label={large ? 'A symptom, a word, or a line of a log' : 'Search'}
        placeholder={large ? 'A symptom, a word, or a line of a log' : 'Search'}
        value={typed ?? asked}
        onChange={(event) => {
          setTyped(event.target.value)
        }}
      />
      <button type="submit">Find</button>
    </form>
  )
}

export function Search() {
  const text = usePlace().get('q') ?? ''
  const asked = useAsked(
    text || undefined,
    async (signal) => (await ask(SearchDocument, { text }, signal)).search ?? null,
  )
  const hits = asked.data?.nodes ?? []
  return (
    <>
      <h1>What fits</h1>
      <SearchBox large />
      <Status asked={asked} what="these words" />
      {asked.data ? (
        <>
          <p role="status">
            {asked.data.totalCount === 0
              ? 'Nothing on the map fits these words. If you know what helps, you may be the first to say so.'
              : `${asked.data.totalCount.toString()} found, the best first.`}
          </p>
          <ol className="hits">
            {hits.map((h) => (
              <li key={h.node.id}>
                <Link to={addressOfHit(h.node)}>{nameOf(h.node)}</Link>{' '}
                <span className="soft">{h.node.__typename}</span>{' '}
                {h.node.confidentiality.key === 'clear' ? null : (
                  <span className="level">{h.node.confidentiality.key}</span>
                )}
                <ul>
                  {h.highlights.slice(0, 3).map((l) => (
                    <li key={`${l.field} ${l.text}`}>
                      <span className="soft">{l.field}: </span>
                      <Marked highlight={l} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ol>
          <Tools
            name="found"
            document={SearchDocument}
            variables={{ text }}
            table={() => [
              ['what', 'name', 'score', 'where'],
              ...hits.map((h) => [
                h.node.__typename,
                nameOf(h.node),
                h.score.toString(),
                h.highlights.map((l) => `${l.field}: ${l.text}`).join('; '),
              ]),
            ]}
          />
        </>
      ) : null}
    </>
  )
}
