package main

import (
	"archive/tar"
	"archive/zip"
	"errors"
	"os"
	"path/filepath"
	"strings"
)

func unzip(reader *zip.ReadCloser, folder string) error {
	for _, entry := range reader.File {
		full := filepath.Join(folder, entry.Name)
		// ruleid: go.archive.extract-without-check
		os.MkdirAll(filepath.Dir(full), 0o755)
		// ruleid: go.archive.extract-without-check
		os.OpenFile(full, os.O_CREATE|os.O_WRONLY, entry.Mode())
		// ok: go.archive.extract-without-check
		os.Create(filepath.Join(folder, filepath.Base(entry.Name)))
	}
	return nil
}

func untar(reader *tar.Reader, folder string) error {
	for {
		header, err := reader.Next()
		if err != nil {
			return err
		}
		// ruleid: go.archive.extract-without-check
		os.Create(folder + "/" + header.Name)
	}
}

func unzipLocal(reader *zip.Reader, folder string) error {
	for _, entry := range reader.File {
		if !filepath.IsLocal(entry.Name) {
			return errors.New("entry outside of the folder")
		}
		// ok: go.archive.extract-without-check
		os.Create(filepath.Join(folder, entry.Name))
	}
	return nil
}

func unzipPrefix(reader *zip.Reader, folder string) {
	for _, entry := range reader.File {
		full := filepath.Join(folder, entry.Name)
		if !strings.HasPrefix(full, filepath.Clean(folder)+string(os.PathSeparator)) {
			continue
		}
		// ok: go.archive.extract-without-check
		os.Create(full)
	}
}

func unzipRoot(reader *zip.Reader, root *os.Root) {
	for _, entry := range reader.File {
		// ok: go.archive.extract-without-check
		root.Create(entry.Name)
	}
}

func list(files []Upload) {
	for _, file := range files {
		// ok: go.archive.extract-without-check
		os.Create(file.Name)
	}
}
