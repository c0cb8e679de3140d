// Package dev_test checks the files that no test of the program itself can see: what a container is built from and
// how it is run. They are checked as configuration, because no test machine is sure to have an engine.
package dev_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

type composeFile struct {
	Services map[string]service `yaml:"services"`
	Volumes  map[string]any     `yaml:"volumes"`
}

type service struct {
	Image       string            `yaml:"image"`
	Environment map[string]string `yaml:"environment"`
	Ports       []string          `yaml:"ports"`
	Volumes     []string          `yaml:"volumes"`
	DependsOn   map[string]struct {
		Condition string `yaml:"condition"`
	} `yaml:"depends_on"`
	Healthcheck struct {
		Test []string `yaml:"test"`
	} `yaml:"healthcheck"`
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("../" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func compose(t *testing.T) composeFile {
	t.Helper()
	var file composeFile
	if err := yaml.Unmarshal([]byte(read(t, "docker-compose.yml")), &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Services) != 2 {
		t.Fatalf("%d services, want neo4j and opsmap", len(file.Services))
	}
	return file
}

func TestEveryServiceHasAHealthCheck(t *testing.T) {
	t.Parallel()
	for name, s := range compose(t).Services {
		if len(s.Healthcheck.Test) < 2 {
			t.Errorf("%s has none", name)
		}
	}
}

func TestOpsmapWaitsForAHealthyNeo4j(t *testing.T) {
	t.Parallel()
	if c := compose(t).Services["opsmap"].DependsOn["neo4j"].Condition; c != "service_healthy" {
		t.Errorf("depends_on neo4j: %q", c)
	}
}

var pinned = regexp.MustCompile(`^neo4j:5\.26(\.\d+)?-community$`)

func TestNeo4jIsPinned(t *testing.T) {
	t.Parallel()
	if image := compose(t).Services["neo4j"].Image; !pinned.MatchString(image) {
		t.Errorf("image %q", image)
	}
}

// A password that is not given stops the start with a sentence; one that ships would be everybody's.
func TestNoSecretHasADefault(t *testing.T) {
	t.Parallel()
	required := regexp.MustCompile(`^(neo4j/)?\$\{OPSMAP_NEO4J_PASSWORD:\?[^}]+\}$`)
	found := 0
	for name, s := range compose(t).Services {
		for key, value := range s.Environment {
			if secret := strings.HasSuffix(key, "PASSWORD") || strings.HasSuffix(key, "_AUTH"); !secret {
				continue
			}
			found++
			if !required.MatchString(value) {
				t.Errorf("%s: %s is %q", name, key, value)
			}
		}
	}
	if found != 2 {
		t.Errorf("%d secrets, want the server's and the client's", found)
	}
}

func TestOnlyOpsmapIsPublishedAndOnlyOnLoopback(t *testing.T) {
	t.Parallel()
	services := compose(t).Services
	if ports := services["opsmap"].Ports; !slices.Equal(ports, []string{"127.0.0.1:8080:8080"}) {
		t.Errorf("opsmap: %v", ports)
	}
	if ports := services["neo4j"].Ports; len(ports) > 0 {
		t.Errorf("neo4j: %v", ports)
	}
}

func TestOpsmapIsPointedAtNeo4j(t *testing.T) {
	t.Parallel()
	got := compose(t).Services["opsmap"].Environment
	for key, want := range map[string]string{
		"OPSMAP_ADDR":           "0.0.0.0:8080",
		"OPSMAP_STORE":          "neo4j://neo4j:7687",
		"OPSMAP_NEO4J_USER":     "neo4j",
		"OPSMAP_NEO4J_DATABASE": "neo4j",
	} {
		if got[key] != want {
			t.Errorf("%s is %q, want %q", key, got[key], want)
		}
	}
}

// Else a map that is loaded over and over fills the disk with what it once was.
func TestTransactionLogsAreBounded(t *testing.T) {
	t.Parallel()
	const name = "NEO4J_db_tx__log_rotation_retention__policy"
	if got := compose(t).Services["neo4j"].Environment[name]; !strings.HasSuffix(got, " size") {
		t.Errorf("%s is %q, want a size", name, got)
	}
}

func TestDataIsInNamedVolumes(t *testing.T) {
	t.Parallel()
	file := compose(t)
	for name, s := range file.Services {
		if len(s.Volumes) == 0 {
			t.Errorf("%s keeps nothing", name)
		}
		for _, v := range s.Volumes {
			source, _, _ := strings.Cut(v, ":")
			if _, named := file.Volumes[source]; !named {
				t.Errorf("%s: %s is no named volume", name, v)
			}
		}
	}
}

func TestImageIsBuiltAsWritten(t *testing.T) {
	t.Parallel()
	dockerfile := read(t, "Dockerfile")
	for _, want := range []string{
		"CGO_ENABLED=0", "HEALTHCHECK", "\nUSER 10001:10001\n", "OPSMAP_ADDR=0.0.0.0:8080", "npm ci",
	} {
		if !strings.Contains(dockerfile, want) {
			t.Errorf("the Dockerfile lacks %q", want)
		}
	}
	mod := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(read(t, "go.mod"))
	if mod == nil || !strings.Contains(dockerfile, "golang:"+mod[1]+"-") {
		t.Errorf("the Dockerfile builds with another Go than go.mod names: %v", mod)
	}
	for _, base := range regexp.MustCompile(`(?m)^FROM (?:--\S+ )?(\S+)`).FindAllStringSubmatch(dockerfile, -1) {
		if _, tag, _ := strings.Cut(base[1], ":"); tag == "" || tag == "latest" {
			t.Errorf("%s is not pinned", base[1])
		}
	}
}

// The build context leaves out what is large, private or would be built anew at every change.
func TestBuildContextIsSmall(t *testing.T) {
	t.Parallel()
	lines := strings.Split(read(t, ".dockerignore"), "\n")
	for _, want := range []string{".git", ".env", "web/node_modules", "**/*.db"} {
		if !slices.Contains(lines, want) {
			t.Errorf("%s is sent to the builder", want)
		}
	}
}
