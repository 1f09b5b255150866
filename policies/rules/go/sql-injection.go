package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"strconv"
	"strings"
)

var columns = map[string]string{"name": "name", "age": "born"}

type server struct {
	db *sql.DB
}

func (s *server) users(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	// ruleid: go.net-http.sql-injection
	s.db.Query("SELECT id FROM users WHERE name = '" + name + "'")
	query := fmt.Sprintf("SELECT id FROM users WHERE name = '%s'", name)
	// ruleid: go.net-http.sql-injection
	s.db.QueryRowContext(r.Context(), query)
	// ruleid: go.net-http.sql-injection
	s.db.Exec(fmt.Sprintf("DELETE FROM users ORDER BY %s", r.URL.Query().Get("sort")))
	// ok: go.net-http.sql-injection
	s.db.Query("SELECT id FROM users WHERE name = $1", name)
	// ok: go.net-http.sql-injection
	s.db.QueryContext(r.Context(), "SELECT id FROM users WHERE name = $1", name)
	// ok: go.net-http.sql-injection
	s.db.Query("SELECT id FROM users ORDER BY " + columns[r.FormValue("sort")])
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	// ok: go.net-http.sql-injection
	s.db.Exec(fmt.Sprintf("DELETE FROM users WHERE id = %d", id))
}

func build(tx *sql.Tx, r *http.Request) {
	var text strings.Builder
	text.WriteString("SELECT id FROM users WHERE name = '")
	text.WriteString(r.PostFormValue("name"))
	// ruleid: go.net-http.sql-injection
	tx.Query(text.String() + "'")
}

func pgx(conn *pgx.Conn, r *http.Request) {
	ctx := r.Context()
	// ruleid: go.net-http.sql-injection
	conn.Exec(ctx, "DELETE FROM notes WHERE title = '"+r.FormValue("title")+"'")
	// ok: go.net-http.sql-injection
	conn.Exec(ctx, "DELETE FROM notes WHERE title = $1", r.FormValue("title"))
	// ok: go.net-http.sql-injection
	conn.Exec(ctx, "TRUNCATE "+pgx.Identifier{r.FormValue("table")}.Sanitize())
}

func list(c *gin.Context, db *gorm.DB) {
	// ruleid: go.net-http.sql-injection
	db.Where("name = '" + c.Query("name") + "'").Find(&rows)
	// ruleid: go.net-http.sql-injection
	db.Raw("SELECT * FROM users WHERE name = '" + c.Param("name") + "'").Scan(&rows)
	// ok: go.net-http.sql-injection
	db.Where("name = ?", c.Query("name")).Find(&rows)
}

func internal(db *sql.DB, table string) {
	// ok: go.net-http.sql-injection
	db.Exec("VACUUM " + table)
}

func listEcho(c echo.Context, db *sql.DB) error {
	// ruleid: go.net-http.sql-injection
	_, err := db.Query("SELECT name FROM users WHERE id = " + c.QueryParam("id"))
	// ok: go.net-http.sql-injection
	db.Query("SELECT name FROM users WHERE id = $1", c.QueryParam("id"))
	return err
}

func listFiber(c *fiber.Ctx, db *sql.DB) error {
	// ruleid: go.net-http.sql-injection
	db.Exec(fmt.Sprintf("DELETE FROM users WHERE id = %s", c.Params("id")))
	// ok: go.net-http.sql-injection
	db.Exec("DELETE FROM users WHERE id = $1", c.Params("id"))
	return nil
}

func createGin(c *gin.Context, db *sql.DB) {
	var form Form
	c.ShouldBindJSON(&form)
	// ruleid: go.net-http.sql-injection
	db.Exec("INSERT INTO users VALUES ('" + form.Name + "')")
	// ok: go.net-http.sql-injection
	db.Exec("INSERT INTO users VALUES ($1)", form.Name)
}
