#!/usr/bin/env bash
# Measures how long the built service takes from the start of its process to the first entity that is served: as a jar,
# extracted, and extracted with an ahead-of-time cache. `./mvnw -DskipTests package` first; figures in docs/image.md.
#
#   src/bench/start-up.sh [rounds, 5 unless said]
#
# Uses the sample lakehouse, the loopback interface and one port. JAVA_HOME says which JDK 25 or later.
set -euo pipefail
cd "$(dirname "$0")/../.."

rounds=${1:-5}
port=${PORT:-18080}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jar=$(ls target/vitrine-*.jar 2>/dev/null | head -n 1)
[ -n "$jar" ] || { echo "there is no target/vitrine-*.jar: run ./mvnw -DskipTests package first" >&2; exit 2; }
"$java" -version 2>&1 | grep -qE 'version "(2[5-9]|[3-9][0-9])' ||
  { echo "$java is older than JDK 25: set JAVA_HOME" >&2; exit 2; }

work=$(mktemp -d)
cp "$jar" "$work" # a build may go on meanwhile
jar=$work/$(basename "$jar")
pid=
finish() {
  if [ -n "$pid" ]; then kill "$pid" 2>/dev/null || true; fi
  rm -rf "$work"
}
trap finish EXIT

settings=(--spring.profiles.active=demo --server.port="$port" --vitrine.data="$work/data" --vitrine.demo.every=1h
  --vitrine.contracts="$PWD/api-contracts")
base=http://127.0.0.1:$port
entity=$base/api/sales/v1/customers/1

start() { # the arguments of java
  "$java" "$@" "${settings[@]}" >>"$work/log" 2>&1 &
  pid=$!
}

served() { # waits until an entity is served
  local patience=$((SECONDS + 600))
  until curl -sf -o "$work/answer" -H "Authorization: Bearer $(cat "$work/token" 2>/dev/null)" "$entity"; do
    if ! kill -0 "$pid" 2>/dev/null || ((SECONDS > patience)); then
      echo "the service does not serve:" >&2; tail -n 20 "$work/log" >&2; exit 1
    fi
    if [ ! -s "$work/token" ]; then token; fi
    sleep 0.02
  done
}

token() { # good for an hour and for all starts: the demo keeps its signing key
  curl -sf -u demo:demo -d grant_type=client_credentials -d scope=sales:read "$base/oauth2/token" |
    sed 's/.*"access_token":"\([^"]*\)".*/\1/' >"$work/token" || true
}

stop() {
  kill "$pid"
  wait "$pid" || true
  pid=
}

processor() { # milliseconds of processor time of the service
  awk -v ticks="$(getconf CLK_TCK)" '{ sub(/^.*\) /, ""); print int(($12 + $13) * 1000 / ticks) }' "/proc/$pid/stat"
}

measure() { # name, the arguments of java
  local name=$1 began
  shift
  for ((round = 1; round <= rounds; round++)); do
    began=$(date +%s%N)
    start "$@"
    served
    echo "$((($(date +%s%N) - began) / 1000000)) $(processor)" >>"$work/$name"
    stop
  done
  printf '%-28s %6s ms   %6s ms\n' "$name" "$(median 1 "$work/$name")" "$(median 2 "$work/$name")"
}

median() { # column, file
  awk -v column="$1" '{ print $column }' "$2" | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'
}

# The layers that the image is made of, laid over each other.
"$java" -Djarmode=tools -jar "$jar" extract --layers --destination "$work/layers" >/dev/null
mkdir "$work/app"
cp -r "$work"/layers/*/. "$work/app"
app=$work/app/$(basename "$jar")

start -jar "$app" # once, so that the lakehouse and the store are there
served
stop

# Made while the context is prepared, as in an image; and by a service that is used and told to stop.
"$java" -XX:AOTCacheOutput="$work/refresh.aot" -Dspring.context.exit=onRefresh -jar "$app" "${settings[@]}" >>"$work/log" 2>&1
start -XX:AOTCacheOutput="$work/used.aot" -jar "$app"
served
for ((request = 0; request < 200; request++)); do
  echo "url = \"$base/api/sales/v1/customers?limit=20\"" && echo "url = \"$entity\""
done >"$work/requests"
curl -s -o /dev/null -H "Authorization: Bearer $(cat "$work/token")" -K "$work/requests" >/dev/null
stop

printf '%-28s %9s   %9s   (median of %s starts)\n' "" "served" "processor" "$rounds"
measure "jar" -jar "$jar"
measure "extracted" -jar "$app"
measure "cache, made on refresh" -XX:AOTCache="$work/refresh.aot" -jar "$app"
measure "cache, made in use" -XX:AOTCache="$work/used.aot" -jar "$app"
ls -l "$work"/*.aot | awk '{ print $NF, int($5 / 1048576) " MB" }' | sed 's|.*/||'
