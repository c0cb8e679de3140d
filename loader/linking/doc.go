// Package linking proposes links that nobody has stated, from the words of topics
// and stories. Its rules are few and can be explained; each proposal says by which
// it was found, with which words, and how sure that is. Nothing becomes a link
// before a person says so.
//
// By the words of a text, how sure in hundredths:
//
//	95  a name, title, key or alias of two words or more, word for word
//	85  one of one word; a sign of a practice, word for word
//	75  one of three letters at the most, in capitals; all words of the key of a
//	    practice, or all telling words of a title, three or more, in any order
//	70  three words of one practice of which no other has two
//	65  all telling words of a title, two; a layer by a word that names a platform
//	60  an alias that stands in the names of other platforms too; two words close
//	    together that one practice alone has, one of them something to be done
//	55  one of three letters in small letters; a word of every day, written as a name
//	50  two words close together, neither of which another practice has, and which are not
//	    the name of something else (bare metal)
//	45  two words close together that two or three practices have, one of them something
//	    to be done, where no practice is found by all of its words
//	40  the name of a layer that is an ordinary word
//
// It is 10 less where hyphens or a compound join the words to others, 30 less in the
// name of something else (openstack-health-monitor), 15 less where the words of a title
// are far apart or stand in another part of a story than its title, and 40 at the most
// for a platform that most topics of a file name. What is below 40 is not proposed.
//
// Not looked for at all: an alias of three letters that stands in the names of other
// platforms too; houses that make many things (Google, unless it is Google Cloud); words
// of every day in small letters; what more than six records are called; addresses,
// handles and paths.
//
// Words are compared without case, accents and endings, and words for one thing are one
// (K8s and Kubernetes, Zertifikat and certificate); compounds of German are taken apart
// where they end in a word of operations. A telling word is one that no stop list has.
//
// All this needs is the line, its file and the map, so it does not matter which files
// are loaded together.
//
// By what stories share:
//
//	80  several stories are about a recurring issue, to which a practice belongs
//	70  another story of their recurring issue was distilled into a practice; at the most,
//	    where the title of their issue mentions one
//	    several stories name one recurring practice: as sure as the name is
//
// A story that is told twice, with one title and not on two days, is one.
package linking
