import { ask, useAsked } from '../api.ts'
import { addressOf } from '../address.ts'
import { MeetupsDocument, type MeetupsQuery } from '../operations/generated.ts'
import { Link } from '../parts/Link.tsx'
import { Status } from '../parts/Status.tsx'
import { Tools } from '../parts/Tools.tsx'
import { Votes } from '../parts/Votes.tsx'
import { useMayWrite } from '../write.ts'

type Meeting = NonNullable<MeetupsQuery['meetings']>['nodes'][number]

const label = (word: string) => word.toLowerCase().replaceAll('_', ' ')

function when(m: Meeting): string {
  if (m.startsAt) {
    const zone = m.zone ?? 'UTC'
    const text = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short', timeZone: zone })
    return `${text.format(new Date(m.startsAt))} (${zone})`
  }
  return m.date ?? 'no date yet'
}

function MeetingCard({ meeting }: { meeting: Meeting }) {
  return (
    <article className="card">
      <h3>
        {meeting.title}{' '}
        {meeting.confidentiality.key === 'clear' ? null : <span className="level">{meeting.confidentiality.key}</span>}
      </h3>
      <p>{when(meeting)}</p>
      <ul>
        {meeting.sessions.nodes.map((s) => (
          <li key={s.id}>
            {s.title}{' '}
            <span className="soft">
              ({label(s.format)}, {label(s.state)}
              {s.speakers.nodes.length > 0
                ? `, ${s.speakers.nodes.map((p) => p.name ?? p.handle ?? '').join(', ')}`
                : ', speaker wanted'}
              )
            </span>
          </li>
        ))}
      </ul>
      <p>
        <a href={`meetings/${meeting.key}/announcement.md`}>Announcement</a>,{' '}
        <a href={`meetings/${meeting.key}/minutes.md`}>skeleton of its minutes</a>
      </p>
      {meeting.rsvp && /^https?:\/\//.test(meeting.rsvp) ? (
        <p>
          <a href={meeting.rsvp} rel="noreferrer">
            Say that you come
          </a>
        </p>
      ) : null}
    </article>
  )
}

export function Meetups() {
  const mayWrite = useMayWrite()
  const asked = useAsked('meetups', (signal) => ask(MeetupsDocument, {}, signal))
  const meetings = asked.data?.meetings?.nodes ?? []
  const topics = asked.data?.topics?.nodes ?? []
  return (
    <>
      <h1>What to talk about next</h1>
      <Status asked={asked} what="meetups" />
      {asked.data ? (
        <>
          <h2>Meetings</h2>
          {meetings.length === 0 ? (
            <p>No meeting is on the map yet. The pool below is where the next one comes from.</p>
          ) : null}
          <div className="cards">
            {meetings.map((m) => (
              <MeetingCard key={m.id} meeting={m} />
            ))}
          </div>
          <p className="tools">
            <a href="feeds/meetups.ics">Subscribe to the calendar</a>
            <a href="feeds/topics.atom">News of topics</a>
          </p>
          <h2>The pool</h2>
          <p>
            {asked.data.topics?.totalCount ?? 0} topics wait for a slot, the most wanted first. A story is something
            that happened to somebody; a volunteer is somebody who would speak.
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
                      <Link to={addressOf('map', { id: t.id })}>{t.title}</Link>{' '}
                      {t.confidentiality.key === 'clear' ? null : (
                        <span className="level">{t.confidentiality.key}</span>
                      )}
                    </th>
                    <td>
                      <Votes topic={t} mayWrite={mayWrite} />
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
          <Tools
            name="topics"
            document={MeetupsDocument}
            table={() => [
              ['topic', 'votes', 'kind', 'layers', 'stories', 'volunteers'],
              ...topics.map((t) => [
                t.title,
                t.votes.toString(),
                label(t.kind),
                t.layers.nodes.map((l) => l.name).join(' '),
                t.stories.totalCount.toString(),
                t.volunteers.totalCount.toString(),
              ]),
            ]}
          />
        </>
      ) : null}
    </>
  )
}
