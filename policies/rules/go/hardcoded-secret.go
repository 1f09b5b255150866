package main

import (
	"fmt"
	"os"
)

// ruleid: go.secrets.hardcoded-secret
const dbPassword = "Fake-Pa55-for-the-rule-test"

// ruleid: go.secrets.hardcoded-secret
var jwtKey = []byte("k3y-0f-n0-pr0vider-at-all")

// ok: go.secrets.hardcoded-secret
const apiKeyHeader = "X-Api-Key-2"

// ok: go.secrets.hardcoded-secret
const apiKey = "change-me-1"

func configure(options *Options) {
	// ruleid: go.secrets.hardcoded-secret
	client := Client{Host: "api.corp.example", ClientSecret: "n0t-a-real-secret-at-all"}
	// ruleid: go.secrets.hardcoded-secret
	options.Password = "Fake-Pa55-for-the-rule-test"
	// ruleid: go.secrets.hardcoded-secret
	secret := "s0me-fake-secret-value"
	// ok: go.secrets.hardcoded-secret
	options.Password = os.Getenv("DB_PASSWORD")
	// ok: go.secrets.hardcoded-secret
	privateKey := "/etc/ssl/private/gate1.pem"
	// ok: go.secrets.hardcoded-secret
	accessToken := "access_token"
	// ok: go.secrets.hardcoded-secret
	form := Form{Password: "${DB_PASSWORD_1}"}
	// ok: go.secrets.hardcoded-secret
	label := "Enter-y0ur-password-here"
	// ok: go.secrets.hardcoded-secret
	passwordHint := "Your 1st pet with 3 letters"
}

func login(password, role string) bool {
	// ruleid: go.secrets.hardcoded-secret
	if password == "Fake-Pa55-for-the-rule-test" {
		return true
	}
	// ok: go.secrets.hardcoded-secret
	return password == "" || role == "admin-of-1-shop"
}

func connect(password string) {
	// ruleid: go.secrets.password-in-url
	sql.Open("postgres", "postgres://app:Fake-Pa55@db.corp.example/app")
	// ruleid: go.secrets.password-in-url
	queue := "amqp://worker:n0t-real@queue.corp.example:5672/"
	// ok: go.secrets.password-in-url
	sql.Open("postgres", "postgres://app@db.corp.example/app")
	// ok: go.secrets.password-in-url
	address := fmt.Sprintf("postgres://app:%s@db.corp.example/app", password)
	// ok: go.secrets.password-in-url
	local := "postgres://app:fake@localhost:5432/app"
	// ok: go.secrets.password-in-url
	docs := "https://docs.corp.example:8443/login@home"
}
