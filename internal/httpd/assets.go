package httpd

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// asset is one file that the pages load, in the encodings it is sent in. It is read
// and packed when somebody asks for it first, so that starting costs nothing.
type asset struct {
	name   string
	once   sync.Once
	plain  encoded
	packed encoded // without content where packing saves nothing
	err    error
}

// encoded is a body as it travels, with the strong tag of these very bytes.
type encoded struct {
	body []byte
	etag string
}

func encodedOf(body []byte) encoded {
	sum := sha256.Sum256(body)
	return encoded{body, `"` + base64.RawURLEncoding.EncodeToString(sum[:18]) + `"`}
}

func (a *asset) read(files fs.FS) error {
	a.once.Do(func() {
		body, err := fs.ReadFile(files, a.name)
		if err != nil {
			a.err = err
			return
		}
		a.plain = encodedOf(body)
		if small := packed(body); len(small) < len(body) {
			a.packed = encodedOf(small)
		}
	})
	return a.err
}

func packed(body []byte) []byte {
	var small bytes.Buffer
	w, err := gzip.NewWriterLevel(&small, gzip.BestCompression)
	if err != nil {
		panic("BUG: gzip has this level: " + err.Error())
	}
	_, _ = w.Write(body) // a buffer takes everything
	_ = w.Close()
	return small.Bytes()
}

// assetsOf knows the files in assets/ by their address.
func assetsOf(files fs.FS) (map[string]*asset, error) {
	assets := map[string]*asset{}
	err := fs.WalkDir(files, "assets", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			assets["/"+name] = &asset{name: name}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("the pages' assets cannot be listed: %w", err)
	}
	return assets, nil
}

// hashed matches the names that the build makes from the content of a file.
var hashed = regexp.MustCompile(`-[A-Za-z0-9_-]{8}\.[a-z0-9]+$`)

// assets serves what the pages load. It is the only thing that is sent compressed:
// these files are the same for everybody. In a compressed answer of the API the
// length would tell how much of what the asker chose (a search, an error that
// repeats it) also occurs in what the answer keeps for its viewer, so that a page
// that can make others ask, and watch lengths, could guess it letter by letter
// (BREACH).
func (s *Server) assets(files fs.FS) http.Handler {
	assets, err := assetsOf(files)
	if err != nil {
		s.config.Logger.Error("no assets", "error", err.Error())
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		found := assets[r.URL.Path]
		if found == nil {
			http.NotFound(w, r)
			return
		}
		if err := found.read(files); err != nil {
			panic(fmt.Errorf("asset %s: %w", found.name, err)) // recover answers and logs it
		}
		found.send(w, r)
	})
}

func (a *asset) send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-cache")
	if hashed.MatchString(a.name) {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	h.Add("Vary", "Accept-Encoding")
	chosen := a.plain
	if a.packed.body != nil && acceptsGzip(r.Header.Values("Accept-Encoding")) {
		chosen = a.packed
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("ETag", chosen.etag)
	http.ServeContent(w, r, path.Base(a.name), time.Time{}, bytes.NewReader(chosen.body))
}

// acceptsGzip reads Accept-Encoding by RFC 9110, 12.5.3: gzip by its name, else by
// the asterisk, and never with a weight of 0.
func acceptsGzip(values []string) bool {
	accepted := map[string]bool{}
	for part := range strings.SplitSeq(strings.Join(values, ","), ",") {
		coding, parameter, _ := strings.Cut(part, ";")
		name, text, _ := strings.Cut(parameter, "=")
		weight := 1.0
		if strings.EqualFold(strings.TrimSpace(name), "q") {
			var err error
			if weight, err = strconv.ParseFloat(strings.TrimSpace(text), 64); err != nil {
				weight = 0
			}
		}
		accepted[strings.ToLower(strings.TrimSpace(coding))] = weight > 0
	}
	for _, coding := range []string{"gzip", "x-gzip", "*"} {
		if yes, named := accepted[coding]; named {
			return yes
		}
	}
	return false
}
