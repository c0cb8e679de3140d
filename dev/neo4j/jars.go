package neo4jdev

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// Pinned, so that what is fetched today is fetched in a year.
const copyDependencies = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"

//go:embed pom.xml
var pom []byte

// CacheDir is where Neo4j's jars are kept: OPSMAP_NEO4J_CACHE, or a folder of the user's cache directory.
func CacheDir() (string, error) {
	if dir := os.Getenv("OPSMAP_NEO4J_CACHE"); dir != "" {
		return filepath.Abs(dir)
	}
	base, err := os.UserCacheDir()
	if err != nil {
		return "", fmt.Errorf("no cache folder for Neo4j's jars (%w): name one in OPSMAP_NEO4J_CACHE", err)
	}
	return filepath.Join(base, "opsmap", "neo4j-"+Version), nil
}

// Jars returns the folder with Neo4j's jars and fetches them with Maven first where it is not there: 214 files, 118 MB.
func Jars(ctx context.Context) (string, error) {
	dir, err := CacheDir()
	if err != nil {
		return "", err
	}
	lib := filepath.Join(dir, "lib")
	if isDir(lib) {
		return lib, nil
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("cannot make the folder for Neo4j's jars (%w): name another one in OPSMAP_NEO4J_CACHE", err)
	}
	unlock, err := lockFile(ctx, filepath.Join(dir, "fetch.lock"))
	if err != nil {
		return "", err
	}
	defer unlock()
	if isDir(lib) { // fetched by the process that we waited for
		return lib, nil
	}
	return lib, fetchJars(ctx, dir, lib)
}

// fetchJars fills a folder beside lib and renames it, so that lib is whole or absent.
func fetchJars(ctx context.Context, dir, lib string) (err error) {
	mvn, err := exec.LookPath("mvn")
	if err != nil {
		return errors.New("no Maven (mvn): install it (Debian: apt-get install maven)")
	}
	tmp, err := os.MkdirTemp(dir, "fetch-")
	if err != nil {
		return fmt.Errorf("no room for Neo4j's jars: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(tmp)) }()
	file := filepath.Join(tmp, "pom.xml")
	if err := os.WriteFile(file, pom, 0o600); err != nil {
		return fmt.Errorf("cannot write pom.xml: %w", err)
	}
	fetched := filepath.Join(tmp, "lib")
	cmd := exec.CommandContext(ctx, mvn, "-q", "-B", "-ntp", "-Dstyle.color=never", "-f", file, copyDependencies,
		"-DincludeScope=runtime", "-DoutputDirectory="+fetched)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("mvn could not fetch Neo4j's jars: check the network and Maven's settings, or copy the "+
			"folder %s from a machine that has it. Maven said: %s", lib, firstError(string(out), err))
	}
	return os.Rename(fetched, lib)
}

// firstError is the one line of Maven's output that says what is wrong; the others advertise its switches.
func firstError(out string, err error) string {
	for line := range strings.Lines(out) {
		if _, said, found := strings.Cut(line, "[ERROR] "); found {
			said, _, _ = strings.Cut(said, " -> [Help")
			return strings.TrimSpace(said)
		}
	}
	return err.Error()
}

const oldestJava = 17

var javaVersion = regexp.MustCompile(`version "(\d+)`)

// findJava prefers JAVA_HOME, as Maven does.
func findJava(ctx context.Context) (string, error) {
	const install = "install a JDK 17 or 21 (Debian: apt-get install openjdk-17-jdk-headless)"
	java := "java"
	if home := os.Getenv("JAVA_HOME"); home != "" {
		java = filepath.Join(home, "bin", "java")
	}
	path, err := exec.LookPath(java)
	if err != nil {
		return "", fmt.Errorf("no Java (%s): %s", java, install)
	}
	out, err := exec.CommandContext(ctx, path, "-version").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s -version failed (%w): %s", path, err, install)
	}
	found := javaVersion.FindSubmatch(out)
	if found == nil {
		return "", fmt.Errorf("%s does not say which version it is: %s", path, install)
	}
	if major, err := strconv.Atoi(string(found[1])); err != nil || major < oldestJava {
		return "", fmt.Errorf("%s is Java %s and Neo4j needs %d or newer: %s", path, found[1], oldestJava, install)
	}
	return path, nil
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
