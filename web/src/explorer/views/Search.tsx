import { useState } from 'react'
import { ask, useAsked } from '../api.ts'
import { addressOf, go, usePlace } from '../address.ts'
import { SearchDocument, type SearchQuery } from '../operations/generated.ts'
import { Level } from '../parts/Level.tsx'
import { Link } from '../parts/Link.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'

type Hit = NonNullable<SearchQuery['search']>['nodes'][number]
type Highlight = Hit['highlights'][number]

/** The server looks for so much of a text at once. */
const most = { characters: 4000, words: 150 }

/** As much of a text as is looked for: the beginning, whole words. */
function fitted(text: string): string {
  const words = text.trim().split(/\s+/)
  while (words.length > most.words || words.join(' ').length > most.characters) words.pop()
  return words.length > 0 ? words.join(' ') : text.trim().slice(0, most.characters)
}

const nameOf = (node: Hit['node']) => ('title' in node ? node.title : 'name' in node ? node.name : node.key)

/** Where a hit is looked at: on the map, or where its kind has a view of its own. */
function addressOfHit(node: Hit['node']): string {
  switch (node.__typename) {
    case 'Solution':
    case 'Provider':
      return addressOf('portability', { to: node.key })
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
        placeholder={large ? 'Symptom or log line' : 'Search'}
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
  const whole = usePlace().get('q') ?? ''
  const text = fitted(whole)
  const asked = useAsked(
    text || undefined,
    async (signal) => (await ask(SearchDocument, { text }, signal)).search ?? null,
  )
  const hits = asked.data?.nodes ?? []
  return (
    <>
      <h1>What fits</h1>
      <SearchBox large />
      {text === '' ? (
        <p className="empty">Nothing was asked yet. A symptom, a word or a line of a log will do.</p>
      ) : null}
      {text.length < whole.trim().replace(/\s+/g, ' ').length ? (
        <p className="soft">That is a long text: its beginning was looked for, {text.split(' ').length} words of it.</p>
      ) : null}
      <Status asked={asked} what="these words" />
      {asked.data ? (
        <>
          <p role="status">
            {asked.data.totalCount === 0
              ? 'Nothing on the map fits these words. If you know what helps, you may be the first to say so.'
              : asked.data.totalCount > hits.length
                ? `${asked.data.totalCount.toString()} found, the best ${hits.length.toString()} shown; more words find fewer.`
                : `${asked.data.totalCount.toString()} found, the best first.`}
          </p>
          {asked.data.totalCount === 0 ? (
            <p className="onward">
              <Link to={addressOf('contribute')}>Add what you know</Link>{' '}
              <Link to={addressOf('map')}>Look over the map</Link>
            </p>
          ) : null}
          <ol className="hits">
            {hits.map((h) => (
              <li key={h.node.id}>
                <Link to={addressOfHit(h.node)}>{nameOf(h.node)}</Link>{' '}
                <span className="soft">{h.node.__typename}</span> <Level level={h.node.confidentiality} />
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
              ['what', 'name', 'level', 'score', 'where'],
              ...hits.map((h) => [
                h.node.__typename,
                nameOf(h.node),
                h.node.confidentiality.key,
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
