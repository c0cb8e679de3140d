import { describe, expect, it } from 'vitest'
import { parsePlace } from '../src/explorer/address.ts'
import {
  beside,
  command,
  firstDates,
  lock,
  parseLocks,
  questionOf,
  unlock,
  writeLocks,
} from '../src/explorer/season.ts'

const session = (key: string, state: 'IDEA' | 'CONFIRMED' | 'CANCELLED', topic: string, speaker?: string) => ({
  key,
  state,
  topics: { nodes: [{ key: topic }] },
  speakers: { nodes: speaker ? [{ key: speaker }] : [] },
})

const asked = (search: string) => questionOf(parsePlace(search))

describe('a season in the address', () => {
  it('has dates in their order, each once, and numbers that are some', () => {
    const q = asked('?dates=2027-02-10,2027-01-13,2027-02-10,tomorrow&spacing=0&rest=-1&minutes=x')
    expect(q.dates).toEqual(['2027-01-13', '2027-02-10'])
    expect(q).toMatchObject({ spacing: 0 })
    expect(q).not.toHaveProperty('rest')
    expect(q).not.toHaveProperty('minutes')
  })
  it('has locks, with speakers, on its days only', () => {
    const q = asked('?dates=2027-01-13&lock=2027-01-13=dns:ada+2027-01-14=ceph+nonsense')
    expect(q.locks).toEqual([{ date: '2027-01-13', topic: 'dns', speaker: 'ada' }])
    expect(parseLocks(writeLocks(q.locks))).toEqual(q.locks)
  })
})

describe('locks', () => {
  const locks = parseLocks('2027-01-13=dns 2027-02-10=ceph')
  it('move with their topic, and give way on their date', () => {
    expect(lock(locks, { date: '2027-02-10', topic: 'dns' })).toEqual({ lock: '2027-02-10=dns' })
    expect(lock(locks, { date: '2027-01-01', topic: 'quota' }).lock).toMatch(/^2027-01-01=quota /)
  })
  it('are let go', () => {
    expect(unlock(locks, '2027-01-13')).toEqual({ lock: '2027-02-10=ceph' })
    expect(unlock(locks.slice(1), '2027-02-10')).toEqual({ lock: undefined })
  })
})

describe('what stands of a season', () => {
  const q = asked('?series=open&dates=2027-01-13,2027-02-10,2027-03-10&lock=2027-01-13=quota+2027-03-10=dns')
  const meetings = [
    {
      key: 'open-2027-01-13',
      confidentiality: { key: 'clear' },
      sessions: { nodes: [session('talk', 'CONFIRMED', 'ceph', 'ada')] },
    },
    {
      key: 'open-2027-02-10',
      confidentiality: { key: 'clear' },
      sessions: { nodes: [session('open-2027-02-10-etcd', 'IDEA', 'etcd'), session('gone', 'CANCELLED', 'x')] },
    },
  ]
  it('stays where somebody saw to it, whatever is locked there', () => {
    const { input, sure } = beside(q, meetings)
    expect(sure).toEqual(new Map([['2027-01-13', 'CONFIRMED']]))
    expect(input.locked).toEqual([
      { date: '2027-03-10', topic: 'dns' },
      { date: '2027-01-13', topic: 'ceph', speaker: 'ada' },
    ])
  })
  it('is what it is changed from where it was only proposed', () => {
    expect(beside(q, meetings).input.current).toEqual([{ date: '2027-02-10', topic: 'etcd' }])
  })
})

describe('the command that does the same', () => {
  it('has every rule, and quotes what a shell would read', () => {
    const q = asked("?series=open&dates=2027-01-13&spacing=0&at=18:00&zone=Europe/Berlin&lock=2027-01-13=a'b:ada")
    expect(command(q)).toBe(
      String.raw`opsmap plan season --series open --dates 2027-01-13 --spacing 0 --at 18:00 --zone Europe/Berlin --locked '2027-01-13=a'\''b:ada' --apply`,
    )
  })
})

describe('the first dates', () => {
  it('are Wednesdays, two weeks ahead at least', () => {
    expect(firstDates('2026-11-26')).toEqual(['2026-12-16', '2027-01-13', '2027-02-10', '2027-03-10'])
    expect(firstDates('2026-12-02')[0]).toBe('2026-12-16')
  })
})
