import { lazy, Suspense } from 'react'
import { useAsked } from '../../api.ts'
import { change, usePlace } from '../../address.ts'
import { download } from '../../download.ts'
import { Level } from '../../parts/Level.tsx'
import { Status } from '../../parts/Status.tsx'
import { asking } from '../../../viewer/viewer.ts'
import { Copy } from './Copy.tsx'
import { MeetingTools, useMeetings, type Meeting } from './Overview.tsx'
import { dayOf } from './words.ts'
import './documents.css'

const Markdown = lazy(() => import('../../parts/Markdown.tsx'))

interface Document {
  name: string
  /** What it is for, in words. */
  why: string
  /** Where it lies, for a meeting or for one of its sessions. */
  path: string
}

/** The documents that are written for a meeting, by the word that stands in the address. */
function documentsOf(meeting: Meeting): Map<string, Document> {
  const at = (name: string) => `meetings/${encodeURIComponent(meeting.key)}/${name}.md`
  return new Map([
    ['announcement', { name: 'Announcement', why: 'to send around before the meeting', path: at('announcement') }],
    ['agenda', { name: 'Agenda', why: 'to go by at the meeting', path: at('agenda') }],
    ['minutes', { name: 'Skeleton of the minutes', why: 'to write in, and to load back', path: at('minutes') }],
    ...meeting.sessions.nodes
      .filter((s) => s.state !== 'CANCELLED')
      .map((s): [string, Document] => [
        s.key,
        {
          name: `Invitation: ${s.title}`,
          why: 'for who speaks, or might',
          path: `sessions/${encodeURIComponent(s.key)}/invitation.md`,
        },
      ]),
  ])
}

/** Reads a document as whoever asks. */
async function read(path: string, signal: AbortSignal): Promise<string> {
  const answer = await fetch(new URL(path, document.baseURI), { headers: { ...asking() }, signal })
  const text = await answer.text()
  if (answer.ok) return text
  throw new Error(answer.status === 404 ? 'There is no such document, or it is not for you.' : text.trim())
}

/** How far a document may travel, as its end says: a level, and the groups it is limited to. */
function Travels({ text }: { text: string }) {
  const end = text.slice(text.lastIndexOf('\n---\n'))
  const key = /^TLP:(\S+)$/m.exec(end)?.[1]?.toLowerCase().replace('+', '-') ?? /^Level: (\S+)$/m.exec(end)?.[1]
  const groups = /^Groups: (.+)$/m.exec(end)?.[1]
  return key ? (
    <span>
      May travel as far as <Level level={{ key }} />
      {groups ? `, to ${groups}` : ''}
    </span>
  ) : null
}

function Preview({ document, meeting }: { document: Document; meeting: string }) {
  const asked = useAsked(document.path, (signal) => read(document.path, signal))
  const text = asked.loading ? undefined : asked.data
  return (
    <section aria-label={document.name} className="document">
      <Status asked={asked} what={document.name.toLowerCase()} />
      {text === undefined || asked.error ? null : (
        <>
          <p className="tools">
            <Travels text={text} />
            <Copy text={text} what="the Markdown" />
            <button
              type="button"
              onClick={() => {
                download(`${meeting}-${document.path.split('/').at(-1) ?? 'document.md'}`, 'text/markdown', text)
              }}
            >
              Download (.md)
            </button>
            <a href={document.path}>Its address</a>
          </p>
          <article className="paper">
            <Suspense fallback={<pre>{text}</pre>}>
              <Markdown text={text} />
            </Suspense>
          </article>
          <details>
            <summary>As Markdown</summary>
            <pre className="source" tabIndex={0} role="region" aria-label="The Markdown">
              <code>{text}</code>
            </pre>
          </details>
        </>
      )}
    </section>
  )
}

/** What is sent around before a meeting and written at it, as it looks and as it is. */
export function Documents() {
  const place = usePlace()
  const asked = useMeetings()
  const meetings = [...(asked.data?.meetings ?? [])].sort((a, b) => (dayOf(a) < dayOf(b) ? 1 : -1))
  const key = place.get('meeting') ?? asked.data?.next ?? meetings[0]?.key
  const meeting = meetings.find((m) => m.key === key)
  const documents = meeting ? documentsOf(meeting) : new Map<string, Document>()
  const named = place.get('document') ?? ''
  const chosen = documents.has(named) ? named : 'announcement'
  const shown = documents.get(chosen)
  return (
    <>
      <Status asked={asked} what="meetings" />
      {asked.data && meetings.length === 0 ? (
        <p className="empty">No meeting is on the map. Its announcement is written as soon as there is one.</p>
      ) : null}
      {meetings.length > 0 ? (
        <form className="controls" aria-label="Which document">
          <label>
            Meeting{' '}
            <select
              value={meeting?.key ?? ''}
              onChange={(event) => {
                change({ meeting: event.target.value || undefined, document: undefined })
              }}
            >
              {meeting ? null : <option value="">choose one</option>}
              {meetings.map((m) => (
                <option key={m.key} value={m.key}>
                  {m.title}
                </option>
              ))}
            </select>
          </label>
          <label>
            Document{' '}
            <select
              value={chosen}
              onChange={(event) => {
                change({ document: event.target.value })
              }}
            >
              {[...documents].map(([word, { name, why }]) => (
                <option key={word} value={word}>
                  {name}, {why}
                </option>
              ))}
            </select>
          </label>
        </form>
      ) : null}
      {asked.data && meetings.length > 0 && !meeting ? (
        <p className="empty">There is no such meeting, or it is not for you.</p>
      ) : null}
      {meeting && shown ? <Preview document={shown} meeting={meeting.key} key={shown.path} /> : null}
      <MeetingTools meetings={asked.data?.meetings} />
    </>
  )
}
