package portability

import "slices"

// Resolve finds a platform by its key, else by an alias in its folded form. When
// several have that alias there is no key and choices names them.
func (w *World) Resolve(name string) (key string, choices []string) {
	if w.platforms[name] != nil {
		return name, nil
	}
	folded := w.fold(name)
	for _, p := range w.platformKeys {
		if slices.ContainsFunc(w.platforms[p].Aliases, func(alias string) bool { return w.fold(alias) == folded }) {
			choices = append(choices, p)
		}
	}
	if len(choices) == 1 {
		return choices[0], nil
	}
	return "", choices
}

// Names are the keys and aliases of all platforms.
func (w *World) Names() []string {
	names := slices.Clone(w.platformKeys)
	for _, p := range w.platformKeys {
		names = append(names, w.platforms[p].Aliases...)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// HasPractice reports whether there is a practice with that key.
func (w *World) HasPractice(key string) bool { return w.practices[key] != nil }
