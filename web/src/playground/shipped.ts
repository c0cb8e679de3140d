import { parseQuestion } from '../questions'

const files = import.meta.glob<string>('../questions/*.graphql', { eager: true, query: '?raw', import: 'default' })

/** The questions that ship, in the order of their files. */
export const questions = Object.keys(files)
  .sort()
  .map((path) => parseQuestion(path.slice(path.lastIndexOf('/') + 1), files[path] ?? ''))

/** All of them as one document. */
export const allQuestions = questions.map((q) => q.document).join('\n')
