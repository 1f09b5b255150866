package main

import (
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

func download(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	// ruleid: go.net-http.path-traversal
	os.Open("/srv/files/" + name)
	// ruleid: go.net-http.path-traversal
	os.ReadFile(filepath.Join("/srv/files", name))
	// ruleid: go.net-http.path-traversal
	http.ServeFile(w, r, filepath.Clean("/srv/files/"+name))
	// ruleid: go.net-http.path-traversal
	os.RemoveAll(r.PathValue("folder"))
	// ok: go.net-http.path-traversal
	os.Open("/srv/files/" + filepath.Base(name))
	// ok: go.net-http.path-traversal
	http.ServeFile(w, r, "/srv/files/index.html")
	// ok: go.net-http.path-traversal
	os.ReadFile(filepath.Join("/srv/files", path.Clean("/"+name)))
	number, _ := strconv.Atoi(r.FormValue("page"))
	// ok: go.net-http.path-traversal
	os.Open("/srv/pages/" + strconv.Itoa(number))
	root, _ := os.OpenRoot("/srv/files")
	// ok: go.net-http.path-traversal
	root.Open(name)
}

func local(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if !filepath.IsLocal(name) {
		http.NotFound(w, r)
		return
	}
	// ok: go.net-http.path-traversal
	os.Open(filepath.Join("/srv/files", name))
}

func prefix(w http.ResponseWriter, r *http.Request) {
	full := filepath.Join("/srv/files", r.FormValue("name"))
	if !strings.HasPrefix(full, "/srv/files/") {
		return
	}
	// ok: go.net-http.path-traversal
	os.Open(full)
}

func upload(w http.ResponseWriter, r *http.Request) {
	_, header, _ := r.FormFile("file")
	// ok: go.net-http.path-traversal
	os.Create("/srv/uploads/" + header.Filename)
	// ruleid: go.net-http.path-traversal
	os.Create("/srv/uploads/" + header.Header.Get("X-Name"))
}

func config(file string) {
	// ok: go.net-http.path-traversal
	os.Open(file)
}

func static(w http.ResponseWriter, r *http.Request) {
	// ruleid: go.net-http.path-traversal
	http.ServeFile(w, r, r.URL.Path[1:])
}
