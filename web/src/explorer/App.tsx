import { useEffect, useRef } from 'react'
import { addressOf, usePlace, views, type View } from './address.ts'
import { Link } from './parts/Link.tsx'
import { Misfits } from './parts/Misfits.tsx'
import { names, titleOf } from './title.ts'
import { Compare } from './views/Compare.tsx'
import { Contribute } from './views/Contribute.tsx'
import { Exit } from './views/Exit.tsx'
import { MapView } from './views/Map.tsx'
import { Meetups } from './views/Meetups.tsx'
import { Portability } from './views/Portability.tsx'
import { Search, SearchBox } from './views/Search.tsx'
import { Start } from './views/Start.tsx'
import { Viewer } from '../viewer/Viewer.tsx'

const pages: Record<View, () => React.ReactNode> = {
  start: Start,
  portability: Portability,
  compare: Compare,
  exit: Exit,
  map: MapView,
  meetups: Meetups,
  contribute: Contribute,
  search: Search,
}

/** Where the views stand in a row that scrolls, the one that is shown comes into sight. */
function useCurrentInSight(view: View) {
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    const current = nav.current?.querySelector('[aria-current]')
    if (current && nav.current && nav.current.scrollWidth > nav.current.clientWidth)
      current.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [view])
  return nav
}

/** The content takes the focus when another view takes its place, so that one reads on from there. */
function useContent(view: View) {
  const content = useRef<HTMLElement>(null)
  const last = useRef(view)
  useEffect(() => {
    if (last.current === view) return
    last.current = view
    content.current?.focus({ preventScroll: true })
  }, [view])
  return content
}

export function App() {
  const place = usePlace()
  const { view } = place
  const Page = pages[view]
  const title = titleOf(place)
  useEffect(() => {
    document.title = title
  }, [title])
  const content = useContent(view)
  const nav = useCurrentInSight(view)
  return (
    <>
      <a className="skip" href="#content">
        To the content
      </a>
      <header className="top">
        <Link to={addressOf('start')} className="home">
          <img src={new URL('../icon.svg', import.meta.url).href} alt="" width="28" height="28" />
          opsmap
        </Link>
        <nav aria-label="Views" ref={nav}>
          <ul>
            {(Object.keys(names) as View[])
              .filter((v) => v !== 'start' && v !== 'search')
              .map((v) => (
                <li key={v}>
                  <Link to={addressOf(v)} current={v === view}>
                    {names[v]}
                  </Link>
                </li>
              ))}
            <li>
              <a href="playground">Playground</a>
            </li>
          </ul>
        </nav>
        {view === 'start' || view === 'search' ? null : <SearchBox />}
        <Viewer />
      </header>
      <main id="content" tabIndex={-1} className={view} ref={content}>
        <Misfits rules={{ view: views }} />
        <Page />
      </main>
      <footer>
        <p>
          One endpoint speaks GraphQL: <code>{new URL('graphql', document.baseURI).href}</code>,{' '}
          <a href="schema.graphql">its schema</a>, <a href="playground?docs">its documentation</a>.{' '}
          <a href="assets/licenses.txt">Licences of the software these pages are built from</a>
        </p>
      </footer>
    </>
  )
}
