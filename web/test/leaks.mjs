// Nothing above the level of whoever looks is ever sent to the browser: not in an answer, a page, a file or a title.
import { readFileSync } from 'node:fs'
import { check, open, visit } from './harness.mjs'
import { startServer } from './server.mjs'
import { load } from './world.mjs'

const groups = ['leak-circle']
const source = [{ uri: 'an invented world', kind: 'OTHER' }]

/** Words that stand in records of one level only. */
const marked = (level) => `Marker${level.replace('-', '')}quux`

/** Records of every type the explorer shows, all of one level, with its marker in every text. */
function secrets(level) {
  const word = marked(level)
  const red = level === 'red' ? { audience: groups } : {}
  const common = { confidentiality: level, ...red, sources: source }
  const key = (name) => `leak-${name}-${level}`
  return {
    layers: [{ key: key('layer'), name: `Layer ${word}`, ordinal: 90, summary: word, ...common }],
    solutions: [
      { key: key('platform'), name: `Platform ${word}`, aliases: [`Alias ${word}`], operatedBy: 'SELF', ...common },
    ],
    topics: [
      { key: key('topic'), title: `Topic ${word}`, summary: word, status: 'CONFIRMED', layers: ['iaas'], ...common },
    ],
    practices: [
      {
        key: key('practice'),
        title: `Practice ${word}`,
        summary: word,
        actor: 'BOTH',
        status: 'PREDEFINED',
        signals: [`signal ${word}`],
        steps: [word],
        layers: ['iaas'],
        dependsOn: ['dns-automation'],
        ...common,
      },
    ],
    stories: [
      {
        key: key('story'),
        title: `Story ${word}`,
        outcome: 'FAILURE',
        rootCause: word,
        distilledInto: ['dns-automation'],
        layers: ['iaas'],
        ...common,
      },
    ],
    meetings: [{ key: key('meeting'), title: `Meeting ${word}`, date: '2027-03-01', ...common }],
    portabilityNotes: [
      {
        practice: 'dns-automation',
        from: 'vsphere',
        to: 'osism',
        verdict: 'BLOCKED',
        reasons: [{ kind: 'WORKFLOW', text: `Reason ${word}`, verdict: 'BLOCKED' }],
        observedOn: '2026-11-01',
        basis: 'CITED',
        ...common,
        sources: [{ uri: `https://example.org/${word}`, kind: 'OTHER' }],
      },
    ],
  }
}

const places = [
  '/',
  '/?view=portability&from=vsphere&to=osism&practice=dns-automation',
  '/?view=portability&from=vsphere&all=yes',
  '/?view=compare&a=vsphere&b=osism',
  '/?view=exit&from=vsphere&to=osism',
  '/?view=map',
  '/?view=map&as=table&platform=osism&from=vsphere',
  '/?view=map&id=Practice:dns-automation',
  '/?view=map&id=Practice:leak-practice-red',
  '/?view=meetups',
  '/?view=contribute&platform=osism',
  '/?view=search&q=signal',
]

const files = ['/feeds/meetups.ics', '/feeds/topics.atom', '/portability/matrix.csv', '/portability/matrix.md']

/** What the buttons of a page give as files. */
async function filesOf(page) {
  const made = []
  for (const name of ['As CSV', 'As Markdown']) {
    for (const button of await page.getByRole('button', { name, exact: true }).all()) {
      if (!(await button.isEnabled())) continue
      const [file] = await Promise.all([page.waitForEvent('download'), button.click()])
      made.push(file.suggestedFilename(), readFileSync(await file.path(), 'utf8'))
    }
  }
  return made
}

/** A page that asks as somebody, and everything that has reached it. */
async function as(browser, site, [token, lower]) {
  const bodies = []
  const page = await open(browser, '/schema.graphql', { site, acceptDownloads: true }, (response) => {
    bodies.push(response.text().catch(() => ''))
  })
  await page.evaluate(
    ([secret, level]) => {
      sessionStorage.setItem('opsmap-token', secret)
      sessionStorage.setItem('opsmap-view-as', level)
    },
    [token, lower],
  )
  return { page, bodies }
}

/** What the server makes beside the pages: calendar, news, tables. */
async function documents(site, [token, lower]) {
  const headers = {
    ...(token ? { authorization: `Bearer ${token}` } : {}),
    ...(lower ? { 'opsmap-view-as': lower } : {}),
  }
  return Promise.all(files.map(async (file) => (await fetch(new URL(file, site), { headers })).text()))
}

/** Everything that is sent to somebody who looks at every view. */
async function everything(browser, site, who, name, hidden) {
  // Whoever may see all of it is only asked to see that there is something to hide.
  const looked = hidden.length > 0 ? places : places.slice(1, 2)
  const { page, bodies } = await as(browser, site, who)
  const told = await documents(site, who)
  for (const place of looked) {
    await visit(page, place)
    const here = [await page.content(), await page.title(), ...(await filesOf(page)), ...(await Promise.all(bodies))]
    bodies.length = 0
    told.push(...here)
    for (const level of hidden)
      if (here.some((text) => text.includes(marked(level)))) check(false, `${name}, ${place}: nothing ${level} is sent`)
  }
  await page.context().close()
  return told
}

/** Anonymous and lowered viewers over every view, and all that a token opens, to see that there is something. */
export async function leaks(browser) {
  const server = await startServer()
  const site = new URL(server.url)
  const levels = ['green', 'amber', 'red']
  for (const level of levels) load(server, secrets(level))
  const create = ['token', 'create', '--json', '--clearance', 'red', '--groups', groups.join(',')]
  const { token } = JSON.parse(server.run(...create))
  for (const [name, who, seen] of [
    ['anonymous', ['', ''], []],
    ['red, looking as green', [token, 'green'], ['green']],
    ['red', [token, ''], levels],
  ]) {
    const hidden = levels.filter((level) => !seen.includes(level))
    const told = await everything(browser, site, who, name, hidden)
    const has = (level) => told.some((text) => text.includes(marked(level)))
    for (const level of hidden) check(!has(level), `${name}: in ${told.length} texts, nothing ${level} is sent`)
    for (const level of seen) check(has(level), `${name}: what is ${level} is shown`)
  }
  server.stop()
}
