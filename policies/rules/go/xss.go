package main

import (
	"encoding/json"
	"fmt"
	"html"
	"html/template"
	"io"
	"net/http"
	"os/exec"
	"strconv"
)

func hello(w http.ResponseWriter, r *http.Request) {
	name := r.URL.Query().Get("name")
	// ruleid: go.net-http.xss
	fmt.Fprintf(w, "<h1>Hello %s</h1>", name)
	// ruleid: go.net-http.xss
	fmt.Fprintln(w, name)
	// ruleid: go.net-http.xss
	w.Write([]byte("<p>" + name))
	// ruleid: go.net-http.xss
	io.WriteString(w, r.FormValue("text"))
	// ok: go.net-http.xss
	fmt.Fprintf(w, "Hello %s", name)
	// ok: go.net-http.xss
	fmt.Fprintf(w, "<h1>Hello %s</h1>", html.EscapeString(name))
	// ok: go.net-http.xss
	http.Error(w, "unknown: "+name, http.StatusNotFound)
	page, err := strconv.Atoi(r.FormValue("page"))
	// ok: go.net-http.xss
	fmt.Fprintf(w, "<p>%d</p>", page)
	// ok: go.net-http.xss
	fmt.Fprintln(w, err)
	safe, _ := json.Marshal(name)
	// ok: go.net-http.xss
	w.Write(safe)
}

func page(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	// ruleid: go.net-http.xss
	fmt.Fprintf(w, "Hello %s", r.FormValue("name"))
}

func plain(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	// ok: go.net-http.xss
	fmt.Fprintln(w, r.FormValue("name"))
}

func echo(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	body, _ := io.ReadAll(r.Body)
	// ok: go.net-http.xss
	w.Write(body)
}

func view(w http.ResponseWriter, r *http.Request, t *template.Template) {
	// ruleid: go.net-http.xss
	t.Execute(w, map[string]any{"note": template.HTML(r.FormValue("note"))})
	// ok: go.net-http.xss
	t.Execute(w, map[string]any{"note": r.FormValue("note")})
	// ok: go.net-http.xss
	t.Execute(w, template.HTML("<b>fixed</b>"))
}

func forward(out io.Writer, r *http.Request) {
	// ok: go.net-http.xss
	fmt.Fprintln(out, r.FormValue("name"))
}

func routes() {
	http.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		// ruleid: go.net-http.xss
		fmt.Fprintf(w, "%s", r.URL.Path)
	})
	http.HandleFunc("/thumb", func(w http.ResponseWriter, r *http.Request) {
		picture, _ := exec.Command("convert", "--", r.FormValue("id")).CombinedOutput()
		// ok: go.net-http.xss
		w.Write(picture)
	})
}
