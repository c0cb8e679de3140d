import type { FieldProblem } from '../api.ts'

/** What is wrong with the field that stands above it; path is that of the input, such as input.level. */
export function FieldProblems({ id, path, fields }: { id: string; path: string; fields: readonly FieldProblem[] }) {
  const here = about(fields, path)
  if (here.length === 0) return null
  return (
    <p className="wrong" id={id} role="alert">
      {here.map((f) => f.message).join(' ')}
    </p>
  )
}

/** The problems of a field and of what is in it. */
export const about = (fields: readonly FieldProblem[], path: string) =>
  fields.filter((f) => f.field === path || f.field.startsWith(`${path}.`))

/** What a control says about the problems that stand below it. */
export const wrong = (fields: readonly FieldProblem[], path: string, id: string) =>
  about(fields, path).length > 0 ? { 'aria-invalid': true, 'aria-describedby': id } : {}

/** What is in the way of a write beside the fields of the form: about no field, or about one that the form does not show. */
export function OtherProblems({
  problem,
  fields,
  shown,
}: {
  problem: string
  fields: readonly FieldProblem[]
  shown: readonly string[]
}) {
  const rest = fields.filter((f) => !shown.some((path) => f.field === path || f.field.startsWith(`${path}.`)))
  const text = [problem, ...rest.map((f) => `${f.field}: ${f.message}`)].filter(Boolean).join(' ')
  return text ? <p role="alert">{text}</p> : null
}
