import './workers'
import 'graphiql/style.css'
import './playground.css'
import { createRoot } from 'react-dom/client'
import { Playground } from './Playground'

const root = document.getElementById('playground')
if (root) createRoot(root).render(<Playground />)
