import { useState } from 'react'
import { ask } from '../api.ts'
import { VoteDocument, WithdrawVoteDocument } from '../operations/generated.ts'
import { useWrite } from '../write.ts'

interface Props {
  topic: { readonly id: string; readonly title: string; readonly votes: number }
  mayWrite: boolean
}

/** How many want a topic; whoever may write casts a ballot and takes it back. */
export function Votes({ topic, mayWrite }: Props) {
  const [cast, setCast] = useState<{ votes: number; mine: boolean }>()
  const { busy, problem, write } = useWrite()
  const votes = cast?.votes ?? topic.votes
  if (!mayWrite) return <>{votes}</>
  const mine = cast?.mine ?? false
  return (
    <>
      {votes}{' '}
      <button
        type="button"
        disabled={busy}
        aria-label={`${mine ? 'Take back the vote for' : 'Vote for'} ${topic.title}`}
        onClick={() => {
          write(async () => {
            const answer = mine
              ? (await ask(WithdrawVoteDocument, { topic: topic.id })).withdrawVote
              : (await ask(VoteDocument, { topic: topic.id })).vote
            setCast({ votes: answer?.topic?.votes ?? votes, mine: !mine })
          })
        }}
      >
        {mine ? 'Take back' : 'Vote'}
      </button>
      {problem ? <p role="alert">{problem}</p> : null}
    </>
  )
}
