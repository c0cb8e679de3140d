package portability

import "math/bits"

// platformSet is a set of platforms by number: one bit for each.
type platformSet []uint64

func newPlatformSet(platforms int) platformSet { return make(platformSet, (platforms+63)/64) }

func (s platformSet) add(at int32) { s[at/64] |= 1 << (at % 64) }

// first is the lowest common member of two sets that is none of those left out; -1
// for none.
func (s platformSet) first(other platformSet, without ...int32) int32 {
	for i := range s {
		word := s[i] & other[i]
		for _, at := range without {
			if int(at/64) == i {
				word &^= 1 << (at % 64)
			}
		}
		if word != 0 {
			return int32(i*64 + bits.TrailingZeros64(word))
		}
	}
	return -1
}

// next is the lowest member from a number on; -1 for none.
func (s platformSet) next(from int32) int32 {
	for i := int(from / 64); i < len(s); i++ {
		word := s[i]
		if i == int(from/64) {
			word &= ^uint64(0) << (from % 64)
		}
		if word != 0 {
			return int32(i*64 + bits.TrailingZeros64(word))
		}
	}
	return -1
}
