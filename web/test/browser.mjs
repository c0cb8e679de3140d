// The pages in a real browser, against bin/opsmap or a server that runs already:
//
//   npm run test:browser
//   BASE_URL=http://127.0.0.1:8080 SCREENSHOTS=test-results npm run test:browser
import { accessSync, constants, mkdirSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { chromium } from 'playwright-core'
import { startServer } from './server.mjs'

const screenshots = process.env.SCREENSHOTS
if (screenshots) mkdirSync(screenshots, { recursive: true })

/** The first of these programs that is there. */
function findProgram(names) {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = names.flatMap((name) => (name.includes('/') ? [name] : folders.map((folder) => join(folder, name))))
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

const asked = process.env.OPSMAP_TEST_BROWSER
const executablePath = findProgram(asked ? [asked] : ['chromium', 'chromium-browser', 'google-chrome'])
if (!executablePath) {
  console.log(`browser tests are SKIPPED: no ${asked ?? 'Chromium (Debian: apt-get install chromium)'}`)
  process.exit(process.env.CI && process.env.CI !== 'false' ? 1 : 0)
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const questions = readdirSync(new URL('../src/questions/', import.meta.url))
  .sort()
  .map((file) => readFileSync(new URL(`../src/questions/${file}`, import.meta.url), 'utf8'))
  .map((document) => ({ text: document.match(/^# (.+)/)[1], name: document.match(/^query (\w+)/m)[1] }))

const problems = []
function check(ok, what) {
  if (!ok) problems.push(what)
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}`)
}

/** A page that reports whatever must not happen on any of ours. */
async function open(browser, path, options = {}, onResponse = () => {}) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options })
  await context.route(
    (url) => url.origin !== base.origin && url.protocol.startsWith('http'),
    (route) => {
      problems.push(`${path}: a request leaves the server: ${route.request().url()}`)
      return route.abort()
    },
  )
  const page = await context.newPage()
  // The machine may be busy with other tests.
  page.setDefaultNavigationTimeout(90_000)
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${path}: console: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`${path}: ${error.stack ?? error.message}`))
  page.on('requestfailed', (request) => problems.push(`${path}: request failed: ${request.url()}`))
  page.on('response', onResponse)
  const response = await page.goto(new URL(path, base).href, { waitUntil: 'networkidle' })
  const policy = response.headers()['content-security-policy'] ?? ''
  check(response.ok(), `${path} answers ${response.status()}`)
  check(
    policy.includes("default-src 'self'") && !/script-src[^;]*unsafe|unsafe-eval/.test(policy),
    `${path} forbids inline scripts and eval`,
  )
  return page
}

async function accessible(page, what) {
  // Evaluated by the debugger, so the page's own policy stays in force for the page.
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => globalThis.axe.run())
  const bad = violations.filter((v) => ['serious', 'critical'].includes(v.impact))
  for (const v of violations)
    console.log(`     axe ${v.impact}: ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)
  check(bad.length === 0, `${what}: axe finds nothing serious`)
}

async function shoot(page, name, options) {
  if (screenshots) await page.screenshot({ path: join(screenshots, `${name}.png`), ...options })
}

const editor = (page, name) =>
  page.evaluate(
    (end) =>
      globalThis.__MONACO?.editor
        .getModels()
        .find((m) => m.uri.path.endsWith(end))
        ?.getValue() ?? '',
    name,
  )

/** The answer that is shown for an operation, once it is there. */
async function shownAnswer(page) {
  await page.waitForFunction(
    () => {
      const model = globalThis.__MONACO?.editor.getModels().find((m) => m.uri.path.endsWith('response.json'))
      return model && /^\{[^]*\}$/.test(model.getValue().trim())
    },
    null,
    { timeout: 20_000 },
  )
  return JSON.parse(await editor(page, 'response.json'))
}

const hasData = (answer) =>
  !answer.errors && answer.data != null && Object.values(answer.data).every((value) => value !== null)

async function startPage(browser, colorScheme) {
  const scripts = []
  const page = await open(browser, '/', { colorScheme }, (response) => {
    // A script of the page that a click leads to may not have arrived when that page is closed.
    if (response.request().resourceType() === 'script') scripts.push(response.body().catch(() => ''))
  })
  const bytes = (await Promise.all(scripts)).reduce((sum, body) => sum + body.length, 0)
  check(bytes < 50_000, `/ loads ${bytes} bytes of script`)
  for (const { name, text } of questions) {
    const link = page.getByRole('link', { name: text, exact: true })
    check((await link.getAttribute('href')) === `playground?question=${name}`, `/ links to ${name}`)
  }
  check(
    (await page.locator('#endpoint').textContent()) === new URL('graphql', base).href,
    '/ shows the address of this server',
  )
  check(await page.locator('#counts').isVisible(), '/ says how much is on the map')
  await accessible(page, `/ ${colorScheme}`)
  await shoot(page, `start-${colorScheme}`, { fullPage: true })

  await page.getByRole('link', { name: questions[0].text }).click()
  check(hasData(await shownAnswer(page)), '/ leads to an answer with one click')
  await page.context().close()
}

async function playground(browser, colorScheme) {
  const page = await open(browser, '/playground', { colorScheme })
  await page.locator('.graphiql-query-editor .view-line').first().waitFor()
  const all = await editor(page, 'operation.graphql')
  check(
    questions.every((q) => all.includes(`query ${q.name}`)),
    '/playground opens with every question',
  )
  check(hasData(await shownAnswer(page)), 'and with the answer to the first')
  await accessible(page, `/playground ${colorScheme}`)
  await shoot(page, `playground-all-${colorScheme}`)

  for (const { name, text } of questions) {
    await page.getByRole('button', { name: text, exact: true }).click()
    const answer = await shownAnswer(page)
    check(hasData(answer), `${name} has an answer${answer.errors ? `: ${JSON.stringify(answer.errors)}` : ''}`)
    check(page.url().endsWith(`?question=${name}`), `${name} is in the address`)
  }
  await page.getByRole('button', { name: questions[0].text, exact: true }).click()
  await shownAnswer(page)
  // The parts of the editor that load later: completion, folding, the workers' first marks.
  await page.waitForTimeout(1500)
  const marks = await page.evaluate(() => globalThis.__MONACO.editor.getModelMarkers({}).map((m) => m.message))
  check(marks.length === 0, `the editor has nothing to object to${marks.length ? `: ${marks.join('; ')}` : ''}`)
  await accessible(page, `/playground with an answer, ${colorScheme}`)
  await shoot(page, `playground-answer-${colorScheme}`)

  await page.keyboard.press('Escape')
  await page.locator('.graphiql-query-editor .monaco-editor').click()
  await page.keyboard.press('Control+z')
  check(
    (await editor(page, 'operation.graphql')).includes(`query ${questions.at(-1).name}`),
    'undo brings back what was in the editor',
  )
  await page.context().close()
}

async function ownOperation(browser) {
  const query = '{ viewer { clearance } }'
  const page = await open(browser, `/playground#${new URLSearchParams({ query })}`)
  await page.locator('.graphiql-query-editor .view-line').first().waitFor()
  check((await editor(page, 'operation.graphql')) === query, 'an operation in the address is put into the editor')
  check((await editor(page, 'response.json')) === '', 'and not run by itself')
  await page.getByRole('button', { name: 'Execute query' }).click()
  check(hasData(await shownAnswer(page)), 'but by its button')
  await page.context().close()
}

async function documentation(browser) {
  const page = await open(browser, '/playground?docs')
  await page.getByRole('link', { name: 'Query', exact: true }).click()
  check(
    await page.getByRole('link', { name: 'portablePractices' }).first().isVisible(),
    '?docs opens the documentation',
  )
  await accessible(page, '/playground?docs')
  await shoot(page, 'playground-docs')
  await page.context().close()
}

async function narrow(browser) {
  for (const path of ['/', `/playground?question=${questions[0].name}`]) {
    const page = await open(browser, path, { viewport: { width: 390, height: 800 } })
    if (path !== '/') await shownAnswer(page)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    check(overflow <= 0, `${path} fits a narrow screen`)
    await shoot(page, path === '/' ? 'start-narrow' : 'playground-narrow')
    await page.context().close()
  }
}

const server = process.env.BASE_URL ? { url: process.env.BASE_URL, stop: () => undefined } : await startServer()
const base = new URL(server.url)
const browser = await chromium.launch({
  executablePath,
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
})
try {
  for (const colorScheme of ['light', 'dark']) {
    await startPage(browser, colorScheme)
    await playground(browser, colorScheme)
  }
  await ownOperation(browser)
  await documentation(browser)
  await narrow(browser)
} finally {
  await browser.close()
  server.stop()
}

if (problems.length > 0) {
  console.error(`\n${problems.length} problems:\n${problems.join('\n')}`)
  process.exit(1)
}
console.log('\nall good')
