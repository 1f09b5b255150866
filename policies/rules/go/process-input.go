package main

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

func report(ctx context.Context, db *sql.DB) {
	query := fmt.Sprintf("SELECT total FROM bills WHERE customer = '%s'", os.Args[1])
	// ruleid: go.process.sql-from-input
	db.QueryContext(ctx, query)
	// ruleid: go.process.sql-from-input
	db.Exec("DELETE FROM drafts WHERE owner = " + os.Getenv("OWNER"))
	// ok: go.process.sql-from-input
	db.QueryContext(ctx, "SELECT total FROM bills WHERE customer = $1", os.Args[1])
	number, err := strconv.Atoi(os.Args[2])
	if err != nil {
		return
	}
	// ok: go.process.sql-from-input
	db.Exec(fmt.Sprintf("DELETE FROM drafts WHERE age > %d", number))
}

func convert(ctx context.Context) {
	tool := os.Getenv("CONVERTER")
	// ruleid: go.process.command-from-input
	exec.CommandContext(ctx, tool, "-o", "out.pdf").Run()
	// ruleid: go.process.command-from-input
	exec.Command("bash", "-c", "convert "+os.Args[1]).Run()
	// ok: go.process.command-from-input
	exec.Command("convert", "--", os.Args[1]).Run()
	// ok: go.process.command-from-input
	exec.Command("bash", "-c", "convert *.png out.pdf").Run()
}

func ask() {
	in := bufio.NewReader(os.Stdin)
	address, _ := in.ReadString('\n')
	// ruleid: go.process.address-from-input
	http.Get(address)
	// ok: go.process.address-from-input
	http.Get("https://status.example.com/health")
	// ok: go.process.address-from-input
	http.NewRequest(os.Getenv("METHOD"), "https://status.example.com/health", nil)
}

func call() {
	// ruleid: go.process.address-from-input
	http.NewRequest("GET", os.Getenv("TARGET"), nil)
}

func read() {
	name := os.Getenv("REPORT")
	// ruleid: go.process.path-from-input
	os.ReadFile("/var/reports/" + name)
	// ruleid: go.process.path-from-input
	os.Open(filepath.Join("/var/reports", filepath.Clean(name)))
	// ok: go.process.path-from-input
	os.Open(filepath.Join("/var/reports", filepath.Base(name)))
	if !filepath.IsLocal(name) {
		return
	}
	// ok: go.process.path-from-input
	os.Open(filepath.Join("/var/reports", name))
}
