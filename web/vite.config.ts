import { readFileSync, readdirSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { parseQuestion } from './src/questions.ts'
import { questionList } from './src/start/list.ts'

const questionsDir = new URL('src/questions/', import.meta.url)

/** Writes the questions into the start page, so that it needs no script to show them. */
function startPage(): Plugin {
  return {
    name: 'opsmap-start-page',
    transformIndexHtml(html) {
      const questions = readdirSync(questionsDir)
        .sort()
        .map((file) => parseQuestion(file, readFileSync(new URL(file, questionsDir), 'utf8')))
      return html.replace('<!-- questions -->', () => questionList(questions))
    },
  }
}

/** Leaves dist/.gitkeep alone: Go embeds the folder also when nothing was built. */
function keepPlaceholder(): Plugin {
  return {
    name: 'opsmap-keep-placeholder',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '.gitkeep', source: '' })
    },
  }
}

/** Serves playground.html under the address the server gives it. */
function playgroundAddress(): Plugin {
  return {
    name: 'opsmap-playground-address',
    configureServer(server) {
      server.middlewares.use((req, _res, next) => {
        req.url = req.url?.replace(/^\/playground(?=$|\?)/, '/playground.html')
        next()
      })
    },
  }
}

const backend = process.env.OPSMAP_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  base: './',
  plugins: [react(), startPage(), keepPlaceholder(), playgroundAddress()],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    license: { fileName: 'assets/licenses.txt' },
    modulePreload: { polyfill: false },
    // The editor is one large piece, and only the playground loads it.
    chunkSizeWarningLimit: 5000,
    rolldownOptions: {
      input: ['index.html', 'playground.html'],
      onwarn(warning, warn) {
        // GraphiQL's files carry directives for the React compiler, which has run already.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning)
      },
    },
  },
  server: {
    proxy: Object.fromEntries(['/graphql', '/schema.graphql', '/healthz', '/readyz'].map((path) => [path, backend])),
  },
})
