import { ask, useAsked, type Asked } from '../api.ts'
import { ViewerDocument, type ViewerQuery } from '../operations/generated.ts'

type Level = NonNullable<ViewerQuery['confidentialityLevels']>['nodes'][number]

/** The levels up to that of whoever asks, the lowest first. */
export function useLevels(): Asked<Level[]> {
  return useAsked('levels', async (signal) => {
    const { viewer, confidentialityLevels } = await ask(ViewerDocument, {}, signal)
    const all = confidentialityLevels?.nodes ?? []
    const most = all.find((l) => l.key === viewer.clearance)?.rank ?? 0
    return all.filter((l) => l.rank <= most)
  })
}
