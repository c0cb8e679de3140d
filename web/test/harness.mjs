// What the tests in a browser share: a server, a browser, and a page that reports whatever must not happen.
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
/** The questions that ship. */
export const questions = readdirSync(new URL('../src/questions/', import.meta.url))
  .sort()
  .map((file) => readFileSync(new URL(`../src/questions/${file}`, import.meta.url), 'utf8'))
  .map((document) => ({ text: document.match(/^# (.+)/)[1], name: document.match(/^query (\w+)/m)[1] }))

/** What is wrong, in sentences. */
export const problems = []
export function check(ok, what) {
  if (!ok) problems.push(what)
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${what}`)
}

/**
 * A page that reports whatever must not happen on any of ours. Another server than the one all share is named by its
 * site; with expected, what the console says of failed requests is no problem, for tests that make them fail.
 */
export async function open(
  browser,
  path,
  { site = base, expected = false, until = 'networkidle', ...options } = {},
  onResponse = () => {},
) {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, ...options })
  await context.route(
    (url) => url.origin !== site.origin && url.protocol.startsWith('http'),
    (route) => {
      problems.push(`${path}: a request leaves the server: ${route.request().url()}`)
      return route.abort()
    },
  )
  const page = await context.newPage()
  // The machine may be busy with other tests.
  page.setDefaultNavigationTimeout(90_000)
  page.on('console', (message) => {
    const ours = !expected || !message.text().startsWith('Failed to load resource')
    if (ours && ['error', 'warning'].includes(message.type())) problems.push(`${path}: console: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`${path}: ${error.stack ?? error.message}`))
  page.on('requestfailed', (request) => {
    // The page itself ends what it no longer wants to know.
    if (!expected && request.failure()?.errorText !== 'net::ERR_ABORTED')
      problems.push(`${path}: request failed: ${request.url()}`)
  })
  page.on('response', onResponse)
  under.set(page, 0)
  const count = (step) => (request) => {
    if (request.resourceType() === 'fetch') under.set(page, under.get(page) + step)
  }
  page.on('request', count(1))
  page.on('requestfinished', count(-1))
  page.on('requestfailed', count(-1))
  const response = await page.goto(new URL(path, site).href, { waitUntil: until })
  const policy = response.headers()['content-security-policy'] ?? ''
  check(response.ok(), `${path} answers ${response.status()}`)
  check(
    policy.includes("default-src 'self'") && !/script-src[^;]*unsafe|unsafe-eval/.test(policy),
    `${path} forbids inline scripts and eval`,
  )
  return page
}

/** How many questions of a page are under way. */
const under = new Map()

/** What a page shows once nothing is under way, but for what goes on, as a stream does, and it no longer changes. */
export async function settled(page) {
  const content = () => page.evaluate(() => document.getElementById('content')?.innerText ?? '')
  const patience = Date.now() + 4000
  let last = await content()
  for (let same = 0; same < 3;) {
    await page.waitForTimeout(40)
    const now = await content()
    const quiet = under.get(page) === 0 || Date.now() > patience
    same = now === last && now !== '' && quiet ? same + 1 : 0
    last = now
  }
  return last
}

/** What the server answers to the question that a link opens in the playground. */
export async function answerOf(page, href) {
  const link = new URL(href, page.url())
  const own = new URLSearchParams(link.hash.slice(1))
  const data = { query: own.get('query'), variables: JSON.parse(own.get('variables') ?? '{}') }
  return (await page.request.post(new URL('graphql', link).href, { data })).json()
}

/** Goes to another address of the same server, without a new context; what is shown there, settled. */
export async function visit(page, path) {
  await page.goto(new URL(path, page.url()).href)
  return settled(page)
}

/** Holds a page to what axe knows: nothing at all, or with lenient nothing serious in pages that others wrote. */
export async function accessible(page, what, lenient = false) {
  // Evaluated by the debugger, so the page's own policy stays in force for the page.
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => globalThis.axe.run())
  const bad = violations.filter((v) => !lenient || ['serious', 'critical'].includes(v.impact))
  for (const v of violations)
    console.log(`     axe ${v.impact}: ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)
  check(bad.length === 0, `${what}: axe finds nothing${lenient ? ' serious' : ''}`)
}

export async function shoot(page, name, options) {
  if (screenshots) await page.screenshot({ path: join(screenshots, `${name}.png`), ...options })
}

export const server = process.env.BASE_URL ? { url: process.env.BASE_URL, stop: () => undefined } : await startServer()
export const base = new URL(server.url)
export const browser = await chromium.launch({
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
