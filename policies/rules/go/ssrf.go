package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/url"
)

var peers = map[string]bool{"api.corp.example": true}

func preview(w http.ResponseWriter, r *http.Request) {
	target := r.URL.Query().Get("url")
	// ruleid: go.net-http.ssrf
	http.Get(target)
	// ruleid: go.net-http.ssrf
	http.NewRequestWithContext(r.Context(), http.MethodGet, "https://"+r.FormValue("host")+"/status", nil)
	client := &http.Client{}
	// ruleid: go.net-http.ssrf
	client.Post(target, "text/plain", nil)
	// ruleid: go.net-http.ssrf
	net.Dial("tcp", r.FormValue("host")+":80")
	// ruleid: go.net-http.ssrf
	http.Get(fmt.Sprintf("https://%s.corp.example/", r.FormValue("tenant")))
	// ok: go.net-http.ssrf
	http.Get("https://api.corp.example/users/" + r.FormValue("id"))
	// ok: go.net-http.ssrf
	http.Get(fmt.Sprintf("https://api.corp.example/find?q=%s&p=%s", url.QueryEscape(target), r.FormValue("p")))
	// ok: go.net-http.ssrf
	http.Post("https://api.corp.example/events", "application/json", r.Body)
	search := "https://api.corp.example/users/" + r.FormValue("id") + "/notes"
	// ok: go.net-http.ssrf
	http.Get(search)
}

func allowed(w http.ResponseWriter, r *http.Request) {
	u, err := url.Parse(r.FormValue("url"))
	if err != nil {
		return
	}
	if !peers[u.Hostname()] {
		http.Error(w, "unknown host", http.StatusBadRequest)
		return
	}
	// ok: go.net-http.ssrf
	http.Get(u.String())
}

func parsed(w http.ResponseWriter, r *http.Request) {
	u, err := url.Parse(r.FormValue("url"))
	if err != nil {
		return
	}
	// ruleid: go.net-http.ssrf
	http.Get(u.String())
}

func send(ctx context.Context, address string) {
	req, _ := http.NewRequestWithContext(ctx, "GET", address, nil)
	// ok: go.net-http.ssrf
	http.Get(req.URL.String())
}

func proxy(c *gin.Context) {
	// ruleid: go.net-http.ssrf
	http.Get(c.Request.FormValue("url"))
	// ruleid: go.net-http.ssrf
	http.Head(c.Query("url"))
	// ok: go.net-http.ssrf
	http.Get(c.MustGet("upstream").(string))
}
