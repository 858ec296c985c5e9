#!/usr/bin/env bash
# seeds.sh DIR - what fuzz targets begin from, made of the samples of deploy/seed and tests/golden: DIR/NAME/*.
# A target whose first bytes choose something has them put before each sample.
set -eu
out=$1
rm -rf "$out"

# seed NAME PREFIX SUFFIX FILE... - each file as a seed between two texts (printf's escapes)
seed() {
    local name=$1 prefix=$2 suffix=$3 f
    shift 3
    mkdir -p "$out/$name"
    for f in "$@"; do
        { printf '%b' "$prefix"; cat "$f"; printf '%b' "$suffix"; } >"$out/$name/$(printf %s "$prefix" | cksum | cut -c1-4)-$(basename "$f")"
    done
}

# picks NAME HEAD N... - seeds that are nothing but numbers which choose
picks() {
    local name=$1 head=$2 n
    shift 2
    mkdir -p "$out/$name"
    for n in "$@"; do printf '%b' "$(printf '\\x%02x' "$n")$head" >"$out/$name/pick-$n-$(printf %s "$head" | cksum | cut -c1-4)"; done
}

hl7=(deploy/seed/encounters/*.hl7)
fhir=(deploy/seed/encounters/clinic_*.json tests/golden/fhir/*.json)
x12=(tests/golden/x12/*.x12)
claims=(tests/golden/x12/837*.x12)
replies=(tests/golden/x12/{277,277ca,835,999,ta1}.x12)

seed hl7 '' '' "${hl7[@]}"
seed mllp '\xff\x0b' '\x1c\r' "${hl7[@]}"
seed mllp '\x00\x0b' '\x1c\r' "${hl7[0]}"
seed fhir '' '' "${fhir[@]}"
seed http '\x01\x00' '' "${fhir[@]}"
seed http '\x01\x40' '' "${fhir[0]}"
seed http '\x02\x00' '' "${claims[@]}"
seed http '\x00\x00POST /fhir HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}' '' /dev/null
seed x12 '' '' "${x12[@]}"
seed reply '' '' "${replies[@]}"
seed scrub '\x04' '' "${claims[@]}"
seed validate '\x01' '' "${claims[@]}"
seed decide '\x00\x00\x00\x00' '' "${claims[0]}"
seed decide '\x01\x10\x00\x02xy' '' /dev/null
for step in 0 1 2 5 9 14 20 40 70 100; do
    picks stage "$(printf '\\x%02x' $step)"'\x00\x20\x00\x03\x60\xff\x01' 0 1 2 3 4 128 129 130 131 132
done
for fields in 1 7 30; do
    picks event '\x01'"$(printf '\\x%02x' $fields)"'\x10\x00\x02\x08' {0..21}
done
touch "$out"
