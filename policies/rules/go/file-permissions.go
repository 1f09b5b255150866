package main

import (
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
)

func rights(file *os.File, data []byte) {
	// ruleid: go.files.world-writable
	os.Chmod("/srv/queue", 0777)
	// ruleid: go.files.world-writable
	file.Chmod(os.FileMode(0o666))
	// ruleid: go.files.world-writable
	syscall.Umask(0)
	// ok: go.files.world-writable
	os.Chmod("/srv/queue", 0750)
	// ok: go.files.world-writable
	file.Chmod(0o644)
	// ruleid: go.files.wide-mode
	os.MkdirAll("/srv/queue", 0777)
	// ruleid: go.files.wide-mode
	os.WriteFile("/srv/queue/job", data, fs.ModePerm)
	// ruleid: go.files.wide-mode
	os.OpenFile("/srv/queue/log", os.O_CREATE|os.O_WRONLY, 0o666)
	// ok: go.files.wide-mode
	os.MkdirAll("/srv/queue", 0755)
	// ok: go.files.wide-mode
	os.WriteFile("/srv/queue/job", data, 0644)
}

func temporary(data []byte, name string) {
	// ruleid: go.files.predictable-temporary
	os.Create("/tmp/report.txt")
	// ruleid: go.files.predictable-temporary
	os.WriteFile(filepath.Join(os.TempDir(), "report.txt"), data, 0600)
	// ruleid: go.files.predictable-temporary
	os.OpenFile("/var/tmp/app.lock", os.O_CREATE|os.O_RDWR, 0600)
	// ok: go.files.predictable-temporary
	os.CreateTemp("", "report-*.txt")
	// ok: go.files.predictable-temporary
	os.OpenFile("/tmp/app.lock", os.O_CREATE|os.O_EXCL, 0600)
	// ok: go.files.predictable-temporary
	os.WriteFile(filepath.Join(folder, "report.txt"), data, 0600)
}

func serve() {
	// ruleid: go.files.root-served
	http.Handle("/files/", http.StripPrefix("/files/", http.FileServer(http.Dir("/"))))
	// ruleid: go.files.root-served
	http.Handle("/all/", http.FileServer(http.FS(os.DirFS("/"))))
	// ok: go.files.root-served
	http.Handle("/static/", http.FileServer(http.Dir("/srv/www")))
	// ok: go.files.root-served
	http.Handle("/", http.RedirectHandler("/static/", http.StatusFound))
}
