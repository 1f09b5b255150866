package main

import (
	"encoding/hex"
	"fmt"
	"math/rand"
	"strconv"
	"time"

	secure "crypto/rand"
)

func issue(user *User) {
	// ruleid: go.crypto.predictable-token
	token := fmt.Sprintf("%x", rand.Int63())
	// ruleid: go.crypto.predictable-token
	user.ResetCode = rand.Intn(1000000)
	// ruleid: go.crypto.predictable-token
	sessionID := strconv.FormatUint(rand.Uint64(), 36)
	generator := rand.New(rand.NewSource(time.Now().UnixNano()))
	// ruleid: go.crypto.predictable-token
	user.Secret = generator.Int63()
	// ok: go.crypto.predictable-token
	delay := time.Duration(rand.Intn(100)) * time.Millisecond
	// ok: go.crypto.predictable-token
	tokenCount := rand.Intn(8)
	good := make([]byte, 32)
	secure.Read(good)
	// ok: go.crypto.predictable-token
	csrf := hex.EncodeToString(good)
	// ok: go.crypto.predictable-token
	nonce := secure.Text()
}

func generatePassword(length int) string {
	text := make([]byte, length)
	for i := range text {
		text[i] = letters[rand.Intn(len(letters))]
	}
	// ruleid: go.crypto.predictable-token
	return string(text)
}

func randomPort() int {
	// ok: go.crypto.predictable-token
	return 1024 + rand.Intn(60000)
}
