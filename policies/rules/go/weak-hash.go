package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"io"
	"net/http"

	"golang.org/x/crypto/bcrypt"
)

func register(r *http.Request, user User, password string) {
	// ruleid: go.crypto.fast-password-hash
	first := md5.Sum([]byte(password))
	// ruleid: go.crypto.fast-password-hash
	second := sha256.Sum256([]byte(user.Password + salt))
	digest := sha1.New()
	// ruleid: go.crypto.fast-password-hash
	io.WriteString(digest, r.FormValue("password"))
	// ok: go.crypto.fast-password-hash
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.DefaultCost)
	// ok: go.crypto.fast-password-hash
	stamp := sha256.Sum256(hash)
	// ok: go.crypto.fast-password-hash
	tag := md5.Sum([]byte(user.Name))
	etag := sha1.New()
	// ok: go.crypto.fast-password-hash
	etag.Write(body)
	// ok: go.crypto.fast-password-hash
	link := sha256.Sum256([]byte(passwordResetURL))
}

func sign(key *rsa.PrivateKey, curve *ecdsa.PrivateKey, secret, data []byte) {
	// ruleid: go.crypto.weak-signature-hash
	code := hmac.New(md5.New, secret)
	sum := sha1.Sum(data)
	// ruleid: go.crypto.weak-signature-hash
	rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA1, sum[:])
	// ruleid: go.crypto.weak-signature-hash
	ecdsa.SignASN1(rand.Reader, curve, sum[:])
	// ruleid: go.crypto.weak-signature-hash
	template := x509.Certificate{SerialNumber: number, SignatureAlgorithm: x509.SHA1WithRSA}
	// ok: go.crypto.weak-signature-hash
	code = hmac.New(sha256.New, secret)
	strong := sha256.Sum256(data)
	// ok: go.crypto.weak-signature-hash
	rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, strong[:])
	// ok: go.crypto.weak-signature-hash
	ecdsa.SignASN1(rand.Reader, curve, strong[:])
	// ok: go.crypto.weak-signature-hash
	cacheKey := md5.Sum(data)
	// ok: go.crypto.weak-signature-hash
	template = x509.Certificate{SerialNumber: number, SignatureAlgorithm: x509.SHA256WithRSA}
}
