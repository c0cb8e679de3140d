// Package files finds the files that somebody named: a file, or a folder and the
// folders in it, in byte order of their paths. What is hidden, or other people's
// (node_modules), is left alone; a link that leads out of its folder is refused,
// and the operating system sees to it (os.Root).
package files
