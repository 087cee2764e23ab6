#!/usr/bin/env bash
# Records the RDB files in this directory anew, with the redis-server on the PATH (7.0.15 then):
#
#   ./record.sh
#
# Each file is what SAVE wrote after the commands below. RdbFixturesTest knows what is in them.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)

# record NAME [option value ...] <commands: starts a server, runs the commands, keeps its dump.
record() {
  local name="$1"
  shift
  redis-server --port 0 --unixsocket "$work/socket" --dir "$work" --save '' \
    --enable-debug-command yes --daemonize no "$@" >"$work/log" &
  local pid=$!
  until redis-cli -s "$work/socket" ping >/dev/null 2>&1; do sleep 0.1; done
  redis-cli -s "$work/socket" -e >"$work/replies"
  redis-cli -s "$work/socket" save >/dev/null
  mv "$work/dump.rdb" "$name"
  redis-cli -s "$work/socket" shutdown nosave || true
  wait "$pid" || true
}

# Strings in every encoding, in two databases; expiries long to come, and past by now.
record strings.rdb <<'END'
SET empty ""
SET int8 -128
SET int16 32767
SET int32 -2147483648
SET int64 9223372036854775807
SET text "hello"
SET binary "\x00\xff\r\n\xc3"
SET compressed "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
SET 12345 "a key that is a number"
SET aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa "a key that is compressed"
SETRANGE zeros 20000 "end"
DEBUG SET-ACTIVE-EXPIRE 0
SET stays-long value PXAT 4102444800123
SET due value PX 1500
SELECT 9
SET elsewhere value EXAT 4102444800
END

# The same without compression and without a checksum.
record plain.rdb --rdbcompression no --rdbchecksum no <<'END'
SET int8 -128
SET compressible "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
END

# Seconds since the last access, and access frequencies.
record idle.rdb --maxmemory-policy allkeys-lru <<'END'
RESTORE key 0 "\x00\x05value\n\x00\x81\xf6\xc18\xc1\xaa\x9bn" IDLETIME 100000
END
record frequency.rdb --maxmemory-policy allkeys-lfu <<'END'
RESTORE key 0 "\x00\x05value\n\x00\x81\xf6\xc18\xc1\xaa\x9bn" FREQ 200
END

# Every type, small and large, between strings; a library of functions.
record types.rdb --hash-max-listpack-entries 2 --zset-max-listpack-entries 2 \
  --set-max-intset-entries 2 --list-max-listpack-size 2 --stream-node-max-entries 2 <<'END'
FUNCTION LOAD "#!lua name=library\nredis.register_function('f', function() return 1 end)"
SET first string
RPUSH list:small a
RPUSH list:large a b c d e 12345 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
SADD set:integers 1 20000
SADD set:large a b 3
ZADD zset:small 1.5 a
ZADD zset:large 1 a -inf b inf c 1e300 d
HSET hash:small field value
HSET hash:large a 1 b 2 c aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
PEXPIREAT hash:large 4102444800000
XADD stream:plain 1-1 field value
XADD stream:groups 1-1 a 1
XADD stream:groups 2-1 a 2
XADD stream:groups 3-1 a 3
XDEL stream:groups 2-1
XGROUP CREATE stream:groups group 0
XGROUP CREATE stream:groups idle $
XREADGROUP GROUP group reader STREAMS stream:groups >
XREADGROUP GROUP group reader STREAMS stream:groups 0
XGROUP CREATECONSUMER stream:groups group nobody
XADD stream:empty 1-1 a 1
XDEL stream:empty 1-1
SET last string
END

rm -rf "$work"
