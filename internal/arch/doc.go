// Package arch holds the import diagram of the module as a test: a package may
// import only what stands below it, and some outside packages only from one place.
package arch
