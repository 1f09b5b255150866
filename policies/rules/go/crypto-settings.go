package main

import (
	"crypto/md5"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/tls"
	mathrand "math/rand"

	"golang.org/x/crypto/bcrypt"
	"golang.org/x/crypto/md4"
	"golang.org/x/crypto/ssh"
)

func keys() {
	// ruleid: go.crypto.short-key
	rsa.GenerateKey(rand.Reader, 1024)
	// ruleid: go.crypto.short-key
	rsa.GenerateKey(rand.Reader, 512)
	// ok: go.crypto.short-key
	rsa.GenerateKey(rand.Reader, 2048)
	// ok: go.crypto.short-key
	rsa.GenerateKey(rand.Reader, bits)
}

func signDocument(text []byte) []byte {
	// ruleid: go.crypto.broken-hash, go.crypto.fast-digest
	sum := md5.Sum(text)
	// ruleid: go.crypto.broken-hash
	old := md4.New()
	// ok: go.crypto.broken-hash
	good := sha256.Sum256(text)
	return use(sum, old, good)
}

func cacheKey(text []byte) []byte {
	// ok: go.crypto.broken-hash
	// ok: go.crypto.fast-digest
	sum := sha1.Sum(text)
	return sum[:]
}

func digest(text []byte) {
	// ruleid: go.crypto.fast-digest
	sum := sha1.Sum(text)
	// ruleid: go.crypto.fast-digest
	other := md5.New()
	// ok: go.crypto.fast-digest
	good := sha256.New()
	use(sum, other, good)
}

func draw() {
	// ruleid: go.crypto.predictable-generator
	first := mathrand.Int63()
	// ruleid: go.crypto.predictable-generator
	second := mathrand.Intn(10)
	// ok: go.crypto.predictable-generator
	third, _ := rand.Int(rand.Reader, most)
	// ok: go.crypto.predictable-generator
	fourth := rand.Text()
	use(first, second, third, fourth)
}

func settings() {
	config := &tls.Config{
		CipherSuites: []uint16{
			// ruleid: go.tls.weak-suite
			tls.TLS_RSA_WITH_AES_128_CBC_SHA,
			// ruleid: go.tls.weak-suite
			tls.TLS_ECDHE_RSA_WITH_RC4_128_SHA,
			// ok: go.tls.weak-suite
			tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
		},
	}
	// ok: go.tls.weak-suite
	if state.CipherSuite == tls.TLS_RSA_WITH_AES_128_CBC_SHA {
		return
	}
	// ruleid: go.tls.check-without-resumption
	peer := &tls.Config{VerifyPeerCertificate: check}
	// ruleid: go.tls.check-without-resumption
	other := tls.Config{ServerName: "db", VerifyPeerCertificate: check, RootCAs: roots}
	// ok: go.tls.check-without-resumption
	good := &tls.Config{VerifyPeerCertificate: check, VerifyConnection: connection}
	// ok: go.tls.check-without-resumption
	single := &tls.Config{VerifyPeerCertificate: check, SessionTicketsDisabled: true}
	use(config, peer, other, good, single)
}

func connect(known ssh.HostKeyCallback) {
	// ruleid: go.ssh.any-host-key
	a := &ssh.ClientConfig{User: "deploy", HostKeyCallback: ssh.InsecureIgnoreHostKey()}
	// ruleid: go.ssh.any-host-key
	b := &ssh.ClientConfig{HostKeyCallback: func(name string, to net.Addr, key ssh.PublicKey) error { return nil }}
	// ok: go.ssh.any-host-key
	c := &ssh.ClientConfig{User: "deploy", HostKeyCallback: known}
	// ok: go.ssh.any-host-key
	d := &ssh.ClientConfig{HostKeyCallback: ssh.FixedHostKey(key)}
	use(a, b, c, d)
}

func login(hash, password []byte) bool {
	// ruleid: go.crypto.check-ignored
	_ = bcrypt.CompareHashAndPassword(hash, password)
	// ruleid: go.crypto.check-ignored
	token, _ := jwt.Parse(text, keys)
	// ok: go.crypto.check-ignored
	err := bcrypt.CompareHashAndPassword(hash, password)
	// ok: go.crypto.check-ignored
	checked, _ := jwt.Parse(text, keys)
	if checked.Valid {
		return true
	}
	return token != nil && err == nil
}

func seeds() {
	// ruleid: go.crypto.seeded-with-constant
	first := rand.New(rand.NewSource(10))
	// ruleid: go.crypto.seeded-with-constant
	second := rand.New(rand.NewPCG(1, 2))
	// ok: go.crypto.seeded-with-constant
	third := rand.New(rand.NewSource(time.Now().UnixNano()))
	// ok: go.crypto.seeded-with-constant
	fourth := rand.New(rand.NewPCG(seed, 2))
	use(first, second, third, fourth)
}
