// The pages in a real browser, against bin/opsmap or a server that runs already:
//
//   npm run test:browser
//   BASE_URL=http://127.0.0.1:8080 SCREENSHOTS=test-results npm run test:browser
import { empty, failing } from './conditions.mjs'
import { everyView, firstPaint, fromStart, keyboard, moves, search, states, whatIf, writes } from './explorer.mjs'
import { browser, problems, server } from './harness.mjs'
import { keysOnly } from './keys.mjs'
import { leaks } from './leaks.mjs'
import { details, filters, thousands } from './map.mjs'
import { board, boardLevels, boardOffline } from './board.mjs'
import { documents, gaps, onceOnly, season, seasonApply, seasonRules, votes } from './meetups.mjs'
import { documentation, narrowPlayground, ownOperation, playground, viewAsAndExplain } from './playground.mjs'
import { everyControl, wrongStates } from './states.mjs'

/** A token of the server under test, by the owner's own command. */
function tokenFor(clearance, role, ...more) {
  return JSON.parse(server.run('token', 'create', '--json', '--clearance', clearance, '--role', role, ...more)).token
}

try {
  await firstPaint(browser)
  await fromStart(browser)
  await moves(browser)
  await search(browser)
  await whatIf(browser)
  await states(browser)
  await keyboard(browser)
  await filters(browser)
  await details(browser)
  await season(browser)
  await seasonRules(browser)
  await everyControl(browser)
  await wrongStates(browser)
  await keysOnly(browser)
  await failing(browser)
  if (server.run) {
    await empty(browser)
    await thousands(browser)
    await leaks(browser)
  }
  await everyView(browser)
  if (server.run) {
    const token = tokenFor('green', 'contributor', '--person', 'goern')
    await writes(browser, token)
    await votes(browser, token)
    await onceOnly(browser, token)
    const curator = tokenFor('amber', 'curator', '--person', 'goern')
    await board(browser, token, curator)
    await boardLevels(browser, curator)
    await boardOffline(browser, server, curator)
    await seasonApply(browser, curator)
    await documents(browser, curator)
    await gaps(browser, token)
  }
  for (const colorScheme of ['light', 'dark']) await playground(browser, colorScheme)
  await ownOperation(browser)
  if (server.run) await viewAsAndExplain(browser, tokenFor('amber', 'curator'))
  await documentation(browser)
  await narrowPlayground(browser)
} finally {
  await browser.close()
  server.stop()
}

if (problems.length > 0) {
  console.error(`\n${problems.length} problems:\n${problems.join('\n')}`)
  process.exit(1)
}
console.log('\nall good')
