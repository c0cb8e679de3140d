package github

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
)

// place is the file that keeps a page: one for each address and token, as what may
// be read depends on both.
func (c *Client) place(at *url.URL) string {
	sum := sha256.Sum256([]byte(at.String() + "\x00" + c.Token))
	return filepath.Join(c.Cache, hex.EncodeToString(sum[:16])+".json")
}

// kept is the page as it was before; nil for none. A cache that cannot be read is
// none.
func (c *Client) kept(at *url.URL) *page {
	if c.Cache == "" {
		return nil
	}
	data, err := os.ReadFile(c.place(at))
	if err != nil {
		return nil
	}
	var p page
	if json.Unmarshal(data, &p) != nil || p.ETag == "" || !json.Valid(p.Body) {
		return nil
	}
	return &p
}

// keep keeps a page that has an ETag, whole or not at all.
func (c *Client) keep(at *url.URL, p *page) {
	if c.Cache == "" || p.ETag == "" {
		return
	}
	data, err := json.Marshal(p)
	if err != nil || os.MkdirAll(c.Cache, 0o700) != nil {
		return // a cache that cannot be written is none
	}
	f, err := os.CreateTemp(c.Cache, "page-*")
	if err != nil {
		return
	}
	_, err = f.Write(data)
	if closed := f.Close(); err != nil || closed != nil || os.Rename(f.Name(), c.place(at)) != nil {
		_ = os.Remove(f.Name()) // nothing was kept
	}
}
