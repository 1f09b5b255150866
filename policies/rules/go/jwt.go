package main

import (
	"errors"

	"github.com/golang-jwt/jwt/v5"
)

func issue(claims jwt.MapClaims, key []byte) (string, error) {
	// ruleid: go.jwt.unsigned
	token := jwt.NewWithClaims(jwt.SigningMethodNone, claims)
	// ruleid: go.jwt.unsigned
	token.SignedString(jwt.UnsafeAllowNoneSignatureType)
	// ok: go.jwt.unsigned
	return jwt.NewWithClaims(jwt.SigningMethodHS256, claims).SignedString(key)
}

func read(text string) (jwt.Claims, error) {
	claims := jwt.MapClaims{}
	// ruleid: go.jwt.unsigned
	_, _, err := jwt.NewParser().ParseUnverified(text, claims)
	return claims, err
}

func readVerified(text string) (*jwt.Token, error) {
	// ok: go.jwt.unsigned
	first, _, err := jwt.NewParser().ParseUnverified(text, jwt.MapClaims{})
	if err != nil {
		return nil, err
	}
	key := keys[first.Header["kid"].(string)]
	token, err := jwt.ParseWithClaims(text, jwt.MapClaims{}, key, jwt.WithValidMethods([]string{"RS256"}))
	return token, err
}

func verifyAny(text string, key []byte) (*jwt.Token, error) {
	// ruleid: go.jwt.key-without-method
	return jwt.Parse(text, func(token *jwt.Token) (interface{}, error) {
		return key, nil
	})
}

func verifyAnyClaims(text string, claims jwt.Claims) (*jwt.Token, error) {
	// ruleid: go.jwt.key-without-method
	return jwt.ParseWithClaims(text, claims, func(token *jwt.Token) (any, error) {
		return loadKey()
	})
}

func verifyMethod(text string, key []byte) (*jwt.Token, error) {
	// ok: go.jwt.key-without-method
	return jwt.Parse(text, func(token *jwt.Token) (interface{}, error) {
		if _, ok := token.Method.(*jwt.SigningMethodHMAC); !ok {
			return nil, errors.New("unexpected method")
		}
		return key, nil
	})
}

func verifyListed(text string, key []byte) (*jwt.Token, error) {
	// ok: go.jwt.key-without-method
	return jwt.Parse(text, func(token *jwt.Token) (interface{}, error) {
		return key, nil
	}, jwt.WithValidMethods([]string{"HS256"}))
}
