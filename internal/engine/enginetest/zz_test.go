package enginetest
import ("testing";"fmt";"strings")
type echo struct{*oracle}
func TestZZ(t *testing.T) {
	n, rows, nulls, recs, refused := 0,0,0,0,0
	hist := map[int]int{}
	for w := range 30 {
		r := newRound(t, Options{Changesets: 6, Operations: 30}.withDefaults(t), w)
		for range 6 {
			c := r.maker.changeset()
			if _, err := r.oracle.apply(c); err != nil { refused++ }
			recs += len(r.oracle.entries)
			for range 30 {
				q, _ := r.invent(false)
				a := r.oracle.ask(q)
				n++
				if strings.Contains(a, `"nodes":[{`) || strings.Contains(a,`"node":{`) { rows++ }
				if strings.HasSuffix(a, `null}}`) && len(a) < 40 { nulls++ }
				hist[len(a)/200]++
				if w == 0 && n < 12 { fmt.Println(q.query, q.variables, q.viewer, "\n", a) }
			}
		}
	}
	fmt.Println(n, rows, nulls, recs/180, refused, hist)
}
