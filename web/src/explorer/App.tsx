import { useEffect } from 'react'
import { addressOf, usePlace, type View } from './address.ts'
import { Link } from './parts/Link.tsx'
import { Compare } from './views/Compare.tsx'
import { Contribute } from './views/Contribute.tsx'
import { Exit } from './views/Exit.tsx'
import { MapView } from './views/Map.tsx'
import { Meetups } from './views/Meetups.tsx'
import { Portability } from './views/Portability.tsx'
import { Search, SearchBox } from './views/Search.tsx'
import { Start } from './views/Start.tsx'
import { Viewer } from '../viewer/Viewer.tsx'

const names: Record<View, string> = {
  start: 'Start',
  portability: 'Portability',
  compare: 'Compare',
  exit: 'Exit',
  map: 'Map',
  meetups: 'Meetups',
  contribute: 'Contribute',
  search: 'Search',
}

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

export function App() {
  const { view } = usePlace()
  const Page = pages[view]
  useEffect(() => {
    document.title = view === 'start' ? 'opsmap: a map of cloud operations' : `${names[view]}: opsmap`
  }, [view])
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
        <nav aria-label="Views">
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
      <main id="content" tabIndex={-1} className={view}>
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
