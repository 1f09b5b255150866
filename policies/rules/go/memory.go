package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"unsafe"
)

func second(first *int) *int {
	address := uintptr(unsafe.Pointer(first)) + 8
	other := uintptr(unsafe.Pointer(first))
	// ok: go.unsafe.pointer-from-number
	good := unsafe.Add(unsafe.Pointer(first), 8)
	// ok: go.unsafe.pointer-from-number
	plain := unsafe.Pointer(first)
	use(address, good, plain)
	// ruleid: go.unsafe.pointer-from-number
	return (*int)(unsafe.Pointer(other))
}

func third(first *int) unsafe.Pointer {
	address := uintptr(unsafe.Pointer(first))
	// ruleid: go.unsafe.pointer-from-number
	return unsafe.Pointer(address)
}

func text(data []byte) string {
	// ruleid: go.unsafe.text-without-copy
	fast := unsafe.String(&data[0], len(data))
	// ruleid: go.unsafe.text-without-copy
	old := *(*string)(unsafe.Pointer(&data))
	// ok: go.unsafe.text-without-copy
	good := string(data)
	// ok: go.unsafe.text-without-copy
	size := unsafe.Sizeof(data)
	return fast + old + good + size
}

func clean(root string) {
	filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		// ruleid: go.files.walk-race
		os.Remove(path)
		// ruleid: go.files.walk-race
		os.WriteFile(path+".bak", nil, 0600)
		// ok: go.files.walk-race
		os.Remove("/srv/queue/lock")
		// ok: go.files.walk-race
		os.Stat(path)
		return nil
	})
}
