import { ask, useAsked } from '../api.ts'
import { addressOf } from '../address.ts'
import { CountsDocument, type CountsQuery } from '../operations/generated.ts'
import { Link } from '../parts/Link.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'
import { SearchBox } from './Search.tsx'
import { questions as shipped } from '../../playground/shipped.ts'
import { byTheme } from '../../questions.ts'

/** The questions the explorer answers better than a query does, by the name of the question. */
const answers: Record<string, string> = {
  WhichPracticesPort: addressOf('portability', { from: 'vsphere', to: 'osism' }),
  SameAndDifferent: addressOf('compare', { a: 'proxmox', b: 'osism' }),
  WhatNobodySaid: addressOf('contribute', { platform: 'proxmox' }),
  OnePracticeWithProof: addressOf('portability', {
    from: 'vsphere',
    to: 'osism',
    practice: 'live-migrate-before-maintenance',
  }),
  LayersAndPractices: addressOf('map'),
  MostWantedTopics: addressOf('meetups'),
}

/** The questions people come with: what they ask, what they will see, and where. */
const doors = [
  [
    'Which practices port from VMware to OpenStack?',
    'Each with its verdict, why, and the source.',
    addressOf('portability', { from: 'vsphere', to: 'osism' }),
  ],
  [
    'What is blocked, and why?',
    'From VMware to Proxmox, with the proof.',
    addressOf('portability', { from: 'vsphere', to: 'proxmox', verdict: 'BLOCKED' }),
  ],
  [
    'How does every platform fare?',
    'A heat map, practice by platform.',
    addressOf('portability', { from: 'vsphere', all: 'yes' }),
  ],
  [
    'What would leaving a provider take?',
    'The moves in order, and the last 20 %.',
    addressOf('exit', { from: 'aws', to: 'osism' }),
  ],
  ['What is alike, what differs?', 'Two platforms side by side.', addressOf('compare', { a: 'proxmox', b: 'osism' })],
  ['What is on the map?', 'Topics and practices, layer by layer.', addressOf('map')],
  ['What do we talk about next?', 'Meetups, votes and the pool of topics.', addressOf('meetups')],
  [
    'What do I know that nobody has said?',
    'Add it: four fields, no account here.',
    addressOf('contribute', { platform: 'proxmox' }),
  ],
] as const

/** What there is on the map, in the order in which it is told. */
const counted = (c: CountsQuery): [string, number][] => [
  ['practices', c.practices?.totalCount ?? 0],
  ['platforms', c.platforms?.totalCount ?? 0],
  ['notes on moving between them', c.portabilityNotes?.totalCount ?? 0],
  ['topics', c.topics?.totalCount ?? 0],
  ['stories', c.stories?.totalCount ?? 0],
]

function InShort({ counts }: { counts: CountsQuery }) {
  const all = counted(counts)
  if (all.every(([, n]) => n === 0)) {
    return (
      <p className="empty">
        This map is empty, or holds nothing that you may see. <code>opsmap load</code> puts minutes, issues and YAML
        files on it.
      </p>
    )
  }
  return (
    <p className="soft" role="status">
      On this map: {all.map(([name, n]) => `${n.toString()} ${name}`).join(', ')}. Every answer names its sources.
    </p>
  )
}

export function Start() {
  const asked = useAsked('counts', (signal) => ask(CountsDocument, {}, signal))
  const counts = asked.data
  return (
    <>
      <h1>A map of cloud operations</h1>
      <p className="lead">
        Which practices move from one platform to another and why others do not, what may be said where, and what nobody
        has covered yet.
      </p>
      <div className="in-short">
        <Status asked={asked} what="what is on the map" />
        {counts ? <InShort counts={counts} /> : null}
      </div>
      <SearchBox large />
      <ul className="doors">
        {doors.map(([text, hint, to]) => (
          <li key={to}>
            <Link to={to}>
              {text} <span className="soft">{hint}</span>
            </Link>
          </li>
        ))}
      </ul>
      <h2>More questions</h2>
      <p>
        Each opens its answer; in the <a href="playground">playground</a> every question can be changed and asked again.
      </p>
      <div className="questions">
        {[...byTheme(shipped)].map(([theme, questions]) => (
          <section key={theme}>
            <h3>{theme}</h3>
            <ul>
              {questions.map((q) => (
                <li key={q.name}>
                  {answers[q.name] ? (
                    <Link to={answers[q.name] ?? ''}>{q.text}</Link>
                  ) : (
                    <a href={`playground?question=${encodeURIComponent(q.name)}`}>{q.text}</a>
                  )}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Tools
        name="opsmap"
        document={CountsDocument}
        table={
          counts ? () => [['what', 'how many'], ...counted(counts).map(([name, n]) => [name, n.toString()])] : undefined
        }
      />
    </>
  )
}
