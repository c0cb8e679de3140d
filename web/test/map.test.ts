import { describe, expect, test, vi } from 'vitest'
import { parsePlace } from '../src/explorer/address'
import { parseAssumptions, readable } from '../src/explorer/assumptions'
import { toList } from '../src/explorer/download'
import { keeps, keptOf } from '../src/explorer/map/fares'
import { filtersOf, wheresOf } from '../src/explorer/map/filters'
import { openGroup, parseOpen, writeOpen } from '../src/explorer/map/groups'
import { lanesOf, type Item } from '../src/explorer/map/items'
import { neighboursOf } from '../src/explorer/map/neighbours'
import { misfitsOf } from '../src/explorer/parts/Misfits'
import { titleOf } from '../src/explorer/title'

// The modules look up the address of the page when they are loaded.
vi.hoisted(() => {
  vi.stubGlobal('document', { baseURI: 'http://map.test/' })
})

const filters = (search: string) => filtersOf(parsePlace(`?view=map&${search}`))
const layer = (key: string) => ({ key, name: key, summary: null, confidentiality: { key: 'clear' } })
const item = (id: string, layers: string[]): Item => ({
  id,
  title: id,
  type: id.startsWith('Topic') ? 'topic' : 'practice',
  kind: 'RUNBOOK',
  status: 'WANTED',
  level: 'clear',
  votes: 0,
  layers,
})

describe('lanes', () => {
  const world = {
    layers: [layer('apps'), layer('iaas')],
    total: 3,
    items: [item('Practice:a', ['iaas', 'apps']), item('Topic:b', []), item('Practice:c', ['hidden'])],
  }
  test('hold whatever lies on them, and last what lies on none that is seen', () => {
    const lanes = lanesOf(world, filters(''))
    expect(lanes.map((l) => [l.key, l.items.map((i) => i.id)])).toEqual([
      ['apps', ['Practice:a']],
      ['iaas', ['Practice:a']],
      ['-', ['Topic:b', 'Practice:c']],
    ])
  })
  test('are narrowed', () => {
    expect(lanesOf(world, filters('layer=-&type=topic')).map((l) => l.items.map((i) => i.id))).toEqual([['Topic:b']])
  })
})

describe('conditions', () => {
  test('choose nothing of a type that has no such word', () => {
    expect(wheresOf(filters('kind=RECOVERY&layer=iaas'))).toEqual({
      topics: { layers: { some: { key: { eq: 'iaas' } } }, key: { in: [] } },
      practices: { layers: { some: { key: { eq: 'iaas' } } }, kind: { eq: 'RECOVERY' } },
    })
    expect(wheresOf(filters('layer=-&type=topic')).topics).toEqual({ layers: { none: {} } })
  })
  test('keep what a platform leaves', () => {
    const fares = new Map([
      ['Practice:a', { runs: true }],
      ['Practice:b', { runs: false, verdict: 'BLOCKED' as const }],
      ['Practice:c', { runs: false, verdict: 'REWORK' as const }],
    ])
    expect(keptOf({ fares, topics: ['Topic:t'] }, '')).toEqual({ topics: ['t'], practices: ['a', 'c'] })
    expect(keeps(fares.get('Practice:b'), 'BLOCKED')).toBe(true)
    expect(keeps(undefined, 'known')).toBe(false)
  })
})

describe('open groups', () => {
  test('are read as they were written, within bounds', () => {
    const open = parseOpen('iaas:topic:QUESTION:200 x:planet:Y:1 :::: apps:practice:RUNBOOK:999999999 apps:topic:Z:5')
    expect(open.map((o) => o.shown)).toEqual([200, 100, 100])
    expect(writeOpen(open.slice(0, 1))).toBe('iaas:topic:QUESTION:200')
    expect(parseOpen('a:topic:b:50000')[0]?.shown).toBe(1000)
    expect(openGroup(open, open[0] as never, 0)).toHaveLength(2)
  })
})

describe('neighbours', () => {
  const node = (id: string) => ({
    distance: id === 'Practice:a' ? 0 : 1,
    node: { __typename: 'Practice' as const, id, key: id, label: id, confidentiality: { key: 'clear' } },
  })
  test('are told by what they are to it', () => {
    const links = [
      { from: 'Practice:a', name: 'dependsOn', to: 'Practice:b' },
      { from: 'Practice:c', name: 'dependsOn', to: 'Practice:a' },
      { from: 'Practice:b', name: 'dependsOn', to: 'Practice:c' },
    ]
    const around = { truncated: false, nodes: ['a', 'b', 'c'].map((k) => node(`Practice:${k}`)), links }
    expect(neighboursOf('Practice:a', around).map(([t, l]) => [t, l.map((n) => n.id)])).toEqual([
      ['Needs first', ['Practice:b']],
      ['Needed for', ['Practice:c']],
    ])
    expect(neighboursOf('Practice:a', null)).toEqual([])
  })
})

describe('addresses that mean nothing', () => {
  test('are told by name and value', () => {
    const place = parsePlace('?kind=toString&level=9&as=table&if=osism:lbaas:NO')
    const rules = { kind: { RUNBOOK: '' }, level: ['clear'], as: ['table'], if: readable, none: [] }
    expect(misfitsOf(place, rules)).toEqual([
      ['kind', 'toString'],
      ['level', '9'],
    ])
  })
  test('take nothing to be so', () => {
    expect(parseAssumptions('osism:lbaas:MAYBE a:b:c:UNKNOWN:WORKFLOW a:b:c:BLOCKED:LUCK')).toEqual([])
    expect(readable('osism:lbaas:NO  osism:dnsaas:YES')).toBe(true)
    expect(readable('osism:lbaas:NO x')).toBe(false)
  })
})

describe('titles', () => {
  test('say what is asked', () => {
    expect(titleOf(parsePlace(''))).toBe('opsmap: a map of cloud operations')
    expect(titleOf(parsePlace('?view=exit&from=aws&to=k8s'))).toBe('aws to k8s: Exit, opsmap')
    expect(titleOf(parsePlace('?view=map&id=Topic:etcd'))).toBe('etcd: Map, opsmap')
    expect(titleOf(parsePlace(`?view=search&q=${'x'.repeat(99)}`))).toBe(`${'x'.repeat(59)}…: Search, opsmap`)
  })
  test('lists hold no markup', () => {
    expect(toList(['a <b>', '*c*'])).toBe('- a \\<b\\>\n- \\*c\\*\n')
  })
})
