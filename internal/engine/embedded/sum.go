package embedded

import (
	"encoding/binary"
	"hash/crc32"
)

// castagnoli has hardware behind it nearly everywhere.
var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sum is the checksum of a row, built up value by value. The length of each text
// goes in too, so that values cannot flow into each other.
type sum struct {
	crc   uint32
	bytes [8]byte
}

func (s *sum) int(n int64) {
	binary.LittleEndian.PutUint64(s.bytes[:], uint64(n))
	s.crc = crc32.Update(s.crc, castagnoli, s.bytes[:])
}

func (s *sum) text(t []byte) {
	s.int(int64(len(t)))
	s.crc = crc32.Update(s.crc, castagnoli, t)
}

// value is the checksum as it is stored.
func (s *sum) value() int64 { return int64(s.crc) }

func sumOfClass(number int64, class []byte) int64 {
	var s sum
	s.int(number)
	s.text(class)
	return s.value()
}

// nodeRow is a row of table node.
type nodeRow struct {
	typ, key, created, updated, fields []byte
	number, version, own, class        int64
	alive                              bool
}

func (r *nodeRow) sum() int64 {
	var s sum
	s.text(r.typ)
	s.text(r.key)
	s.int(r.number)
	if r.alive {
		s.int(r.version)
		s.text(r.created)
		s.text(r.updated)
		s.int(r.own)
		s.int(r.class)
		s.text(r.fields)
	}
	return s.value()
}

func sumOfLink(relation, source, target, class int64) int64 {
	var s sum
	s.int(relation<<32 | class)
	s.int(source<<32 | target)
	return s.value()
}

// statementRow is a row of table statement.
type statementRow struct {
	number, node, class, revision int64
	edit                          bool
	source, fields, links         []byte
}

func (r *statementRow) sum() int64 {
	var s sum
	s.int(r.number)
	s.int(r.node)
	s.text(r.source)
	if r.edit {
		s.int(1)
	}
	s.int(r.class)
	s.int(r.revision)
	s.text(r.fields)
	s.text(r.links)
	return s.value()
}

func sumOfChange(revision int64, changeset, actor, at, touched string) int64 {
	var s sum
	s.int(revision)
	for _, t := range []string{changeset, actor, at, touched} {
		s.text([]byte(t))
	}
	return s.value()
}
