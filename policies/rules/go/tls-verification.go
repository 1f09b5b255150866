package main

import (
	"crypto/tls"
	"net/http"

	"golang.org/x/crypto/ssh"
)

func clients(pool *x509.CertPool, debug bool) {
	// ruleid: go.tls.verification-off
	first := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}
	config := &tls.Config{RootCAs: pool}
	// ruleid: go.tls.verification-off
	config.InsecureSkipVerify = true
	// ruleid: go.tls.verification-off
	login := &ssh.ClientConfig{User: "deploy", HostKeyCallback: ssh.InsecureIgnoreHostKey()}
	// ok: go.tls.verification-off
	second := &tls.Config{InsecureSkipVerify: false, RootCAs: pool}
	// ok: go.tls.verification-off
	third := &tls.Config{InsecureSkipVerify: true, VerifyConnection: pinned}
	// ok: go.tls.verification-off
	fourth := &tls.Config{ServerName: "api.corp.example"}
	// ok: go.tls.verification-off
	fifth := &ssh.ClientConfig{User: "deploy", HostKeyCallback: ssh.FixedHostKey(key)}
}

func versions(config *tls.Config) {
	// ruleid: go.tls.old-protocol
	old := &tls.Config{ServerName: "api.corp.example", MinVersion: tls.VersionTLS10}
	// ruleid: go.tls.old-protocol
	config.MinVersion = tls.VersionTLS11
	// ok: go.tls.old-protocol
	config.MinVersion = tls.VersionTLS12
	// ok: go.tls.old-protocol
	modern := &tls.Config{MinVersion: tls.VersionTLS13}
	// ok: go.tls.old-protocol
	refuse := state.Version == tls.VersionTLS10
}
