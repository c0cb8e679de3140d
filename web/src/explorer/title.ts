import type { Place, View } from './address.ts'

/** The names of the views, in the order of the navigation. */
export const names: Record<View, string> = {
  start: 'Start',
  portability: 'Portability',
  compare: 'Compare',
  exit: 'Exit',
  map: 'Map',
  meetups: 'Meetups',
  contribute: 'Contribute',
  search: 'Search',
}

const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

/** What a view was asked, in the words of its address. */
function subject({ view, get }: Place): string {
  const way = (a = '', b = '') => (a || b ? `${a} to ${b}` : '')
  switch (view) {
    case 'portability':
      return [get('practice'), way(get('from') ?? 'vsphere', get('to') ?? 'osism')].filter(Boolean).join(', ')
    case 'compare':
      return `${get('a') ?? 'proxmox'} and ${get('b') ?? 'osism'}`
    case 'exit':
      return way(get('from') ?? 'aws', get('to') ?? 'osism')
    case 'map':
      return get('id')?.replace(/^.*?:/, '') ?? get('layer') ?? get('platform') ?? ''
    case 'contribute':
      return get('platform') ?? ''
    case 'search':
      return get('q') ?? ''
    default:
      return ''
  }
}

/** The title of a page: what is asked, the view, and whose it is. */
export function titleOf(place: Place): string {
  if (place.view === 'start') return 'opsmap: a map of cloud operations'
  const about = subject(place)
  return `${about ? `${shortened(about)}: ` : ''}${names[place.view]}, opsmap`
}
