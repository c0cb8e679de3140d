import { useState } from 'react'
import type { Ballots } from '../ballots.ts'
import { VoteDocument, WithdrawVoteDocument } from '../operations/generated.ts'
import { useWrite } from '../write.ts'
import { OtherProblems } from './FieldProblems.tsx'

interface Props {
  topic: { readonly id: string; readonly title: string; readonly votes: number }
  /** The ballots of whoever asks; undefined where they may not vote. */
  ballots: Ballots | undefined
}

/** How many want a topic; whoever may write casts a ballot and takes it back. */
export function Votes({ topic, ballots }: Props) {
  const [counted, setCounted] = useState<number>()
  const { busy, problem, fields, write } = useWrite()
  const votes = counted ?? topic.votes
  const mine = ballots?.cast(topic.id)
  // Before it is known what one has voted for, nobody can tell what a click would do.
  if (!ballots || mine === undefined) return <>{votes}</>
  return (
    <>
      {votes}{' '}
      <button
        type="button"
        disabled={busy}
        aria-label={`${mine ? 'Take back the vote for' : 'Vote for'} ${topic.title}`}
        onClick={() => {
          write(async (send) => {
            const answer = mine
              ? (await send(WithdrawVoteDocument, { topic: topic.id })).withdrawVote
              : (await send(VoteDocument, { topic: topic.id })).vote
            setCounted(answer?.topic?.votes ?? votes)
            ballots.set(topic.id, !mine)
          })
        }}
      >
        {mine ? 'Take back' : 'Vote'}
      </button>
      <OtherProblems problem={problem} fields={fields} shown={[]} />
    </>
  )
}
