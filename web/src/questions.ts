/**
 * A starter question. The files of src/questions are the one place they are written:
 * the explorer, the playground and the tests in Go read the same files.
 */
export interface Question {
  /** Name of the operation, and of the question in addresses. */
  name: string
  /** The question in plain words: the first line of the file. */
  text: string
  theme: string
  document: string
}

/** What the first digit of a file's name says. */
const themes: Record<string, string> = {
  '1': 'What moves, and what does not',
  '2': 'What may be said where',
  '3': 'What is on the map',
  '4': 'What to talk about next',
}

export function parseQuestion(file: string, source: string): Question {
  const text = /^# (.+)\n/.exec(source)?.[1]
  const name = /^query (\w+)/m.exec(source)?.[1]
  const theme = themes[file.slice(0, 1)]
  if (!text || !name || !theme) {
    throw new Error(
      `${file}: wanted a number of a theme in its name, "# " and the question in its first line, and a named query`,
    )
  }
  return { name, text, theme, document: source }
}

/** The questions under their themes, in the order given. */
export function byTheme(questions: Question[]): Map<string, Question[]> {
  const groups = new Map<string, Question[]>()
  for (const question of questions) {
    groups.set(question.theme, [...(groups.get(question.theme) ?? []), question])
  }
  return groups
}
