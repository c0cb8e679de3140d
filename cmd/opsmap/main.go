// Command opsmap serves and asks a map of cloud operations: which practices port
// across providers, what may be said where, what to talk about next.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	// Zones of meetings are known on machines that have none installed, too.
	_ "time/tzdata"

	"github.com/open-operations/opsmap/internal/fault"
)

// Exit codes.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], streams{in: os.Stdin, out: os.Stdout, err: os.Stderr}, os.LookupEnv)
	stop()
	os.Exit(code)
}

// streams are what a command reads and writes: data on out, talk on err.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// say talks to whoever called; that nobody listens is no reason to fail.
func (s streams) say(format string, args ...any) { _, _ = fmt.Fprintf(s.err, format, args...) }

// usageError is a mistake in how the command was called.
type usageError struct{ error }

// run is the whole program without the process around it.
func run(ctx context.Context, args []string, std streams, env func(string) (string, bool)) int {
	root := newRoot(&program{streams: std, env: env})
	root.SetArgs(args)
	root.SetIn(std.in)
	root.SetOut(std.out)
	root.SetErr(std.err)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitOK
	}
	if usage, ok := errors.AsType[usageError](err); ok {
		std.say("opsmap: %s\nopsmap --help shows how it is used\n", usage)
		return exitUsage
	}
	if _, ok := errors.AsType[reported](err); ok {
		return exitFailed
	}
	std.say("opsmap: %s\n", explained(err))
	return exitFailed
}

// reported is a failure whose reasons have been printed.
type reported struct{}

func (reported) Error() string { return "failed" }

// explained is an error as the owner of the machine wants it: all of it.
func explained(err error) string {
	if fault.CodeOf(err) == fault.Internal {
		return err.Error()
	}
	return fault.Message(err)
}
