package embedded

import (
	"math/bits"

	"github.com/open-operations/opsmap/internal/plan"
)

// sieve is the records of one kind that are open and meet a filter, as bits by
// page and place.
type sieve []bitPage

type bitPage [pageSize / 64]uint64

func (s sieve) has(n number) bool {
	return s[n>>pageBits][n&pageMask/64]&(1<<(n%64)) != 0
}

func (s sieve) count() int {
	total := 0
	for i := range s {
		for _, word := range s[i] {
			total += bits.OnesCount64(word)
		}
	}
	return total
}

// sifted decides as much of the filter as it can by columns, for all records at
// once. The rest of it is left in where.
func (p *picker) sifted() sieve {
	k := p.kind()
	if k == nil || p.read.Where == nil {
		return nil
	}
	parts := []plan.Expr{p.read.Where}
	if and, ok := p.read.Where.(plan.And); ok {
		parts = and.Exprs
	}
	var sieves []bitFilter
	var rest []plan.Expr
	for _, e := range parts {
		if f := p.bits(k, e); f != nil {
			sieves = append(sieves, f)
		} else {
			rest = append(rest, e)
		}
	}
	open := p.openBits(k)
	if len(sieves) == 0 || open == nil {
		return nil
	}
	where, err := p.all(rest, true)
	if err != nil {
		return nil
	}
	if p.where = where; len(rest) == 0 {
		p.where = nil
	}
	return p.sift(append(sieves, open))
}

// sift keeps what passes all the filters.
func (p *picker) sift(filters []bitFilter) sieve {
	out := make(sieve, len(p.pages))
	for page := range out {
		if !p.step() {
			break
		}
		all := &out[page]
		for i, filter := range filters {
			var passed bitPage
			filter(page, &passed)
			for w := range all {
				if i == 0 {
					all[w] = passed[w]
				} else {
					all[w] &= passed[w]
				}
			}
			if *all == (bitPage{}) {
				break
			}
		}
	}
	return out
}

// bitFilter marks what passes a filter in a page; nothing is marked before.
type bitFilter func(page int, passed *bitPage)

// bits makes a filter over columns; nil where it cannot.
func (p *picker) bits(k *kind, e plan.Expr) bitFilter {
	switch e := e.(type) {
	case plan.And:
		return p.bitsOfAll(k, e.Exprs, true)
	case plan.Or:
		return p.bitsOfAll(k, e.Exprs, false)
	case plan.Not:
		filter := p.bits(k, e.Expr)
		if filter == nil {
			return nil
		}
		return func(page int, passed *bitPage) {
			filter(page, passed)
			for w := range passed {
				passed[w] = ^passed[w]
			}
		}
	case plan.Compare:
		return p.bitsOfCompare(k, e)
	}
	return nil
}

func (p *picker) bitsOfAll(k *kind, exprs []plan.Expr, and bool) bitFilter {
	filters := make([]bitFilter, len(exprs))
	for i, e := range exprs {
		if filters[i] = p.bits(k, e); filters[i] == nil {
			return nil
		}
	}
	return func(page int, passed *bitPage) {
		for w := range passed {
			if and {
				passed[w] = ^uint64(0)
			}
		}
		for _, filter := range filters {
			var one bitPage
			filter(page, &one)
			for w := range passed {
				if and {
					passed[w] &= one[w]
				} else {
					passed[w] |= one[w]
				}
			}
		}
	}
}

// Where nearly every record has a value of its own, deciding by value saves
// nothing.
const fewValues = 64

func (p *picker) bitsOfCompare(k *kind, e plan.Compare) bitFilter {
	if !k.isCoded(e.Field) {
		return nil
	}
	c := p.coding(codingName{k.number, e.Field.Index})
	if c == nil || (len(c.values) > fewValues && len(c.values) > p.populations[k.number].keys.Len()/2) {
		return nil
	}
	test, err := p.test(e.Op, e.Fold, e.Param)
	if err != nil {
		return nil
	}
	passes := make([]bool, len(c.values))
	for code, v := range c.values {
		passes[code] = test(v)
	}
	return c.filter(passes)
}

// openBits lets through the records in open classes, and none that is not there.
func (p *picker) openBits(k *kind) bitFilter {
	c := p.coding(codingName{k.number, byClass})
	if c == nil {
		return nil
	}
	return c.filter(append([]bool{false}, p.open...))
}

// filter lets through the records whose code passes.
func (c *coding) filter(passes []bool) bitFilter {
	return func(page int, passed *bitPage) {
		if page >= len(c.codes) || c.codes[page] == nil {
			return
		}
		of := c.codes[page]
		for w := range passed {
			word := uint64(0)
			for i, code := range of[w*64 : w*64+64] {
				if passes[code] {
					word |= 1 << i
				}
			}
			passed[w] = word
		}
	}
}
