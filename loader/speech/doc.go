// Package speech collects what one file says: a statement for each record it
// speaks of, the people it names once each, and apart from both what tells who said
// or did something, where that travels less far than what was said.
package speech
