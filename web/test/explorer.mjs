// The explorer in a browser: the main path of each view, and axe on each.
import { gzipSync } from 'node:zlib'
import { readFileSync } from 'node:fs'
import { accessible, answerOf, check, open, questions, shoot } from './harness.mjs'

/** The views with what shows that their answer is there. */
export const views = [
  { name: 'start', path: '/', shows: 'text=On this map:' },
  { name: 'moves', path: '/?view=portability&from=vsphere&to=osism', shows: '.moves tbody tr' },
  {
    name: 'proof',
    path: '/?view=portability&from=aws&to=osism&practice=volume-snapshots',
    shows: '.proof h2, .problem',
  },
  { name: 'heat-map', path: '/?view=portability&all=yes', shows: '.heat tbody td' },
  { name: 'compare', path: '/?view=compare&a=proxmox&b=osism', shows: 'table.plain tbody tr' },
  { name: 'exit', path: '/?view=exit&from=aws&to=osism', shows: '.curve .dot' },
  { name: 'map', path: '/?view=map', shows: '.lane .item' },
  { name: 'map-table', path: '/?view=map&as=table', shows: 'table.plain tbody tr' },
  { name: 'meetups', path: '/?view=meetups', shows: 'table.plain tbody tr' },
  {
    name: 'season',
    path: '/?view=meetups&part=season&dates=2037-01-13,2037-02-10&lock=2037-01-13=war-stories&why=2037-02-10',
    shows: '.slot .topic',
  },
  { name: 'documents', path: '/?view=meetups&part=documents', shows: '.paper h2' },
  { name: 'board', path: '/?view=meetups&part=board', shows: '.empty' },
  { name: 'search', path: '/?view=search&q=RPC+MessagingTimeout', shows: '.hits mark' },
  { name: 'contribute', path: '/?view=contribute&platform=proxmox', shows: '.gaps li' },
]

/** No more script than this is loaded before the playground is asked for, in bytes as they travel. */
const mostScript = 250_000

async function wide(page, what) {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  check(overflow <= 0, `${what} fits its screen`)
}

/** A view and its panels show their queries, which have an answer, and give their files. */
async function tools(page, what) {
  const links = await page.locator('.tools a[href*="playground#query"]').all()
  check(links.length > 0, `${what}: shows its query`)
  for (const link of links) {
    const { data, errors } = await answerOf(page, await link.getAttribute('href'))
    check(!errors && Object.values(data ?? {}).some((v) => v !== null), `${what}: its query has an answer`)
  }
  for (const name of ['As CSV', 'As Markdown'])
    check((await page.getByRole('button', { name, exact: true }).count()) > 0, `${what}: there is ${name}`)
}

/** Each view, light and dark, on a desk and in a hand. */
export async function everyView(browser) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [device, viewport] of [
      ['desktop', { width: 1400, height: 900 }],
      ['phone', { width: 390, height: 800 }],
    ]) {
      for (const view of views) {
        const what = `${view.name}, ${colorScheme}, ${device}`
        const page = await open(browser, view.path, { colorScheme, viewport })
        await page.locator(view.shows).first().waitFor()
        check((await page.locator('h1').count()) === 1, `${what}: one heading names the view`)
        await wide(page, what)
        await accessible(page, what)
        await shoot(page, `${view.name}-${colorScheme}-${device}`)
        if (colorScheme === 'light' && device === 'desktop') await tools(page, what)
        await page.context().close()
      }
    }
  }
}

/** The way of a newcomer: from the start to what is in the way of a move, and to where one adds what one knows. */
export async function fromStart(browser) {
  const scripts = []
  const page = await open(browser, '/', {}, (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body().catch(() => Buffer.alloc(0)))
  })
  const bytes = (await Promise.all(scripts)).reduce((sum, body) => sum + gzipSync(body).length, 0)
  check(bytes <= mostScript, `/ loads ${bytes} bytes of script, compressed`)
  for (const { text } of questions) {
    check((await page.getByRole('link', { name: text, exact: true }).count()) === 1, `/ links to: ${text}`)
  }
  await page.getByRole('link', { name: 'Which practices port from VMware to OpenStack?' }).click()
  await page.locator('.moves tbody tr').first().waitFor()
  check(page.url().includes('view=portability'), 'the first question leads to what moves')
  await page.locator('.summary button', { hasText: 'unknown' }).click()
  await page.locator('.moves tbody button').first().click()
  const add = page.getByRole('link', { name: 'You know? Add it' })
  await add.waitFor()
  const form = new URL(await add.getAttribute('href'))
  check(form.searchParams.get('template') === 'portability-note.yml', 'what nobody said leads to a form')
  await page.context().close()
}

/** A line of a log finds the practice whose signals match. */
export async function search(browser) {
  const page = await open(browser, '/')
  const line = '2026-11-03T10:22:41Z compute-07 oslo.messaging RPC MessagingTimeout: timed out waiting for a reply'
  await page.getByRole('searchbox').fill(line)
  await page.keyboard.press('Enter')
  await page.locator('.hits li a').first().waitFor()
  check(
    (await page.locator('.hits li a').first().textContent()).includes('reconnect after a message broker restart'),
    'a line of a log finds the practice that helps',
  )
  await page.locator('.hits li a').first().click()
  await page.locator('.proof h2').waitFor()
  check(page.url().includes('view=map'), 'and leads to it on the map')
  await page.context().close()
}

/** From one platform to another, by alias, and back with the browser's own button. */
export async function moves(browser) {
  const page = await open(browser, '/?view=portability&from=vsphere&to=osism')
  await page.locator('.moves tbody tr').first().waitFor()
  const rows = await page.locator('.moves tbody tr').count()
  await page.locator('.summary button', { hasText: 'rework' }).click()
  await page.waitForFunction((n) => document.querySelectorAll('.moves tbody tr').length < n, rows)
  check(page.url().includes('verdict=REWORK'), 'a verdict can be picked, and stands in the address')
  await page.locator('.moves tbody button').first().click()
  await page.locator('.proof .premises li').first().waitFor()
  check((await page.locator('.proof .sources a').count()) > 0, 'the proof names its sources')
  await page.keyboard.press('Escape')
  await page.locator('.proof').waitFor({ state: 'detached' })
  check(true, 'Escape closes the proof')
  await page.goBack()
  await page.locator('.proof').waitFor()
  check(true, 'the way back opens it again')
  await page.getByRole('combobox', { name: 'From', exact: true }).fill('AWS')
  await page.waitForFunction(() => location.search.includes('from=aws'))
  check(true, 'an alias names a platform')
  await page.getByRole('combobox', { name: 'To', exact: true }).fill('nowhere at all')
  await page.getByText('No platform has that name').waitFor()
  check(true, 'a name nobody has is said to be so')
  await page.context().close()
}

/** The heat map without a mouse. */
export async function keyboard(browser) {
  const page = await open(browser, '/?view=portability&all=yes')
  const cells = page.locator('.heat td button')
  await cells.first().waitFor()
  check(
    (await page.locator('.heat td button[tabindex="0"]').count()) === 1,
    'the heat map is one stop of the tabulator',
  )
  await page.locator('.heat td button[tabindex="0"]').focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowRight')
  const at = await page.evaluate(() => document.activeElement?.getAttribute('data-cell'))
  check(at === '1,1', `arrow keys walk from cell to cell (${at})`)
  await page.keyboard.press('Enter')
  await page.locator('.proof h2').waitFor()
  const focused = await page.evaluate(() => document.activeElement?.tagName)
  check(focused === 'H2', 'Enter opens the proof and goes there')
  await page.context().close()
}

/** What a platform offers, and how a practice fares, taken to be otherwise. */
export async function whatIf(browser) {
  const page = await open(browser, '/?view=portability&from=vsphere&to=osism')
  const stated = await page.locator('.summary').textContent()
  await page.getByText(/What if .* offered something else/).click()
  await page.getByLabel('Load balancers as a service').selectOption('NO')
  await page.locator('.moves .was').first().waitFor()
  check(page.url().includes('if=osism%3Albaas%3ANO'), 'what is taken to be so stands in the address')
  await accessible(page, 'what if')
  await shoot(page, 'what-if')
  const saved = async (name) => {
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name, exact: true }).first().click(),
    ])
    return `${file.suggestedFilename()}\n${readFileSync(await file.path(), 'utf8')}`
  }
  const csv = (await saved('As CSV')).split('\n')
  check(
    csv[0] === 'portability-vsphere-osism-what-if.csv' && csv[1].endsWith('"what if, not as it is"\r'),
    `the CSV says that it is what if (${csv[1]})`,
  )
  check(
    csv.slice(2, -1).every((row) => row.includes('lbaas: no')),
    'and in each row what is taken to be so',
  )
  const markdown = await saved('As Markdown')
  check(/\*\*What if, not as it is\.\*\*[^]*- .*lbaas: no\n/.test(markdown), 'so does the Markdown')
  await page.locator('.moves tbody button').first().click()
  await page.locator('.proof h2').waitFor()
  await page.getByLabel('What if it were').selectOption('BLOCKED')
  await page.locator('.proof .badge.BLOCKED').first().waitFor()
  check(true, 'a verdict can be taken to be another')
  await reloaded(page, 'what if')
  await page.getByRole('button', { name: 'As it is' }).click()
  await page.waitForFunction((text) => document.querySelector('.summary')?.textContent === text, stated)
  check(!page.url().includes('if='), 'and as it is again')
  await page.getByLabel('Told as').selectOption('TENANT')
  await page.waitForFunction((text) => document.querySelector('.summary')?.textContent !== text, stated)
  check(page.url().includes('actor=TENANT'), 'a tenant has other practices than an operator')
  await page.context().close()
}

/** The same address shows the same. */
async function reloaded(page, what) {
  const text = () => page.evaluate(() => document.getElementById('content')?.innerText)
  const before = await text()
  await page.reload({ waitUntil: 'networkidle' })
  await page
    .waitForFunction((wanted) => document.getElementById('content')?.innerText === wanted, before, { timeout: 10_000 })
    .catch(() => {})
  check((await text()) === before, `${what}: the address carries all that is shown`)
}

/** Everything that a view was asked stands in its address. */
export async function states(browser) {
  for (const [path, shows] of [
    ['/?view=portability&from=vsphere&all=yes&actor=OPERATOR&practice=dns-automation&cell=aws', '.proof h2'],
    ['/?view=exit&from=aws&to=osism&actor=TENANT&if=osism%3Adnsaas%3ANO', '.curve .dot'],
  ]) {
    const page = await open(browser, path)
    await page.locator(shows).first().waitFor()
    await reloaded(page, path)
    await page.context().close()
  }
}

/** Whoever has a contributor's token writes at once; anybody else is led to the form. */
export async function writes(browser, token) {
  const page = await open(browser, '/?view=portability&from=vsphere&to=osism&verdict=UNKNOWN')
  const first = page.locator('.moves tbody button').first()
  await first.waitFor()
  const practice = await first.textContent()
  await first.click()
  await page.getByRole('link', { name: 'You know? Add it' }).waitFor()
  check((await page.locator('form.note').count()) === 0, 'nobody writes without a token')
  await page.locator('.viewer summary').click()
  await page.getByLabel('Token').fill(token)
  await page.getByRole('button', { name: 'Use this token' }).click()
  await page.locator('form.note').waitFor()
  await page.getByLabel('Verdict', { exact: true }).selectOption('REWORK')
  await page.getByLabel('In one sentence').fill('Written by the test of the explorer.')
  await accessible(page, 'the form of a note')
  await shoot(page, 'note')
  await page.getByRole('button', { name: 'Add it to the map' }).click()
  await page.locator('.proof .reasons', { hasText: 'Written by the test of the explorer.' }).waitFor()
  check(true, `what was written is the answer at once (${practice})`)
  const wasConfirmed = page.locator('.premises', { hasText: 'works for 1 more' })
  await page.getByRole('button', { name: 'Works for me too' }).first().click()
  await wasConfirmed.waitFor()
  check(true, 'one click says that it works for me too')
  await page.context().close()
}

/** What the browser says about the first paint; a number to read, not one to fail by. */
export async function firstPaint(browser) {
  const page = await open(browser, '/')
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime)
  console.log(`     first contentful paint of / after ${Math.round(paint)} ms`)
  await page.context().close()
}
