import { change, usePlace } from '../../address.ts'
import { useFollowed, type Followed } from '../../follow.ts'
import { BoardDocument, CreateSessionDocument, type BoardSubscription } from '../../operations/generated.ts'
import { OtherProblems } from '../../parts/FieldProblems.tsx'
import { LevelPicker } from '../../parts/LevelPicker.tsx'
import { Level } from '../../parts/Level.tsx'
import { fieldOf } from '../../parts/NoteForm.tsx'
import { Status } from '../../parts/Status.tsx'
import { Tools } from '../../parts/Tools.tsx'
import { leads, useStanding, useWrite, type Standing } from '../../write.ts'
import { BoardSession } from './BoardSession.tsx'
import { MeetingTools, useMeetings } from './Overview.tsx'
import { dayOf, label, when } from './words.ts'
import './board.css'

export type BoardMeeting = NonNullable<BoardSubscription['agenda']>
export type Coffee = BoardMeeting['sessions']['nodes'][number]
export type Item = Coffee['agenda']['nodes'][number]

/** The sessions that have an agenda to talk through: lean coffees, and whatever has one all the same. */
const coffees = (meeting: BoardMeeting) =>
  meeting.sessions.nodes.filter(
    (s) => s.state !== 'CANCELLED' && (s.format === 'LEAN_COFFEE' || s.agenda.nodes.length > 0),
  )

const states: Record<Followed<unknown>['state'], string> = {
  asking: 'Connecting…',
  live: 'Live: what others do is here within a second.',
  offline: 'Offline: this is how it was when the server was last there. Trying again…',
}

/** Which meeting the board is of. */
function MeetingPicker({ value }: { value: string }) {
  const asked = useMeetings()
  const meetings = [...(asked.data?.meetings ?? [])].sort((a, b) => (dayOf(a) < dayOf(b) ? 1 : -1))
  return (
    <form className="controls" aria-label="Which meeting">
      <Status asked={asked} what="meetings" />
      <label>
        Meeting{' '}
        <select
          value={value}
          onChange={(event) => {
            change({ meeting: event.target.value || undefined })
          }}
        >
          <option value="">choose one</option>
          {meetings.map((m) => (
            <option key={m.key} value={m.key}>
              {m.title}
            </option>
          ))}
        </select>
      </label>
    </form>
  )
}

/** Opens a lean coffee at a meeting that has none. */
function OpenCoffee({ meeting, standing }: { meeting: string; standing: Standing }) {
  const { busy, problem, fields, write } = useWrite()
  return (
    <form
      className="apply"
      aria-label="Open a lean coffee"
      onSubmit={(event) => {
        event.preventDefault()
        const level = fieldOf(new FormData(event.currentTarget), 'level')
        write(async (send) => {
          await send(CreateSessionDocument, { meeting, title: 'Lean coffee', format: 'LEAN_COFFEE', level })
        })
      }}
    >
      <LevelPicker standing={standing} fields={fields} />
      <button type="submit" disabled={busy}>
        Open a lean coffee here
      </button>
      <OtherProblems problem={problem} fields={fields} shown={['input.level']} />
    </form>
  )
}

const table = (meeting: BoardMeeting) => [
  ['session', 'topic', 'level', 'state', 'dots', 'minutes'],
  ...coffees(meeting).flatMap((s) =>
    s.agenda.nodes.map((i) => [
      s.title,
      i.topic.title,
      i.confidentiality.key,
      label(i.state),
      i.dots.toString(),
      i.minutes?.toString() ?? '',
    ]),
  ),
]

function Following({ meeting: key }: { meeting: string }) {
  const standing = useStanding()
  const followed = useFollowed(key, BoardDocument, { meeting: key })
  const meeting = followed.data?.agenda
  const live = followed.state === 'live'
  return (
    <>
      <p className="connection" data-state={followed.error ? 'offline' : followed.state} role="status">
        {followed.error ? `The server tells no more: ${followed.error.message}` : states[followed.state]}{' '}
        {live ? null : (
          <button type="button" onClick={followed.again}>
            Try now
          </button>
        )}
      </p>
      {followed.data && !meeting ? (
        <p className="empty">
          There is no such meeting, or it is not for you. As soon as it is there for you, it shows up here.
        </p>
      ) : null}
      {meeting ? (
        <>
          <h2>
            {meeting.title} <Level level={meeting.confidentiality} />
          </h2>
          <p className="soft">{when(meeting)}</p>
          {coffees(meeting).length === 0 ? (
            <>
              <p className="empty">
                No lean coffee is planned at this meeting. It is a session without an agenda: people propose topics,
                place dots on what they want to hear about, and talk about each for a few minutes.
              </p>
              {leads(standing) && standing ? <OpenCoffee meeting={meeting.key} standing={standing} /> : null}
            </>
          ) : null}
          {coffees(meeting).map((session) => (
            <BoardSession
              key={session.id}
              session={session}
              standing={standing}
              live={live}
              clockAhead={followed.clockAhead}
            />
          ))}
          {standing ? null : (
            <p className="soft">You watch. With a contributor’s token you propose topics and place dots.</p>
          )}
        </>
      ) : null}
      <Tools
        name={`agenda-${key}`}
        document={BoardDocument}
        variables={{ meeting: key }}
        table={meeting ? () => table(meeting) : undefined}
      />
    </>
  )
}

/** A lean coffee while it goes on: whoever has the page open sees what everybody does. */
export function Board() {
  const key = usePlace().get('meeting') ?? ''
  const meetings = useMeetings().data?.meetings
  return (
    <>
      <MeetingPicker value={key} />
      {key ? (
        <Following meeting={key} key={key} />
      ) : (
        <>
          <p className="empty">
            Choose a meeting to see what is talked about there. The board shows it live, to everybody who has the page
            open.
          </p>
          <MeetingTools meetings={meetings} />
        </>
      )}
    </>
  )
}
