package text

// Called is what a person is called: by their name, else by their handle, else by their
// key.
func Called(name, handle, key string) string {
	switch {
	case name != "":
		return name
	case handle != "":
		return "@" + handle
	}
	return key
}
