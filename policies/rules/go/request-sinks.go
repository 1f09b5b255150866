package main

import (
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"net/mail"
	"net/smtp"
	"os/exec"

	"github.com/dop251/goja"
	"github.com/gin-gonic/gin"
	"github.com/go-ldap/ldap/v3"
	"go.mongodb.org/mongo-driver/bson"
)

func arguments(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	// ruleid: go.net-http.argument-injection
	exec.Command("tar", "-cf", "out.tar", name).Run()
	// ruleid: go.net-http.argument-injection
	exec.CommandContext(r.Context(), "git", "fetch", "origin", r.URL.Query().Get("branch")).Run()
	// ok: go.net-http.argument-injection
	exec.Command("tar", "-cf", "out.tar", "--", name).Run()
	// ok: go.net-http.argument-injection
	exec.Command("tar", "-cf", "out.tar", "./data").Run()
}

func logs(w http.ResponseWriter, r *http.Request) {
	user := r.FormValue("user")
	// ruleid: go.net-http.log-injection
	log.Printf("login of %s failed", user)
	// ruleid: go.net-http.log-injection
	log.Println("login failed:", user)
	// ruleid: go.net-http.log-injection
	slog.Error("login failed of " + user)
	// ok: go.net-http.log-injection
	log.Printf("login of %q failed", user)
	// ok: go.net-http.log-injection
	slog.Error("login failed", "user", user)
}

func mails(w http.ResponseWriter, r *http.Request) {
	// ruleid: go.net-http.mail-header-injection
	smtp.SendMail(host, auth, r.FormValue("from"), team, body)
	head := "Subject: " + r.FormValue("subject") + "\r\n\r\nhello"
	// ruleid: go.net-http.mail-header-injection
	smtp.SendMail(host, auth, sender, team, []byte(head))
	address, err := mail.ParseAddress(r.FormValue("to"))
	if err != nil {
		return
	}
	// ok: go.net-http.mail-header-injection
	smtp.SendMail(host, auth, sender, []string{address.Address}, body)
	// ok: go.net-http.mail-header-injection
	smtp.SendMail(host, auth, sender, team, []byte("Subject: Alarm\r\n\r\nhello"))
}

func directory(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	filter := fmt.Sprintf("(&(objectClass=person)(uid=%s))", name)
	// ruleid: go.net-http.ldap-injection
	ldap.NewSearchRequest(base, 2, 0, 0, 0, false, filter, fields, nil)
	// ruleid: go.net-http.ldap-injection
	ldap.NewSearchRequest("ou="+r.FormValue("unit")+",dc=example", 2, 0, 0, 0, false, "(uid=*)", fields, nil)
	// ok: go.net-http.ldap-injection
	ldap.NewSearchRequest(base, 2, 0, 0, 0, false, "(uid="+ldap.EscapeFilter(name)+")", fields, nil)
	// ok: go.net-http.ldap-injection
	ldap.NewSearchRequest(base, 2, 0, 0, 0, false, "(objectClass=person)", fields, nil)
}

func documents(c *gin.Context) {
	// ruleid: go.mongo.where-injection
	find(bson.M{"$where": "this.owner == '" + c.Query("owner") + "'"})
	// ruleid: go.mongo.where-injection
	find(bson.D{{"$where", fmt.Sprintf("this.size > %s", c.Param("size"))}})
	// ok: go.mongo.where-injection
	find(bson.M{"owner": c.Query("owner")})
	// ok: go.mongo.where-injection
	find(bson.M{"$where": "this.paid < this.total"})
}

func formulas(w http.ResponseWriter, r *http.Request, vm *goja.Runtime) {
	// ruleid: go.net-http.code-injection
	vm.RunString(r.FormValue("formula"))
	// ruleid: go.net-http.code-injection
	goja.New().RunString("total = " + r.FormValue("formula"))
	// ok: go.net-http.code-injection
	vm.RunString("total = price * count")
	vm.Set("count", r.FormValue("count"))
	// ok: go.net-http.code-injection
	vm.RunString(constant)
}

func headers(w http.ResponseWriter, r *http.Request) {
	// ruleid: go.net-http.header-injection
	w.Header().Set(r.FormValue("name"), "1")
	// ruleid: go.net-http.header-injection
	w.Header().Set("Content-Type", r.URL.Query().Get("type"))
	// ok: go.net-http.header-injection
	w.Header().Set("X-Trace", r.Header.Get("X-Trace"))
	// ok: go.net-http.header-injection
	w.Header().Set("Content-Type", "text/plain")
}
