import { askAll, useAsked } from '../../api.ts'
import { addressOf } from '../../address.ts'
import { useBallots } from '../../ballots.ts'
import { PoolDocument, type PoolQuery } from '../../operations/generated.ts'
import { Level } from '../../parts/Level.tsx'
import { Link } from '../../parts/Link.tsx'
import { Status } from '../../parts/Status.tsx'
import { Tools } from '../../parts/Tools.tsx'
import { Votes } from '../../parts/Votes.tsx'
import { useStanding } from '../../write.ts'
import { counted, label } from './words.ts'

export type PoolTopic = NonNullable<PoolQuery['topics']>['nodes'][number]

/** The topics that wait for a slot, the most wanted first. */
export const usePool = () => useAsked('pool', (signal) => askAll(PoolDocument, {}, (d) => d.topics, signal))

const table = (topics: readonly PoolTopic[]) => [
  ['topic', 'votes', 'kind', 'layers', 'stories', 'volunteers', 'level'],
  ...topics.map((t) => [
    t.title,
    t.votes.toString(),
    label(t.kind),
    t.layers.nodes.map((l) => l.name).join(' '),
    t.stories.totalCount.toString(),
    t.volunteers.totalCount.toString(),
    t.confidentiality.key,
  ]),
]

/** The pool as a table, with votes. */
export function Pool() {
  const standing = useStanding()
  const ballots = useBallots(standing)
  const asked = usePool()
  const topics = asked.data ?? []
  return (
    <>
      <h2>The pool</h2>
      <Status asked={asked} what="the pool of topics" />
      <Status asked={ballots.asked} what="your votes" />
      {asked.data && topics.length === 0 ? (
        <p className="empty">
          The pool is empty. Topics come from minutes and issues (<code>opsmap load</code>), and from whoever proposes
          one at a lean coffee.
        </p>
      ) : null}
      {topics.length > 0 ? (
        <>
          <p>
            {counted(topics.length, 'topic')} wait for a slot, the most wanted first. A story is something that happened
            to somebody; a volunteer is somebody who would speak.
          </p>
          <div className="scroll" tabIndex={0} role="region" aria-label="The pool of topics">
            <table className="plain">
              <thead>
                <tr>
                  <th scope="col">Topic</th>
                  <th scope="col">Votes</th>
                  <th scope="col">Kind</th>
                  <th scope="col">Layers</th>
                  <th scope="col">Stories</th>
                  <th scope="col">Volunteers</th>
                </tr>
              </thead>
              <tbody>
                {topics.map((t) => (
                  <tr key={t.id}>
                    <th scope="row">
                      <Link to={addressOf('map', { id: t.id })}>{t.title}</Link> <Level level={t.confidentiality} />
                    </th>
                    <td className="votes-cell">
                      <Votes topic={t} ballots={standing ? ballots : undefined} />
                    </td>
                    <td>{label(t.kind)}</td>
                    <td>{t.layers.nodes.map((l) => l.name).join(', ')}</td>
                    <td>{t.stories.totalCount || ''}</td>
                    <td>{t.volunteers.totalCount || 'wanted'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      ) : null}
      <Tools name="topics" document={PoolDocument} table={asked.data ? () => table(topics) : undefined} />
    </>
  )
}
