import { ask, useAsked } from '../api.ts'
import { addressOf } from '../address.ts'
import { CountsDocument } from '../operations/generated.ts'
import { Link } from '../parts/Link.tsx'
import { SearchBox } from './Search.tsx'
import { questions as shipped } from '../../playground/shipped.ts'
import { byTheme } from '../../questions.ts'

/** The questions the explorer answers better than a query does, by the name of the question. */
const answers: Record<string, string> = {
  WhichPracticesPort: addressOf('portability', { from: 'vsphere', to: 'osism' }),
  SameAndDifferent: addressOf('compare', { a: 'proxmox', b: 'osism' }),
  WhatNobodySaid: addressOf('contribute', { platform: 'proxmox' }),
  LayersAndPractices: addressOf('map'),
  MostWantedTopics: addressOf('meetups'),
}

const doors = [
  ['Which practices port from VMware to OpenStack?', addressOf('portability', { from: 'vsphere', to: 'osism' })],
  ['What would leaving a provider cost us?', addressOf('exit', { from: 'aws', to: 'osism' })],
  ['What do others do the same way, what differently?', addressOf('compare', { a: 'proxmox', b: 'osism' })],
  ['What is on the map, layer by layer?', addressOf('map')],
  ['What do we talk about at the next meetup?', addressOf('meetups')],
  ['What do I know that nobody has said yet?', addressOf('contribute', { platform: 'proxmox' })],
] as const

export function Start() {
  const counts = useAsked('counts', (signal) => ask(CountsDocument, {}, signal)).data
  return (
    <>
      <h1>A map of cloud operations</h1>
      <p className="lead">
        Which practices move from one platform to another and why others do not, what may be said where, and what nobody
        has covered yet.
      </p>
      <p className="soft" aria-live="polite">
        {counts
          ? `On this map: ${(counts.practices?.totalCount ?? 0).toString()} practices, ${(counts.platforms?.totalCount ?? 0).toString()} platforms, ${(counts.portabilityNotes?.totalCount ?? 0).toString()} notes on moving between them, ${(counts.topics?.totalCount ?? 0).toString()} topics, ${(counts.stories?.totalCount ?? 0).toString()} stories. Every answer names its sources.`
          : ' '}
      </p>
      <SearchBox large />
      <ul className="doors">
        {doors.map(([text, to]) => (
          <li key={to}>
            <Link to={to}>{text}</Link>
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
    </>
  )
}
