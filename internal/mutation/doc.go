// Package mutation turns what people ask to be written into changesets.
//
//	input ─ form ─> references, read as whoever asks ─ rules ─> changeset ─ engine.Apply
//
// Each mutation is one changeset, so it is done whole or not at all. What it refers
// to is read under the guard of whoever asks, and again inside the transaction that
// writes: what they may not see is not there. Keys are made from what people write
// and from the request, never from what is in the map, so that none tells of a
// hidden record.
package mutation
