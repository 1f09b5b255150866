package main

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/rand"
	"crypto/rc4"

	"golang.org/x/crypto/chacha20poly1305"
)

func encrypt(key, text []byte) {
	// ruleid: go.crypto.weak-cipher
	first, err := des.NewCipher(key)
	// ruleid: go.crypto.weak-cipher
	second, err := des.NewTripleDESCipher(key)
	// ruleid: go.crypto.weak-cipher
	third, err := rc4.NewCipher(key)
	// ok: go.crypto.weak-cipher
	block, err := aes.NewCipher(key)
	// ok: go.crypto.weak-cipher
	sealed, err := chacha20poly1305.New(key)
	// ok: go.crypto.weak-cipher
	size := des.BlockSize
}

func modes(block cipher.Block, gcm cipher.AEAD, text []byte) {
	// ruleid: go.crypto.constant-iv
	one := cipher.NewCBCEncrypter(block, []byte("0123456789abcdef"))
	fixed := []byte("twelve bytes")
	// ruleid: go.crypto.constant-iv
	two := gcm.Seal(nil, fixed, text, nil)
	// ruleid: go.crypto.constant-iv
	three := cipher.NewCTR(block, []byte{1, 2, 3, 4, 5, 6, 7, 8, 1, 2, 3, 4, 5, 6, 7, 8})
	nonce := make([]byte, gcm.NonceSize())
	rand.Read(nonce)
	// ok: go.crypto.constant-iv
	four := gcm.Seal(nil, nonce, text, []byte("header"))
	// ok: go.crypto.constant-iv
	five := cipher.NewCTR(block, text[:16])
	// ok: go.crypto.constant-iv
	six := cipher.NewCBCDecrypter(block, text[:16])
	vector := []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	// ruleid: go.crypto.constant-iv
	seven := cipher.NewCTR(block, vector)
	filled := []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}
	if _, err := io.ReadFull(rand.Reader, filled); err != nil {
		return
	}
	// ok: go.crypto.constant-iv
	eight := gcm.Seal(nil, filled, text, nil)
}
