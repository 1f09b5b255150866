package main

import (
	"fmt"
	"net/http"
	"net/url"
)

var pages = map[string]string{"home": "/home", "orders": "/orders"}
var known = map[string]bool{"/home": true, "/orders": true}

func leave(w http.ResponseWriter, r *http.Request) {
	// ruleid: go.net-http.open-redirect
	http.Redirect(w, r, r.FormValue("next"), http.StatusFound)
}

func login(w http.ResponseWriter, r *http.Request) {
	next := r.URL.Query().Get("next")
	if next == "" {
		next = "/"
	}
	// ruleid: go.net-http.open-redirect
	http.Redirect(w, r, next, http.StatusSeeOther)
	// ruleid: go.net-http.open-redirect
	w.Header().Set("Location", "https://"+next)
	// becomes //host when the value starts with a slash
	// ruleid: go.net-http.open-redirect
	http.Redirect(w, r, "/"+next, http.StatusSeeOther)
}

func inside(w http.ResponseWriter, r *http.Request) {
	// ok: go.net-http.open-redirect
	http.Redirect(w, r, pages[r.FormValue("page")], http.StatusFound)
	// ok: go.net-http.open-redirect
	http.Redirect(w, r, "/users/"+r.FormValue("name"), http.StatusFound)
	// ok: go.net-http.open-redirect
	http.Redirect(w, r, fmt.Sprintf("/search?q=%s", url.QueryEscape(r.FormValue("q"))), http.StatusFound)
	// ok: go.net-http.open-redirect
	http.Redirect(w, r, "https://shop.example"+r.URL.RequestURI(), http.StatusMovedPermanently)
	// ok: go.net-http.open-redirect
	w.Header().Set("X-Next", r.FormValue("next"))
}

func listed(w http.ResponseWriter, r *http.Request) {
	next := r.FormValue("next")
	if !known[next] {
		http.Error(w, "unknown page", http.StatusBadRequest)
		return
	}
	// ok: go.net-http.open-redirect
	http.Redirect(w, r, next, http.StatusFound)
}

func parsed(w http.ResponseWriter, r *http.Request) {
	target, err := url.Parse(r.FormValue("next"))
	if err != nil || target.Host != "" {
		http.Error(w, "unknown page", http.StatusBadRequest)
		return
	}
	// ok: go.net-http.open-redirect
	http.Redirect(w, r, target.String(), http.StatusFound)
}

func parsedOnly(w http.ResponseWriter, r *http.Request) {
	target, err := url.Parse(r.FormValue("next"))
	if err != nil {
		return
	}
	// ruleid: go.net-http.open-redirect
	http.Redirect(w, r, target.String(), http.StatusFound)
}
