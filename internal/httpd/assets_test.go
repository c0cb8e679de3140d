package httpd_test

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-operations/opsmap/internal/httpd"
)

var script = strings.Repeat("function twice(n) { return n * 2 }\n", 200)

// served is a site with assets that pack well, badly, and have no hash.
func served(t *testing.T) string {
	return start(t, httpd.Config{Web: fstest.MapFS{
		"index.html":               {Data: []byte("start")},
		"playground.html":          {Data: []byte("play")},
		"assets/index-6Cgtw4op.js": {Data: []byte(script)},
		"assets/dot-Ab_3-x9Z.svg":  {Data: []byte("<svg/>")},
		"assets/licenses.txt":      {Data: []byte(strings.Repeat("Permission is granted. ", 90))},
	}})
}

// ask gets an address with these headers and leaves the body as it came.
func ask(t *testing.T, url string, headers map[string]string) (*http.Response, string) {
	t.Helper()
	return get(t, url, func(r *http.Request) {
		// Asked for by name, the client does not unpack by itself.
		r.Header.Set("Accept-Encoding", "identity")
		for name, value := range headers {
			r.Header.Set(name, value)
		}
	})
}

func TestAssetsArePacked(t *testing.T) {
	url := served(t) + "/assets/index-6Cgtw4op.js"
	plain, body := ask(t, url, nil)
	if body != script || plain.Header.Get("Content-Encoding") != "" {
		t.Errorf("plain: %q, %d bytes", plain.Header.Get("Content-Encoding"), len(body))
	}
	packed, small := ask(t, url, map[string]string{"Accept-Encoding": "br, gzip;q=0.8"})
	if packed.Header.Get("Content-Encoding") != "gzip" || len(small) > len(script)/5 {
		t.Fatalf("packed: %q, %d bytes of %d", packed.Header.Get("Content-Encoding"), len(small), len(script))
	}
	r, err := gzip.NewReader(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	if unpacked, err := io.ReadAll(r); err != nil || string(unpacked) != script {
		t.Errorf("what was packed is not what was there: %v", err)
	}
	if plain.Header.Get("ETag") == packed.Header.Get("ETag") || !strings.HasPrefix(packed.Header.Get("ETag"), `"`) {
		t.Errorf("the encodings have the tags %s and %s", plain.Header.Get("ETag"), packed.Header.Get("ETag"))
	}
	for _, resp := range []*http.Response{plain, packed} {
		if !strings.Contains(strings.Join(resp.Header.Values("Vary"), ","), "Accept-Encoding") {
			t.Errorf("Vary is %v", resp.Header.Values("Vary"))
		}
		if got := resp.Header.Get("Content-Type"); got != "text/javascript; charset=utf-8" {
			t.Errorf("its type is %s", got)
		}
	}
}

func TestAssetsAreKept(t *testing.T) {
	url := served(t)
	for path, want := range map[string]string{
		"/assets/index-6Cgtw4op.js": "public, max-age=31536000, immutable", "/assets/licenses.txt": "no-cache",
	} {
		for _, encoding := range []string{"identity", "gzip"} {
			first, _ := ask(t, url+path, map[string]string{"Accept-Encoding": encoding})
			if got := first.Header.Get("Cache-Control"); got != want {
				t.Errorf("%s is kept as %q, want %q", path, got, want)
			}
			again, body := ask(t, url+path, map[string]string{"Accept-Encoding": encoding, "If-None-Match": first.Header.Get("ETag")})
			if again.StatusCode != http.StatusNotModified || body != "" || again.Header.Get("ETag") != first.Header.Get("ETag") {
				t.Errorf("%s as %s, asked again: %d, %d bytes, %s", path, encoding, again.StatusCode, len(body), again.Header.Get("ETag"))
			}
		}
		plain, _ := ask(t, url+path, nil)
		other, body := ask(t, url+path, map[string]string{"Accept-Encoding": "gzip", "If-None-Match": plain.Header.Get("ETag")})
		if other.StatusCode != http.StatusOK || body == "" {
			t.Errorf("%s: the tag of one encoding stands for the other: %d", path, other.StatusCode)
		}
	}
}

func TestWhoTakesGzip(t *testing.T) {
	url := served(t) + "/assets/index-6Cgtw4op.js"
	for accept, want := range map[string]bool{
		"gzip": true, "GZIP": true, "deflate, gzip ; q=0.001": true, "*": true, "br;q=1, *;q=0.1": true, "x-gzip": true,
		"identity": false, "": false, "gzip;q=0": false, "gzip;q=0.000, *": false, "*;q=0": false, "br": false, "gzip;q=much": false,
		"gzipped": false,
	} {
		resp, _ := ask(t, url, map[string]string{"Accept-Encoding": accept})
		if got := resp.Header.Get("Content-Encoding") == "gzip"; got != want {
			t.Errorf("Accept-Encoding: %q is answered with gzip: %t", accept, got)
		}
	}
}

// What packing does not make smaller stays as it is, and what is no asset is not packed at all.
func TestWhatIsNotPacked(t *testing.T) {
	site := served(t)
	for _, path := range []string{"/assets/dot-Ab_3-x9Z.svg", "/", "/schema.graphql", "/assets/nothing-12345678.js"} {
		resp, _ := ask(t, site+path, map[string]string{"Accept-Encoding": "gzip"})
		if got := resp.Header.Get("Content-Encoding"); got != "" {
			t.Errorf("%s is sent as %s", path, got)
		}
	}
}

func TestPartsOfAssets(t *testing.T) {
	url := served(t) + "/assets/index-6Cgtw4op.js"
	part, body := ask(t, url, map[string]string{"Range": "bytes=9-13"})
	if part.StatusCode != http.StatusPartialContent || body != "twice" {
		t.Errorf("a part: %d %q", part.StatusCode, body)
	}
	beyond, _ := ask(t, url, map[string]string{"Range": "bytes=900000-"})
	if beyond.StatusCode != http.StatusRequestedRangeNotSatisfiable || beyond.Header.Get("Cache-Control") == "public, max-age=31536000, immutable" {
		t.Errorf("beyond its end: %d, kept as %q", beyond.StatusCode, beyond.Header.Get("Cache-Control"))
	}
}
