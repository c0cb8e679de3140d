import type { PlatformsQuery } from './operations/generated.ts'

export type Platform = NonNullable<PlatformsQuery['platforms']>['nodes'][number]

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** The platforms that somebody may mean by a word: its key, else its name, else an alias. */
export function meant(platforms: readonly Platform[], word: string): Platform[] {
  const wanted = fold(word)
  for (const names of [(p: Platform) => [p.key], (p: Platform) => [p.name], (p: Platform) => p.aliases]) {
    const found = platforms.filter((p) => names(p).some((name) => fold(name) === wanted))
    if (found.length > 0) return found
  }
  return []
}

/** The one platform that a word means; undefined where it means none or several. */
export function only(platforms: readonly Platform[], word: string): Platform | undefined {
  const [first, ...more] = word ? meant(platforms, word) : []
  return more.length === 0 ? first : undefined
}
