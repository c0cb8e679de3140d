//go:build unix

package main

import (
	"os"
	"os/exec"
	"os/user"
	"runtime"
	"strconv"
	"syscall"
)

// PostgreSQL refuses to run as root; there it runs as nobody.

func nobody() (uid, gid int, err error) {
	u, err := user.Lookup("nobody")
	if err != nil {
		return 0, 0, err
	}
	if uid, err = strconv.Atoi(u.Uid); err == nil {
		gid, err = strconv.Atoi(u.Gid)
	}
	return uid, gid, err
}

// makeOwnDir makes a folder that belongs to whom unprivileged runs commands as.
func makeOwnDir(path string) error {
	if err := os.Mkdir(path, 0o700); err != nil || os.Geteuid() != 0 {
		return err
	}
	uid, gid, err := nobody()
	if err != nil {
		return err
	}
	// To get into its folder it has to get through the one around it.
	if err := os.Chmod(path+"/..", 0o711); err != nil { //nolint:gosec // nothing in it can be listed
		return err
	}
	return os.Chown(path, uid, gid)
}

func unprivileged(cmd *exec.Cmd) *exec.Cmd {
	if uid, gid, err := nobody(); err == nil && os.Geteuid() == 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}}
		cmd.Dir = "/"
	}
	return cmd
}

// peakOf is the most memory that an ended process had, in MiB; 0 where the system
// counts otherwise.
func peakOf(p *os.ProcessState) int {
	usage, ok := p.SysUsage().(*syscall.Rusage)
	if !ok || runtime.GOOS != "linux" {
		return 0
	}
	return int(usage.Maxrss >> 10)
}
