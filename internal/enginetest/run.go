package enginetest

import "testing"

// Run holds an engine to everything that is promised case by case.
func Run(t *testing.T, open Open) {
	t.Run("corpus", func(t *testing.T) { runCorpus(t, open) })
	t.Run("plans", func(t *testing.T) { runPlans(t, open) })
	t.Run("text", func(t *testing.T) { runText(t, open) })
	t.Run("search", func(t *testing.T) { runSearch(t, open) })
	t.Run("log", func(t *testing.T) { runLog(t, open) })
	t.Run("unnamed", func(t *testing.T) { runUnnamed(t, open) })
	t.Run("concurrent", func(t *testing.T) { runConcurrent(t, open) })
	t.Run("explain", func(t *testing.T) { runExplain(t, open) })
	t.Run("deadline", func(t *testing.T) { runDeadline(t, open) })
	t.Run("writing", func(t *testing.T) { runWriting(t, open) })
	t.Run("cancelled", func(t *testing.T) { runCancelled(t, open) })
}
