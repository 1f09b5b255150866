package main

import (
	"math"
	"strconv"
)

func port(text string) (int32, error) {
	number, err := strconv.Atoi(text)
	if err != nil {
		return 0, err
	}
	// ruleid: go.integers.parsed-then-narrowed
	return int32(number), nil
}

func size(text string) uint16 {
	number, _ := strconv.ParseUint(text, 10, 64)
	// ruleid: go.integers.parsed-then-narrowed
	return uint16(number)
}

func checked(text string) int32 {
	number, err := strconv.Atoi(text)
	if err != nil || number > math.MaxInt32 || number < 0 {
		return 0
	}
	// ok: go.integers.parsed-then-narrowed
	return int32(number)
}

func fitting(text string) int32 {
	number, _ := strconv.ParseInt(text, 10, 32)
	// ok: go.integers.parsed-then-narrowed
	return int32(number)
}

func header(data []byte, short []byte) {
	// ruleid: go.integers.length-narrowed
	put(uint32(len(data)))
	// ruleid: go.integers.length-narrowed
	put16(uint16(len(data)))
	// ok: go.integers.length-narrowed
	put64(uint64(len(data)))
	if len(short) > math.MaxUint8 {
		return
	}
	// ok: go.integers.length-narrowed
	put8(uint8(len(short)))
}

func convert(total int64, size uint, small int16, limited uint64) {
	// ruleid: go.integers.wider-to-smaller
	a := int32(total)
	// ruleid: go.integers.wider-to-smaller
	b := int64(size)
	// ok: go.integers.wider-to-smaller
	c := int32(small)
	// ok: go.integers.wider-to-smaller
	d := uint64(total)
	if limited > math.MaxInt32 {
		return
	}
	// ok: go.integers.wider-to-smaller
	e := int32(limited)
	use(a, b, c, d, e)
}
