// The map in a browser: filters, details and their neighbours, platforms, and maps of thousands.
import { accessible, answerOf, check, open, shoot } from './harness.mjs'
import { startServer } from './server.mjs'
import { load, manyOf } from './world.mjs'

const shown = (page) =>
  page.evaluate(() => [...new Set([...document.querySelectorAll('[data-id]')].map((e) => e.dataset.id))].sort())

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)

/** Each filter leaves what the server leaves by the question that is shown. */
export async function filters(browser) {
  for (const search of [
    'layer=iaas',
    'type=topic',
    'kind=RECOVERY',
    'status=PROPOSED&type=topic',
    'level=clear&layer=-',
    'platform=OSISM&from=vmware',
    'platform=proxmox',
    'platform=osism&from=vsphere&moves=REWORK',
  ]) {
    const page = await open(browser, `/?view=map&${search}`)
    await page.locator('.lane .item').first().waitFor()
    const here = await shown(page)
    const link = page.getByRole('link', { name: 'Show the query', exact: true }).first()
    const { data } = await answerOf(page, await link.getAttribute('href'))
    const there = [...data.topics.nodes, ...data.practices.nodes].map((n) => n.id).sort()
    check(here.length > 0 && same(here, there), `${search}: the query gives the ${there.length} that are shown`)
    await page.getByLabel('as a table').check()
    await page.locator('table.plain tbody tr').first().waitFor()
    check(same(await shown(page), here), `${search}: the table holds the same`)
    await page.context().close()
  }
}

/** From one record to its neighbours and back, without a mouse. */
export async function details(browser) {
  const page = await open(browser, '/?view=map&layer=iaas')
  await page.locator('[data-id="Practice:live-migrate-before-maintenance"]').focus()
  await page.keyboard.press('Enter')
  const heading = page.locator('.proof h2')
  await heading.waitFor()
  const focused = () => page.evaluate(() => document.activeElement?.tagName + ' ' + document.activeElement?.textContent)
  check((await focused()).startsWith('H2 Empty a hypervisor'), 'the details take the focus')
  check((await page.locator('.item.linked').count()) > 0, 'what it is linked to is marked')
  check((await page.locator('.lines path').count()) > 0, 'and lines lead there')
  check((await page.locator('.proof .sources li').count()) > 0, 'the details name their sources')
  await page.locator('.proof').getByRole('link', { name: 'Clean left-over ports', exact: false }).press('Enter')
  await page.waitForFunction(() => document.activeElement?.textContent?.startsWith('Clean left-over'))
  check(page.url().includes('layer=iaas'), 'a neighbour is moved to, and the filter stays')
  await page.goBack()
  await page.waitForFunction(() => document.activeElement?.textContent?.startsWith('Empty a hypervisor'))
  await page.keyboard.press('Escape')
  await heading.waitFor({ state: 'detached' })
  await page.waitForFunction(() => document.activeElement?.closest('.lane, #content') !== null)
  check(!(await focused()).startsWith('BODY'), 'Escape closes them, and the focus stays on the map')
  await page.context().close()
}

/** A map of 2,000 is shown one by one, a map of 5,000 in groups; neither draws more than a browser is good for. */
export async function thousands(browser) {
  const server = await startServer()
  const site = new URL(server.url)
  load(server, manyOf(2000))
  const page = await open(browser, '/?view=map', { site })
  await page.locator('.lane .item').first().waitFor()
  const ids = await shown(page)
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length)
  check(ids.length > 2000, `a map of 2,000 shows each of them (${ids.length})`)
  check(nodes < 6 * ids.length, `with ${nodes} elements`)
  await page.getByLabel('as a table').check()
  await page.locator('table.plain tbody tr').first().waitFor()
  check((await page.locator('table.plain tbody tr').count()) === 200, 'its table begins with 200 rows')
  await page.getByRole('button', { name: /more rows of/ }).click()
  await page.waitForFunction(() => document.querySelectorAll('table.plain tbody tr').length === 400)
  await page.context().close()
  load(server, { topics: manyOf(5000).topics, practices: manyOf(5000).practices })
  await groups(browser, site)
  server.stop()
}

async function groups(browser, site) {
  const page = await open(browser, '/?view=map', { site })
  const group = page.locator('.lane', { hasText: 'IaaS' }).locator('.group.topic', { hasText: 'question' })
  await group.waitFor()
  check((await shown(page)).length === 0, 'a map of 5,000 is counted')
  const counted = await page.evaluate(() =>
    [...document.querySelectorAll('.group strong')].reduce((sum, e) => sum + Number(e.textContent), 0),
  )
  check(counted >= 5000, `nothing is left out of the counts (${counted})`)
  await accessible(page, 'the map of 5,000')
  await group.focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.querySelectorAll('[data-id]').length === 100)
  const more = page.getByRole('button', { name: /more of/ })
  await more.press('Enter')
  await page.waitForFunction(() => document.querySelectorAll('[data-id]').length === 200)
  check(page.url().includes('open=iaas%3Atopic%3AQUESTION%3A200'), 'a group opens without a mouse, page by page')
  await page.reload({ waitUntil: 'networkidle' })
  await page.waitForFunction(() => document.querySelectorAll('[data-id]').length === 200)
  check(true, 'and the address opens it again')
  await shoot(page, 'map-of-thousands')
  await page.getByLabel('Layer', { exact: true }).selectOption('iaas')
  await page.waitForFunction(() => document.querySelectorAll('[data-id]').length > 900)
  check(true, 'narrowed to a layer, it is shown one by one')
  await page.context().close()
}
