package audit

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestALineStandsAlone: behind whole ones, and behind half a line that a full disk left.
func TestALineStandsAlone(t *testing.T) {
	for before, want := range map[string]int{"": 0, "{\"event\":\"wri": 1, "{}\n": 1, "{}\n{\"ev": 2} {
		path := filepath.Join(t.TempDir(), "audit.jsonl")
		if err := os.WriteFile(path, []byte(before), 0o600); err != nil {
			t.Fatal(err)
		}
		log, file, err := Open(path, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := log.Write(Event{Kind: Begun}); err != nil {
				t.Fatal(err)
			}
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
		if len(lines) != want+2 {
			t.Errorf("behind %q: %q", before, text)
		}
		for _, line := range lines[want:] {
			if !strings.HasPrefix(line, "{") || !strings.HasSuffix(line, "}") {
				t.Errorf("behind %q: the line %q", before, line)
			}
		}
	}
}
