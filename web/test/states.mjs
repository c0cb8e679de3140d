// The address carries what a view is asked: every control, there and back, and what it holds that means nothing.
import { check, open, settled, visit } from './harness.mjs'

const pick = (name, value) => (page) => page.getByRole('combobox', { name, exact: true }).selectOption(value)
const type = (name, value) => (page) => page.getByRole('combobox', { name, exact: true }).fill(value)
const press = (name) => (page) => page.getByRole('button', { name }).first().click()
const tick = (name) => (page) => page.getByLabel(name).check()
const moves = '/?view=portability&from=vsphere&to=osism'
const season = '/?view=meetups&part=season&dates=2037-01-13'

/** A place, what is done there, and what then stands in the address. */
const controls = [
  [moves, type('From', 'AWS'), 'from=aws'],
  [moves, type('To', 'Proxmox VE'), 'to=proxmox'],
  [moves, press('Swap from and to'), 'from=osism'],
  [moves, tick('beside all other platforms'), 'all=yes'],
  [moves, pick('Told as', 'TENANT'), 'actor=TENANT'],
  [moves, press(/rework/), 'verdict=REWORK'],
  [moves, (page) => page.locator('.moves tbody button').first().click(), 'practice='],
  [moves, (page) => page.locator('.what-if summary').click(), 'what=osism'],
  [`${moves}&what=osism`, pick('Load balancers as a service', 'NO'), 'if=osism%3Albaas%3ANO'],
  [`${moves}&practice=dns-automation`, pick('What if it were', 'BLOCKED'), 'if=dns-automation'],
  [`${moves}&all=yes`, (page) => page.locator('.heat td button').nth(3).click(), 'cell='],
  ['/?view=compare', type('One', 'VMware'), 'a=vsphere'],
  ['/?view=compare', type('Other', 'AWS'), 'b=aws'],
  ['/?view=compare', pick('Told as', 'OPERATOR'), 'actor=OPERATOR'],
  ['/?view=compare', press(/only on one/), 'relation=ONLY_HERE'],
  ['/?view=compare&what=proxmox', pick('DNS as a service', 'YES'), 'if=proxmox%3Adnsaas%3AYES'],
  ['/?view=exit', type('Leave', 'VMware'), 'from=vsphere'],
  ['/?view=exit', type('for', 'Proxmox VE'), 'to=proxmox'],
  ['/?view=exit', pick('Told as', 'TENANT'), 'actor=TENANT'],
  ['/?view=exit&what=osism', pick('DNS as a service', 'NO'), 'if=osism%3Adnsaas%3ANO'],
  ['/?view=map', pick('Layer', 'iaas'), 'layer=iaas'],
  ['/?view=map', pick('What', 'topic'), 'type=topic'],
  ['/?view=map', pick('Kind', 'RECOVERY'), 'kind=RECOVERY'],
  ['/?view=map', pick('Status', 'WANTED'), 'status=WANTED'],
  ['/?view=map', pick('Level', 'clear'), 'level=clear'],
  ['/?view=map', type('On the platform', 'OSISM'), 'platform=osism'],
  ['/?view=map&platform=osism', type('coming from', 'vmware'), 'from=vsphere'],
  ['/?view=map&platform=osism&from=vsphere', pick('Keep what', 'REWORK'), 'moves=REWORK'],
  ['/?view=map', tick('as a table'), 'as=table'],
  ['/?view=map', (page) => page.locator('.lane .item').nth(2).click(), 'id='],
  ['/?view=meetups', pick('About', 'iaas'), 'about=iaas'],
  [season, (page) => page.getByRole('searchbox', { name: 'Topics about' }).fill('war'), 'words=war'],
  [season, (page) => page.locator('.more-rules summary').click(), 'open=rules'],
  ['/?view=contribute', type('A platform I know', 'OSISM'), 'platform=osism'],
]

/** Each control changes the address; the address brings back the same, and so does the browser's way back. */
export async function everyControl(browser) {
  const page = await open(browser, '/')
  for (const [path, act, wanted] of controls) {
    const before = await visit(page, path)
    await act(page)
    await page.waitForFunction((part) => location.search.includes(part), wanted)
    // A word that was typed stays as it was typed until the field is left.
    await page.evaluate(() => document.activeElement?.blur())
    const after = await settled(page)
    const title = await page.title()
    await page.reload()
    const again = await settled(page)
    check(again === after && (await page.title()) === title, `${path} with ${wanted}: loaded anew, it is the same`)
    // Unfolding something is no step of its own, nor is each letter of a filter.
    if (/^(what|open|words)=/.test(wanted)) continue
    await page.goBack()
    check((await settled(page)) === before, `${path} with ${wanted}: the way back leads back`)
  }
  await page.goForward()
  check((await settled(page)) !== '', 'and forth again')
  await page.context().close()
}

const script = encodeURIComponent('"><img src=x onerror="window.hit=1"><script>window.hit=1</script>')

/** Addresses that hold what means nothing, each with words that say so. */
const wrong = [
  [`/?view=${script}`, /which there is not/],
  [`/?view=portability&from=nowhere&to=${script}`, /from “nowhere” and to/],
  ['/?view=portability&verdict=SPLENDID&actor=NOBODY&all=maybe', /verdict “SPLENDID”/],
  ['/?view=portability&practice=no-such-practice', /There is no such practice/],
  [`/?view=portability&if=${script}`, /which there is not/],
  ['/?view=portability&if=osism:no-such-capability:NO', /No answer about what moves/],
  ['/?view=compare&a=nowhere&relation=odd', /a “nowhere” and relation “odd”/],
  ['/?view=exit&from=nowhere&to=osism', /from “nowhere”/],
  [`/?view=map&layer=nowhere&kind=${script}&level=9&rows=1e9&open=::::&id=nothing`, /layer “nowhere”/],
  ['/?view=map&platform=nowhere&from=nobody&moves=fast', /platform “nowhere”/],
  [`/?view=search&q=${script}`, /found|fits these words/],
  [`/?view=search&q=${'word+'.repeat(900)}`, /That is a long text/],
  [`/?view=contribute&platform=${script}`, /No platform|No answer|which there is not/],
]

/** Nothing that stands in an address breaks a page or runs in it. */
export async function wrongStates(browser) {
  const page = await open(browser, '/', { expected: true })
  for (const [path, words] of wrong) {
    const shown = await visit(page, path)
    check(words.test(shown), `${path.slice(0, 80)}: is said to be wrong`)
    check((await page.locator('h1').count()) === 1, `${path.slice(0, 80)}: and the view stands`)
    check((await page.evaluate(() => window.hit)) === undefined, `${path.slice(0, 80)}: and nothing runs`)
  }
  await page.context().close()
}
