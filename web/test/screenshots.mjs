// The pictures of the README, taken from bin/opsmap into docs/: npm run screenshots
import { fileURLToPath } from 'node:url'
import { browser, open, problems, server } from './harness.mjs'

const docs = fileURLToPath(new URL('../../docs/', import.meta.url))

const pictures = [
  { file: 'start.png', path: '/', shows: 'text=On this map:' },
  {
    file: 'portability.png',
    path: '/?view=portability&from=vsphere&to=osism&practice=live-migrate-before-maintenance',
    shows: '.proof h2',
  },
  { file: 'heat-map.png', path: '/?view=portability&from=aws&all=yes', shows: '.heat tbody td' },
  { file: 'exit.png', path: '/?view=exit&from=aws&to=osism', shows: '.curve .dot' },
]

try {
  for (const { file, path, shows } of pictures) {
    const page = await open(browser, path, { viewport: { width: 1400, height: 860 } })
    await page.locator(shows).first().waitFor()
    await page.screenshot({ path: `${docs}${file}` })
    await page.context().close()
  }
} finally {
  await browser.close()
  server.stop()
}
if (problems.length > 0) {
  console.error(problems.join('\n'))
  process.exit(1)
}
