// Meetups in a browser: votes, the season, the documents of a meeting and the live board.
import { accessible, base, check, open } from './harness.mjs'

/** Lets a page ask with a token, as its reader would. */
export async function use(page, token) {
  await page.locator('.viewer summary').click()
  await page.getByLabel('Token').fill(token)
  await page.getByRole('button', { name: 'Use this token' }).click()
  await page.keyboard.press('Escape')
}

/** Asks the server without a browser. */
export async function ask(query, variables = {}, token = '') {
  const answer = await fetch(new URL('graphql', base), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await answer.json()
  if (errors) throw new Error(`${query}: ${errors[0].message}`)
  return data
}

/** A vote is taken back from another page than the one it was cast on, and two clicks are one vote. */
export async function votes(browser, token) {
  const page = await open(browser, '/?view=meetups')
  await use(page, token)
  const row = page.locator('table.plain tbody tr', { hasText: 'Resource clean-up' })
  const cell = row.locator('td').first()
  const before = parseInt(await cell.textContent(), 10)
  await row.getByRole('button', { name: /^Vote for/ }).dblclick()
  await row.getByRole('button', { name: /^Take back/ }).waitFor()
  check(parseInt(await cell.textContent(), 10) === before + 1, 'two clicks are one vote')
  await page.reload({ waitUntil: 'networkidle' })
  await row.getByRole('button', { name: /^Take back/ }).click()
  await row.getByRole('button', { name: /^Vote for/ }).waitFor()
  check(parseInt(await cell.textContent(), 10) === before, 'a vote is taken back after the page was loaded anew')
  await page.context().close()
}

/** The same mutation, sent again, is written once; what is wrong with a field is said beside it. */
export async function onceOnly(browser, token) {
  const page = await open(browser, '/?view=portability&from=vsphere&to=osism&verdict=UNKNOWN')
  await use(page, token)
  const first = page.locator('.moves tbody button').first()
  await first.click()
  await page.locator('form.note').waitFor()
  const address = await page.locator('.proof a.act').getAttribute('href')
  const practice = new URL(page.url()).searchParams.get('practice')
  const { portability } = await ask(
    'query($p: String!) { portability(practice: $p, from: "vsphere", to: "osism") { contributeUrl } }',
    { p: practice },
  )
  check(address === portability.contributeUrl, 'the form of an unknown cell is that of the API')
  const level = page.locator('form.note').getByLabel('Who may see it')
  check((await level.inputValue()) === 'green', 'the form says who may see what is written')
  const wrong = page.locator('form.note .wrong')
  await page.getByLabel('In one sentence').fill('Twice sent,\u0007 once written.')
  await page.getByRole('button', { name: 'Add it to the map' }).click()
  await page.locator('form.note textarea[aria-invalid=true]').waitFor()
  check((await wrong.textContent()).includes('control characters'), 'what is wrong with a field is said beside it')
  // The answer to the first attempt is lost on its way.
  let lost = 0
  await page.route(
    (url) => url.pathname.endsWith('/graphql'),
    async (route) => {
      if (route.request().postData()?.includes('recordNote') && lost++ === 0) {
        await route.fetch()
        return route.fulfill({ status: 200, contentType: 'text/plain', body: '' })
      }
      return route.continue()
    },
  )
  await page.getByLabel('In one sentence').fill('Sent again, written once.')
  await page.getByRole('button', { name: 'Add it to the map' }).click()
  await page.locator('form.note [role=alert]', { hasText: 'nothing else' }).waitFor()
  await page.getByRole('button', { name: 'Add it to the map' }).click()
  await page.locator('.proof .reasons', { hasText: 'Sent again, written once.' }).waitFor()
  const { portabilityNotes } = await ask(
    '{ portabilityNotes(where: {practice: {key: {eq: "' +
      practice +
      '"}}, from: {key: {eq: "vsphere"}}, to: {key: {eq: "osism"}}}) { totalCount } }',
    {},
    token,
  )
  check(
    portabilityNotes.totalCount === 1,
    `an attempt that is repeated is written once (${portabilityNotes.totalCount})`,
  )
  await page.context().close()
}

const seasonAt = '/?view=meetups&part=season&series=open-operations&dates=2037-01-13,2037-02-10,2037-03-10'

/** Lock, plan again, why: without a mouse, and all of it in the address. */
export async function season(browser) {
  const page = await open(browser, seasonAt)
  const slots = page.locator('.slot')
  await slots.nth(2).locator('.topic').waitFor()
  const topicOf = (n) => slots.nth(n).locator('.topic a').textContent()
  const before = await topicOf(0)
  await slots
    .nth(0)
    .getByRole('button', { name: /^Why this slot/ })
    .focus()
  await page.keyboard.press('Enter')
  await slots.nth(0).getByText('never covered before').waitFor()
  check(page.url().includes('why=2037-01-13'), 'why a slot is as it is stands in the address')
  const other = slots.nth(0).locator('.next-best button').first()
  await other.focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction((t) => document.querySelector('.slot .topic a')?.textContent !== t, before)
  check(/lock=2037-01-13/.test(page.url()), 'another topic is taken with the keyboard, and is locked')
  const locked = await topicOf(0)
  check(
    new Set([await topicOf(0), await topicOf(1), await topicOf(2)]).size === 3,
    'planned again around what is locked',
  )
  await page.getByLabel('Put War stories and failure nights on a date').selectOption('2037-02-10')
  await page.waitForFunction(
    () => document.querySelectorAll('.slot .topic a')[1]?.textContent === 'War stories and failure nights',
  )
  const shared = await open(browser, page.url().slice(page.url().indexOf('/?')))
  await shared.locator('.slot').nth(2).locator('.topic').waitFor()
  const shown = (p) => p.locator('.slots').innerText()
  check((await shown(shared)) === (await shown(page)), 'whoever opens the address sees the same plan')
  check((await shared.locator('.slot .topic a').first().textContent()) === locked, 'with the same locks')
  await shared.context().close()
  await slots.nth(0).getByRole('button', { name: /^Lock/ }).click()
  await page.waitForFunction(() => !location.search.includes('2037-01-13%3D'))
  await page.waitForFunction((t) => document.querySelector('.slot .topic a')?.textContent === t, before)
  check(true, 'without its lock a slot is planned as before')
  await page.emulateMedia({ media: 'print' })
  check(
    !(await page.locator('.season-pool').isVisible()) && (await slots.nth(0).locator('.reason').isVisible()),
    'on paper there is the plan with its reasons',
  )
  await page.context().close()
}

/** A season that cannot be, and one that a rule less makes possible. */
export async function seasonRules(browser) {
  const page = await open(browser, `${seasonAt}&layers=iaas`)
  await page.getByText('With one rule given up').waitFor()
  await page.getByRole('button', { name: 'Let the same layer be in focus twice in a row' }).click()
  await page.waitForFunction(() => document.querySelectorAll('.slot .topic').length === 3)
  check(page.url().includes('spacing=0'), 'a rule that is given up stands in the address')
  await page.goto(new URL('?view=meetups&part=season&dates=2037-01-13&lock=2037-01-13=nothing', base).href)
  await page.getByRole('button', { name: 'Plan without what is locked' }).click()
  await page.locator('.slot .topic').waitFor()
  check(true, 'a lock on what is not there can be let go')
  await page.context().close()
}

/** A curator writes down what is shown. */
export async function seasonApply(browser, curator) {
  const page = await open(browser, `${seasonAt}&at=18%3A00&zone=Europe%2FBerlin`)
  await use(page, curator)
  await page.getByRole('button', { name: 'Write down 3 meetings' }).click()
  await page.getByText('3 meetings with their sessions are on the map').waitFor()
  const topics = await page.locator('.slot .topic a').allTextContents()
  const { meetings } = await ask(
    '{ meetings(where: {key: {startsWith: "open-operations-2037"}}, orderBy: [{startsAt: ASC}]) { nodes { startsAt sessions { nodes { title } } } } }',
  )
  check(
    JSON.stringify(meetings.nodes.map((m) => m.sessions.nodes[0].title)) === JSON.stringify(topics),
    'what was shown is written down',
  )
  check(meetings.nodes[0].startsAt === '2037-01-13T17:00:00Z', 'with its hour')
  await page.getByRole('button', { name: 'Write down 3 meetings' }).click()
  await page.getByText('3 meetings with their sessions are on the map').waitFor()
  await page.getByRole('link', { name: 'Look at them' }).click()
  await page.locator('.card.next').waitFor()
  check((await page.locator('.card', { hasText: '2037' }).count()) === 3, 'the meetings are there, each once')
  await page.context().close()
}

/** What is sent around, as it looks and as it is; nothing of it is taken for HTML. */
export async function documents(browser, curator) {
  const { createMeeting } = await ask(
    'mutation($in: CreateMeetingInput!) { createMeeting(input: $in) { meeting { key } } }',
    { in: { title: '<img src=x onerror=alert(1)> and *stars*', date: '2036-12-01', level: 'green' } },
    curator,
  )
  const { key } = createMeeting.meeting
  const path = `/?view=meetups&part=documents&meeting=${key}`
  const stranger = await open(browser, path)
  await stranger.getByText('There is no such meeting, or it is not for you.').waitFor()
  await stranger.context().close()
  const page = await open(browser, path, { permissions: ['clipboard-read', 'clipboard-write'] })
  await use(page, curator)
  const paper = page.locator('.paper')
  await paper.getByText('<img src=x onerror=alert(1)> and *stars*').waitFor()
  check((await paper.locator('img').count()) === 0, 'a title in a document stays text')
  check(
    (await page.locator('.document .tools .level').getAttribute('data-level')) === 'green',
    'a document says how far it may travel',
  )
  const text = await (
    await fetch(new URL(`meetings/${key}/announcement.md`, base), { headers: { authorization: `Bearer ${curator}` } })
  ).text()
  await page.getByRole('button', { name: 'Copy the Markdown' }).click()
  await page.getByText('Copied.').waitFor()
  check((await page.evaluate(() => navigator.clipboard.readText())) === text, 'its Markdown is copied as it is')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download (.md)' }).click(),
  ])
  check(file.suggestedFilename() === `${key}-announcement.md`, 'and downloaded')
  await page.getByRole('combobox', { name: /^Document/ }).selectOption('minutes')
  await paper.getByText('Participants').waitFor()
  check(page.url().includes('document=minutes'), 'which document stands in the address')
  await page.goto(new URL('?view=meetups', base).href)
  const calendar = await page.getByRole('link', { name: 'Subscribe to the calendar' }).getAttribute('href')
  const answer = await fetch(calendar.replace(/^webcal:/, 'http:'))
  check(
    calendar.startsWith('webcal://') && answer.ok && answer.headers.get('content-type').startsWith('text/calendar'),
    'the address to subscribe to has a calendar',
  )
  const news = await fetch(
    new URL(await page.getByRole('link', { name: 'News of topics (Atom)' }).getAttribute('href'), base),
  )
  check(news.ok && news.headers.get('content-type').startsWith('application/atom+xml'), 'and there are news of topics')
  await page.context().close()
}

/** What nobody has said of a platform is written at once, and is no gap any more. */
export async function gaps(browser, token) {
  const page = await open(browser, '/?view=contribute&platform=proxmox')
  await page.locator('.gaps li').first().waitFor()
  check((await page.locator('.at-once').count()) === 0, 'without a token a gap leads to the form')
  await use(page, token)
  // With the token everything is asked anew; until that is there, no gap is.
  await page.locator('.gaps .at-once').first().waitFor()
  const before = await page.locator('.gaps li').count()
  const first = page.locator('.gaps li').first()
  const title = await first.locator('strong').textContent()
  await first.getByText('Write it at once').click()
  await first
    .getByLabel('In one sentence')
    .or(first.getByLabel('How, in one sentence'))
    .first()
    .fill('As the test found it.')
  await accessible(page, 'the form of a gap')
  await first.getByRole('button', { name: 'Add it to the map' }).click()
  await page.waitForFunction((n) => document.querySelectorAll('.gaps li').length === n - 1, before)
  check((await first.locator('strong').textContent()) !== title, `what was said is no gap any more (${title})`)
  const last = page.locator('.gaps li', { hasText: 'How is it done there?' }).first()
  await last.getByText('Write it at once').click()
  await last.getByLabel('How, in one sentence').fill('By hand.')
  await last.getByRole('button', { name: 'Add it to the map' }).click()
  await page.waitForFunction((n) => document.querySelectorAll('.gaps li').length === n - 2, before)
  check(true, 'nor is how something is done there')
  await page.context().close()
}
