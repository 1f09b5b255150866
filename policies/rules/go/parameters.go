package shop

import (
	"context"
	"database/sql"
	"fmt"
	"html/template"
	"os/exec"
	"slices"

	"github.com/microcosm-cc/bluemonday"
)

func compress(folder string) error {
	// ruleid: go.exec.shell-from-parameter
	return exec.Command("sh", "-c", "tar czf /tmp/out.tgz "+folder).Run()
}

func (s *Service) restart(ctx context.Context, unit string) error {
	line := fmt.Sprintf("systemctl restart %s", unit)
	// ruleid: go.exec.shell-from-parameter
	return exec.CommandContext(ctx, "bash", "-c", line).Run()
}

func (s *Service) reload(ctx context.Context, unit string) error {
	if !slices.Contains(units, unit) {
		return errUnknown
	}
	// ok: go.exec.shell-from-parameter
	return exec.CommandContext(ctx, "bash", "-c", "systemctl reload "+unit).Run()
}

func log(path string) error {
	// ok: go.exec.shell-from-parameter
	return exec.Command("git", "log", "--", path).Run()
}

func find(db *sql.DB, name string, limit int) (*sql.Rows, error) {
	// ruleid: go.sql.statement-from-parameter
	return db.Query(fmt.Sprintf("SELECT id FROM users WHERE name = '%s'", name))
}

func (s *Service) drop(name string) {
	// ruleid: go.sql.statement-from-parameter
	s.db.Exec("DELETE FROM users WHERE name = '" + name + "'")
	// ok: go.sql.statement-from-parameter
	s.db.Exec("DELETE FROM users WHERE name = $1", name)
	// ok: go.sql.statement-from-parameter
	log(fmt.Sprintf("selected '%s' from the menu", name))
}

func recent(db *sql.DB, table string, limit int) {
	// ok: go.sql.statement-from-parameter
	db.Query(fmt.Sprintf("SELECT id FROM notes WHERE kind = 'open' LIMIT %d", limit))
}

func page(text string, policy *bluemonday.Policy) map[string]any {
	return map[string]any{
		// ruleid: go.html-template.trusted-text
		"Body": template.HTML(text),
		// ruleid: go.html-template.trusted-text
		"Link": template.URL("https://shop.example.com/" + text),
		// ok: go.html-template.trusted-text
		"Note": template.HTML(policy.Sanitize(text)),
		// ok: go.html-template.trusted-text
		"Rule": template.HTML("<hr>"),
	}
}
