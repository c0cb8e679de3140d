// Invented maps, larger or more secret than the one that ships, loaded by the owner's own command.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const layers = ['hardware-dc', 'iaas', 'containers', 'platform', 'applications']
const topicKinds = ['TOPIC', 'QUESTION', 'RECURRING_ISSUE', 'STORY_OFFER']
const practiceKinds = ['RUNBOOK', 'AUTOMATION', 'RECOVERY', 'DEBUGGING', 'CONFIGURATION', 'PROCESS']
const things = [
  'the message broker',
  'a storage node',
  'the image registry',
  'expired certificates',
  'noisy neighbours',
]

/** What is loaded is JSON, which is YAML. */
export function load(server, records, ...options) {
  const folder = mkdtempSync(join(tmpdir(), 'opsmap-world-'))
  try {
    writeFileSync(join(folder, 'world.yaml'), JSON.stringify(records))
    return server.run('load', '--level', 'clear', ...options, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const source = [{ uri: 'an invented world', kind: 'OTHER' }]

/** As many topics and practices as are wanted, three topics to a practice, spread over the layers. */
export function manyOf(count) {
  const topics = []
  const practices = []
  for (let i = 0; i < count; i++) {
    const about = `${things[i % things.length]} (${i})`
    const common = { layers: [layers[(i * 7) % layers.length]], sources: source }
    if (i % 4 === 0)
      practices.push({
        key: `many-practice-${i}`,
        title: `What to do about ${about}`,
        kind: practiceKinds[(i / 4) % practiceKinds.length],
        actor: 'BOTH',
        status: 'PREDEFINED',
        signals: [`Signal ${i} is red`],
        ...(i > 0 ? { dependsOn: [`many-practice-${i - 4}`] } : {}),
        ...common,
      })
    else
      topics.push({
        key: `many-topic-${i}`,
        title: `Who has seen ${about}?`,
        kind: topicKinds[i % topicKinds.length],
        status: 'CONFIRMED',
        practices: [`many-practice-${i - (i % 4)}`],
        ...common,
      })
  }
  return { topics, practices }
}
