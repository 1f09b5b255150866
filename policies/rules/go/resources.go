package main

import (
	"archive/zip"
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"os"
	"time"
)

func unpack(in io.Reader, out io.Writer) error {
	packed, err := gzip.NewReader(in)
	if err != nil {
		return err
	}
	// ruleid: go.compress.unbounded
	_, err = io.Copy(out, packed)
	return err
}

func entries(archive *zip.Reader) {
	for _, entry := range archive.File {
		content, _ := entry.Open()
		// ruleid: go.compress.unbounded
		io.ReadAll(content)
	}
}

func bounded(in io.Reader, out io.Writer) {
	packed, _ := gzip.NewReader(in)
	// ok: go.compress.unbounded
	io.Copy(out, io.LimitReader(packed, 1<<20))
	// ok: go.compress.unbounded
	io.CopyN(out, packed, 1<<20)
}

func plain(in io.Reader, out io.Writer) {
	// ok: go.compress.unbounded
	io.Copy(out, in)
}

func upload(w http.ResponseWriter, r *http.Request) {
	// ruleid: go.net-http.unbounded-body
	io.ReadAll(r.Body)
	// ruleid: go.net-http.unbounded-body
	r.ParseMultipartForm(32 << 20)
}

func limited(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	// ok: go.net-http.unbounded-body
	io.ReadAll(r.Body)
	answer, _ := http.Get("https://status.example.com")
	// ok: go.net-http.unbounded-body
	io.ReadAll(answer.Body)
}

func listen(handler http.Handler) {
	// ruleid: go.net-http.no-timeouts
	http.ListenAndServe(":8080", handler)
	// ruleid: go.net-http.no-timeouts
	server := &http.Server{Addr: ":8080", Handler: handler}
	// ok: go.net-http.no-timeouts
	other := &http.Server{Addr: ":8080", ReadHeaderTimeout: 5 * time.Second}
	// ok: go.net-http.no-timeouts
	other.ListenAndServe()
	server.ListenAndServe()
}

func wait(parent context.Context) {
	// ruleid: go.context.cancel-dropped
	first, _ := context.WithTimeout(parent, time.Second)
	// ruleid: go.context.cancel-dropped
	second, _ := context.WithCancel(parent)
	// ok: go.context.cancel-dropped
	third, cancel := context.WithTimeout(parent, time.Second)
	defer cancel()
	// ok: go.context.cancel-dropped
	file, _ := os.Open("settings")
	use(first, second, third, file)
}

func notify(w http.ResponseWriter, r *http.Request) {
	go func() {
		// ruleid: go.context.request-left
		send(context.Background(), "done")
	}()
	go func() {
		// ruleid: go.context.request-left
		ctx := context.TODO()
		send(ctx, "done")
	}()
	// ok: go.context.request-left
	send(r.Context(), "done")
	go func(ctx context.Context) {
		// ok: go.context.request-left
		send(ctx, "done")
	}(r.Context())
}
