package main

import (
	"net"
	"net/http"
	_ "net/http/pprof"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"
)

func cookies(w http.ResponseWriter, c *gin.Context, id string) {
	// ruleid: go.net-http.cookie-flags
	http.SetCookie(w, &http.Cookie{Name: "session_id", Value: id, HttpOnly: true})
	// ruleid: go.net-http.cookie-flags
	http.SetCookie(w, &http.Cookie{Name: "auth", Value: id, Secure: false, HttpOnly: true})
	// ruleid: go.net-http.cookie-flags
	c.SetCookie("token", id, 3600, "/", "", true, false)
	// ok: go.net-http.cookie-flags
	http.SetCookie(w, &http.Cookie{Name: "session_id", Value: id, Secure: true, HttpOnly: true})
	// ok: go.net-http.cookie-flags
	http.SetCookie(w, &http.Cookie{Name: "theme", Value: "dark"})
	// ok: go.net-http.cookie-flags
	http.SetCookie(w, &http.Cookie{Name: "session_id", Value: "", MaxAge: -1})
}

func origins(w http.ResponseWriter, r *http.Request) {
	// ruleid: go.net-http.cors-any-origin
	cors.New(cors.Config{AllowAllOrigins: true, AllowCredentials: true})
	// ruleid: go.net-http.cors-any-origin
	w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	// ok: go.net-http.cors-any-origin
	cors.New(cors.Config{AllowAllOrigins: true})
	origin := r.Header.Get("Origin")
	if allowed[origin] {
		// ok: go.net-http.cors-any-origin
		w.Header().Set("Access-Control-Allow-Origin", origin)
	}
}

func serve(mux *http.ServeMux) {
	// ruleid: go.net-http.debug-handlers
	http.ListenAndServe(":8080", nil)
	// ruleid: go.net-http.debug-handlers
	http.ListenAndServeTLS(":8443", "cert.pem", "key.pem", nil)
	// ok: go.net-http.debug-handlers
	http.ListenAndServe(":8080", mux)
	// ok: go.net-http.debug-handlers
	http.ListenAndServe("localhost:6060", nil)
}

func listen() {
	// ruleid: go.net.all-interfaces
	net.Listen("tcp", "0.0.0.0:2000")
	// ruleid: go.net.all-interfaces
	net.Listen("tcp", "[::]:2000")
	// ok: go.net.all-interfaces
	net.Listen("tcp", "127.0.0.1:2000")
	// ok: go.net.all-interfaces
	net.Listen("tcp", ":2000")
}

func forged(protection *http.CrossOriginProtection, pattern string) {
	// ruleid: go.net-http.bypassed-origin-check
	protection.AddInsecureBypassPattern("/")
	// ruleid: go.net-http.bypassed-origin-check
	protection.AddInsecureBypassPattern(pattern)
	// ok: go.net-http.bypassed-origin-check
	protection.AddInsecureBypassPattern("/webhooks/payment")
	// ok: go.net-http.bypassed-origin-check
	protection.AddTrustedOrigin("https://shop.example.com")
}

func smuggle(w http.ResponseWriter) {
	w.Header().Set("Content-Length", "100")
	// ruleid: go.net-http.length-and-chunks
	w.Header().Set("Transfer-Encoding", "chunked")
}

func smuggleBack(w http.ResponseWriter) {
	header := w.Header()
	header.Set("Transfer-Encoding", "chunked")
	// ruleid: go.net-http.length-and-chunks
	header.Set("Content-Length", "100")
}

func length(w http.ResponseWriter) {
	// ok: go.net-http.length-and-chunks
	w.Header().Set("Content-Length", "100")
	// ok: go.net-http.length-and-chunks
	w.Header().Set("Content-Encoding", "gzip")
}

func client(key string) *http.Client {
	return &http.Client{
		CheckRedirect: func(next *http.Request, via []*http.Request) error {
			// ruleid: go.net-http.redirect-keeps-secrets
			next.Header.Set("Authorization", "Bearer "+key)
			// ruleid: go.net-http.redirect-keeps-secrets
			next.Header = via[0].Header.Clone()
			// ok: go.net-http.redirect-keeps-secrets
			next.Header.Set("X-Trace", "1")
			if next.URL.Host == via[0].URL.Host {
				// ok: go.net-http.redirect-keeps-secrets
				next.SetBasicAuth("shop", key)
			}
			return nil
		},
	}
}
