package main

import (
	"net/http"
	"text/template"
)

var page = template.Must(template.New("page").Parse("<p>{{.}}</p>"))

func preview(w http.ResponseWriter, r *http.Request) {
	// ruleid: go.net-http.template-injection
	t, err := template.New("preview").Parse(r.FormValue("text"))
	if err != nil {
		return
	}
	// ruleid: go.text-template.page
	t.Execute(w, nil)
}

func greet(w http.ResponseWriter, r *http.Request) {
	text := "<p>Hello " + r.URL.Query().Get("name") + "</p>"
	// ruleid: go.net-http.template-injection
	t := template.Must(template.New("greet").Parse(text))
	// ruleid: go.text-template.page
	t.ExecuteTemplate(w, "greet", nil)
}

func constant(w http.ResponseWriter, r *http.Request) {
	// ok: go.net-http.template-injection
	t := template.Must(template.New("hello").Parse("Hello {{.}}"))
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	// ok: go.text-template.page
	t.Execute(w, r.FormValue("name"))
}

func chosen(w http.ResponseWriter, r *http.Request, texts map[string]string) {
	// ok: go.net-http.template-injection
	t, _ := template.New("chosen").Parse(texts[r.FormValue("page")])
	var out strings.Builder
	// ok: go.text-template.page
	t.Execute(&out, r.FormValue("name"))
}
