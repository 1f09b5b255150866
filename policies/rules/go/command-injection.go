package main

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os/exec"
	"strconv"
)

var tools = map[string]string{"disk": "df", "time": "uptime"}
var hosts = map[string]bool{"a.example": true, "b.example": true}

func ping(w http.ResponseWriter, r *http.Request) {
	host := r.URL.Query().Get("host")
	// ruleid: go.net-http.command-injection
	exec.Command("sh", "-c", "ping -c1 "+host).Run()
	// ruleid: go.net-http.command-injection
	exec.CommandContext(r.Context(), "/bin/bash", "-lc", "dig "+r.FormValue("name")).Run()
	// ruleid: go.net-http.command-injection
	exec.Command(r.Header.Get("X-Tool"), "--version").Run()
	// ok: go.net-http.command-injection
	exec.Command("ping", "-c1", "--", host).Run()
	// ok: go.net-http.command-injection
	exec.Command("sh", "-c", "df -h").Run()
	// ok: go.net-http.command-injection
	exec.Command("sh", "-c", `dig "$1"`, "sh", host).Run()
	// ok: go.net-http.command-injection
	exec.Command(tools[r.FormValue("tool")]).Run()
	// ok: go.net-http.command-injection
	exec.Command("grep", "-c", host, "/var/log/app.log").Run()
}

func sleep(w http.ResponseWriter, r *http.Request) {
	seconds, err := strconv.Atoi(r.FormValue("seconds"))
	if err != nil {
		return
	}
	// ok: go.net-http.command-injection
	exec.Command("sh", "-c", "sleep "+strconv.Itoa(seconds)).Run()
}

func resolve(w http.ResponseWriter, r *http.Request) {
	host := r.FormValue("host")
	if !hosts[host] {
		http.NotFound(w, r)
		return
	}
	// ok: go.net-http.command-injection
	exec.Command("sh", "-c", "dig "+host).Run()
}

func job(w http.ResponseWriter, r *http.Request) {
	var order struct{ Command string }
	if err := json.NewDecoder(r.Body).Decode(&order); err != nil {
		return
	}
	// ruleid: go.net-http.command-injection
	exec.Command("sh", "-c", order.Command).Run()
	body, _ := io.ReadAll(r.Body)
	// ruleid: go.net-http.command-injection
	exec.Command("bash", "-c", string(body)).Run()
}

func rotate(ctx context.Context, path string) error {
	// ok: go.net-http.command-injection
	return exec.CommandContext(ctx, "sh", "-c", "logrotate "+path).Run()
}
