package web

import (
	"embed"
	"io/fs"
	"regexp"
)

//go:embed src/questions/*.graphql
var questionFiles embed.FS

// Question is a starter question of the playground and the explorer.
type Question struct {
	// Name of the operation.
	Name string
	// Text is the question in plain words.
	Text string
	// Document is the whole file: the operation with its comments and fragments. It
	// runs without variables.
	Document string
}

var (
	questionText = regexp.MustCompile(`^# (.+)\n`)
	questionName = regexp.MustCompile(`(?m)^query (\w+)`)
)

// Questions returns the starter questions in the order of their files, which is the
// order they are shown in. The files are part of the program: one that is not a
// question is a mistake in it.
func Questions() []Question {
	names, err := fs.Glob(questionFiles, "src/questions/*.graphql")
	if err != nil {
		panic(err)
	}
	var questions []Question
	for _, name := range names {
		document, err := questionFiles.ReadFile(name)
		if err != nil {
			panic(err)
		}
		text, operation := questionText.FindSubmatch(document), questionName.FindSubmatch(document)
		if text == nil || operation == nil {
			panic(name + `: wanted "# " and the question in the first line, and a named query`)
		}
		questions = append(questions, Question{Name: string(operation[1]), Text: string(text[1]), Document: string(document)})
	}
	return questions
}
