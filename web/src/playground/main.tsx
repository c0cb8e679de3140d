import './workers'
import 'graphiql/style.css'
import './playground.css'
import { createRoot } from 'react-dom/client'
import { Viewer } from '../viewer/Viewer'
import { Playground } from './Playground'

const root = document.getElementById('playground')
if (root) createRoot(root).render(<Playground />)
const viewer = document.getElementById('viewer')
if (viewer) createRoot(viewer).render(<Viewer />)
