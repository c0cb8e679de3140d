import { describe, expect, test } from 'vitest'
import { addressOf, changed, parsePlace } from '../src/explorer/address'
import { parseAssumptions, sameSubject, writeAssumptions } from '../src/explorer/assumptions'
import { toCsv, toMarkdown } from '../src/explorer/download'
import { meant } from '../src/explorer/platforms'

describe('addresses', () => {
  test('an unknown view is the start', () => {
    expect(parsePlace('?view=nowhere').view).toBe('start')
    expect(parsePlace('').view).toBe('start')
    expect(parsePlace('?view=map&id=Topic%3Aetcd').get('id')).toBe('Topic:etcd')
  })
  test('values are carried, empty ones are not', () => {
    expect(addressOf('start')).toBe('./')
    expect(addressOf('exit', { from: 'aws', to: undefined })).toBe('./?view=exit&from=aws')
    expect(changed('?view=exit&from=aws', { from: undefined, to: 'k8s' })).toBe('./?view=exit&to=k8s')
  })
})

describe('tables', () => {
  const table = [
    ['what', 'note'],
    ['=1+1', 'a "quoted", one'],
    ['-x', '<b> | [link](x)'],
  ]
  test('CSV holds no formulas and quotes what has to be', () => {
    expect(toCsv(table)).toBe('what,note\r\n\'=1+1,"a ""quoted"", one"\r\n\'-x,<b> | [link](x)\r\n')
  })
  test('Markdown holds no markup of the content', () => {
    expect(toMarkdown(table)).toBe(
      '| what | note |\n| --- | --- |\n| =1+1 | a "quoted", one |\n| -x | \\<b\\> \\| \\[link\\](x) |\n',
    )
  })
})

describe('names of platforms', () => {
  const platform = (key: string, name: string, ...aliases: string[]) => ({
    __typename: 'Solution' as const,
    key,
    name,
    aliases,
    operatedBy: 'SELF' as const,
  })
  const all = [platform('osism', 'OSISM', 'OpenStack'), platform('kolla', 'Kolla', 'OpenStack'), platform('aws', 'AWS')]
  test('a key comes before a name, a name before an alias', () => {
    expect(meant(all, 'osism').map((p) => p.key)).toEqual(['osism'])
    expect(meant(all, ' KOLLA ').map((p) => p.key)).toEqual(['kolla'])
  })
  test('an alias of several names all of them', () => {
    expect(meant(all, 'openstack').map((p) => p.key)).toEqual(['osism', 'kolla'])
    expect(meant(all, 'nothing')).toEqual([])
  })
})

describe('assumptions', () => {
  const offer = { platform: 'osism', capability: 'dnsaas', state: 'NO' as const }
  const fares = {
    practice: 'dns-automation',
    from: 'vsphere',
    to: 'osism',
    verdict: 'BLOCKED' as const,
    kind: 'WORKFLOW' as const,
  }
  test('are read as they were written', () => {
    expect(parseAssumptions(writeAssumptions([offer, fares]))).toEqual([offer, fares])
    expect(parseAssumptions(undefined)).toEqual([])
    expect(parseAssumptions('half:said')).toEqual([])
  })
  test('are about one thing once', () => {
    expect(sameSubject(offer, { ...offer, state: 'YES' })).toBe(true)
    expect(sameSubject(offer, fares)).toBe(false)
  })
})
