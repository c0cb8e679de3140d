import { addressOf, usePlace } from '../address.ts'
import { Link } from '../parts/Link.tsx'
import { Board } from './meetups/Board.tsx'
import { Documents } from './meetups/Documents.tsx'
import { Overview } from './meetups/Overview.tsx'
import { Season } from './meetups/Season.tsx'
import './meetups/meetups.css'

/** What there is to see of meetups, by the word that stands in the address. */
const parts = {
  overview: { name: 'Meetings and pool', Page: Overview },
  season: { name: 'Season', Page: Season },
  documents: { name: 'Announcements', Page: Documents },
  board: { name: 'Lean coffee', Page: Board },
} satisfies Record<string, { name: string; Page: () => React.ReactNode }>

type Part = keyof typeof parts

const isPart = (word: string | undefined): word is Part => word !== undefined && word in parts

/** What is talked about next: the meetings, the season they are planned from, and what goes on at one of them. */
export function Meetups() {
  const named = usePlace().get('part')
  const { Page } = parts[isPart(named) ? named : 'overview']
  return (
    <>
      <h1>What to talk about next</h1>
      <nav className="parts" aria-label="Meetups">
        <ul>
          {(Object.keys(parts) as Part[]).map((p) => (
            <li key={p}>
              <Link to={addressOf('meetups', { part: p })} current={Page === parts[p].Page}>
                {parts[p].name}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <Page />
    </>
  )
}
